"""Write paths of telling an outcome: the rounds, their mails, and no more mail."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from ..models import ContactAddress, OutcomeMail, OutcomeRound, SurveyPage
from .querysets import not_told, to_tell, to_tell_late

AT_ONCE = 1_000


class NothingToTellError(Exception):
    """The survey is open, has no outcome on the site, or nobody left an address for it."""


class RoundBusyError(Exception):
    """Mails of an earlier round are still going out."""


def plan_first_rounds(*, stopping: Callable[[], bool] = lambda: False) -> int:
    """Prepare the mails of each outcome that came on the site; gives how many surveys.

    Those of addresses that came later too.
    """
    planned = 0
    for pk in list(to_tell(SurveyPage.objects.all(), timezone.now()).values_list("pk", flat=True)):
        if stopping():
            break
        try:
            planned += begin_round(survey_id=pk, number=1) is not None
        except NothingToTellError:
            continue  # taken off the site just now, or the last address went
    for pk in list(to_tell_late(SurveyPage.objects.all()).values_list("pk", flat=True)):
        if stopping():
            break
        add_late(survey_id=pk)
    return planned


@transaction.atomic
def add_late(*, survey_id: int) -> int:
    """Put addresses that came after the first round, as from paper, in it; how many."""
    survey = SurveyPage.objects.select_for_update().get(pk=survey_id)
    first = OutcomeRound.objects.filter(survey=survey, number=1).first()
    if first is None or not can_be_told(survey):
        return 0
    found = not_told().filter(survey=survey).order_by("pk")
    contacts = {email: pk for pk, email in found.values_list("pk", "email")}
    OutcomeMail.objects.bulk_create(
        (OutcomeMail(round=first, contact_id=pk) for pk in contacts.values()), batch_size=AT_ONCE
    )
    OutcomeRound.objects.filter(pk=first.pk).update(recipients=F("recipients") + len(contacts))
    return len(contacts)


@transaction.atomic
def begin_round(*, survey_id: int, number: int, user=None) -> OutcomeRound | None:
    """Prepare a mail for each address left for the outcome; None where that round is there.

    All of it or nothing: a round that is killed halfway was never there, and begins anew.
    `number` is what the caller saw as the next one, so that two clicks make one round.
    Raises NothingToTellError, and RoundBusyError.
    """
    survey = SurveyPage.objects.select_for_update().get(pk=survey_id)
    rounds = OutcomeRound.objects.filter(survey=survey)
    last = rounds.aggregate(last=Max("number"))["last"] or 0
    if last >= number:
        return None
    if not can_be_told(survey):
        raise NothingToTellError
    if rounds.with_counts().filter(left__gt=0).exists():
        raise RoundBusyError
    found = ContactAddress.objects.for_outcome(survey).order_by("pk")
    # One address may be left at two questions.
    contacts = {email: pk for pk, email in found.values_list("pk", "email")}
    if not contacts:
        raise NothingToTellError
    begun = OutcomeRound.objects.create(
        survey=survey, number=last + 1, recipients=len(contacts), begun_by=user
    )
    OutcomeMail.objects.bulk_create(
        (OutcomeMail(round=begun, contact_id=pk) for pk in contacts.values()), batch_size=AT_ONCE
    )
    return begun


def can_be_told(survey: SurveyPage) -> bool:
    """Whether the outcome stands on the site of a survey that takes no answers any more."""
    return survey.live and survey.has_told and timezone.now() >= survey.grace_ends


@transaction.atomic
def forget_address(*, contact: ContactAddress) -> None:
    """No more mail about a survey to whoever left this address: it goes, wherever it was left."""
    ContactAddress.objects.filter(survey=contact.survey_id, email=contact.email).delete()
