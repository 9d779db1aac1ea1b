"""Write paths of surveys and polls."""

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from areas.permissions import ALL_AREAS
from cms.models import EditorRole, HomePage

from .collecting.querysets import CodeQuerySet, InvitationQuerySet
from .definition import to_json
from .drafts import kept_of, key_of, new_token
from .files.services import keep_with_draft, take
from .languages.registry import DUTCH
from .models import (
    Answer,
    AnswerFile,
    Collector,
    ContactAddress,
    Draft,
    PollChoice,
    PollVote,
    Response,
    ResponseMark,
    SurveyExport,
    SurveyPage,
    SurveyVersion,
)
from .storing import insert, store

EDITOR_GROUP = "Enquêteredacteuren"
EDITOR_COLLECTION = "Enquêtes"
EDITOR_PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
EDITOR_PERMISSIONS = (
    "wagtailadmin.access_admin",
    ALL_AREAS,
    "surveys.add_poll",
    "surveys.change_poll",
    "surveys.delete_poll",
    "surveys.view_poll",
)


@transaction.atomic
def freeze_version(*, survey: SurveyPage) -> SurveyVersion:
    """Keep what a survey asks now; the newest version where that is the same."""
    SurveyPage.objects.select_for_update().only("pk").get(pk=survey.pk)
    asked = to_json(survey.asked, survey.languages)
    newest = survey.versions.order_by("-number").first()
    if newest is not None and newest.definition == asked:
        return newest
    number = 1 if newest is None else newest.number + 1
    return SurveyVersion.objects.create(survey=survey, number=number, definition=asked)


class UsedError(Exception):
    """With this code or invitation somebody answered already."""


def response_key(
    *, version: SurveyVersion, answers: Sequence[Answer], form_token: str
) -> uuid.UUID:
    """The key of a response: the same for the same answers from the same form."""
    if not form_token:
        return uuid.uuid4()
    return _once(f"response:{version.pk}", form_token, *said_in(answers))


def was_stored(*, version: SurveyVersion, answers: Sequence[Answer], form_token: str) -> bool:
    """Whether this form brought these answers before."""
    key = response_key(version=version, answers=answers, form_token=form_token)
    return Response.objects.filter(pk=key).exists()


def keep_addresses(*, version: SurveyVersion, contacts: Sequence[tuple[str, str]]) -> None:
    """Keep addresses that people left, as (question id, address), for what the question says.

    An address is kept once for each question and purpose.
    """
    purposes = {question.id: question.extra.get("purpose", "") for question in version.asked}
    ContactAddress.objects.bulk_create(
        [
            ContactAddress(
                survey_id=version.survey_id,
                question_id=question_id,
                purpose=purposes.get(question_id, ""),
                email=email,
            )
            for question_id, email in contacts
        ],
        ignore_conflicts=True,
    )


def submit_response(
    *,
    version: SurveyVersion,
    answers: Sequence[Answer],
    contacts: Sequence[tuple[str, str]] = (),
    form_token: str = "",
    collector: Collector | None = None,
    source: str = Response.Source.SITE,
    language: str = DUTCH,
    files: Sequence[AnswerFile] = (),
    receipt: uuid.UUID | None = None,
    marks: Iterable[str] = (),
    once: CodeQuerySet | InvitationQuerySet | None = None,
) -> bool:
    """Store an anonymous response to a version; False where it was stored before.

    `answers` are unsaved and hold no response yet. `contacts` are (question id, e-mail address)
    and go to a table of their own, in a transaction of their own: the database itself then does
    not say which response they came with. They come first, so that sending again after a
    failure stores what was missing. `form_token` is a secret that was made for
    one showing of the form, or nothing: the same answers from the same form count once.
    `collector` is the link they came along, if any, and `source` how they were filled in.
    `language` is the code of that in which the questions were read.
    `files` are held files that go with the response.
    `receipt` is what is kept of the code (`receipts.codes.key_of`), `marks` what is odd about it.
    `once` is the row of a code or an invitation, which goes together with storing: whose row is
    gone already gets a UsedError. Raises ValueError for the collector of another survey, and
    FilesGoneError.
    """
    if collector is not None and collector.survey_id != version.survey_id:
        raise ValueError(f"Collector {collector.pk} is not of survey {version.survey_id}.")
    key = response_key(version=version, answers=answers, form_token=form_token)
    response = Response(
        pk=key,
        version=version,
        collector=collector,
        source=source,
        language=language,
        receipt=receipt,
    )
    for answer in answers:
        answer.response = response
    if contacts:
        keep_addresses(version=version, contacts=contacts)
    try:
        odd = [ResponseMark(response=response, kind=kind) for kind in marks]
        if files or once is not None:
            with transaction.atomic():
                if once is not None and not once.take():
                    raise UsedError
                if files:
                    Response.objects.bulk_create([response])
                    take(response=response, files=files, answers=answers)
                    Answer.objects.bulk_create(answers)
                    ResponseMark.objects.bulk_create(odd)
                else:
                    insert(response, answers, odd)
        else:
            store(response, answers, odd)
    except (IntegrityError, UsedError):
        if Response.objects.filter(pk=key).exists():
            return False
        raise
    return True


def said_in(answers: Iterable[Answer]) -> list[str]:
    """All that answers say, in an order of its own: equal answers give equal lists."""
    return sorted(
        f"{answer.question_id}\t{answer.option_id}\t{answer.number}\t"
        f"{answer.point and answer.point.wkt}\t"
        f"{answer.shape and answer.shape.wkt}\t{answer.text}"
        for answer in answers
    )


def keep_draft(
    *,
    version: SurveyVersion,
    data: QueryDict,
    token: str = "",
    leave_out: Iterable[str] = (),
    files: Sequence[AnswerFile] = (),
) -> str:
    """Keep a form to go on with later; gives the secret of its link.

    `leave_out` names fields that are not kept: an address must not stand beside answers. Held
    `files` are kept as long as the form. With the
    `token` of a draft of the same survey that one is replaced, also after its day.
    Raises TooMuchError.
    """
    kept = {
        "version": version,
        "data": kept_of(data, leave_out),
        "kept_until": timezone.localdate() + timedelta(days=settings.SURVEY_DRAFT_DAYS),
    }
    token = token or new_token()
    draft, _created = Draft.objects.update_or_create(key=key_of(token), defaults=kept)
    if files:
        keep_with_draft(draft=draft, files=files)
    return token


def forget_draft(*, token: str) -> None:
    """Remove the draft of a link, if it is there: its answers were sent, or its owner says so."""
    Draft.objects.filter(key=key_of(token)).delete()


def remove_expired_drafts(*, dry_run: bool = False) -> dict[str, int]:
    """Remove the drafts with which nobody went on in time; gives their number."""
    expired = Draft.objects.expired(timezone.localdate())
    count = expired.count() if dry_run else expired.delete()[0]
    return {"survey drafts": count}


@transaction.atomic
def log_export(
    *, survey: SurveyPage, user, variant: str, format_name: str, responses: int
) -> SurveyExport:
    """Keep on record who downloads what, before it is sent."""
    return SurveyExport.objects.create(
        survey=survey, user=user, variant=variant, format_name=format_name, responses=responses
    )


def remove_expired_contacts(*, dry_run: bool = False) -> dict[str, int]:
    """Remove the addresses of surveys that closed too long ago; gives their number."""
    expired = ContactAddress.objects.expired()
    count = expired.count() if dry_run else expired.delete()[0]
    return {"survey contacts": count}


def cast_vote(*, choice: PollChoice, form_token: str = "") -> bool:
    """Store an anonymous vote; False where this form gave one before."""
    key = _once(f"vote:{choice.poll_id}", form_token) if form_token else uuid.uuid4()
    try:
        with transaction.atomic():
            PollVote.objects.bulk_create([PollVote(pk=key, choice=choice)])
    except IntegrityError:
        if PollVote.objects.filter(pk=key).exists():
            return False
        raise
    return True


def _once(*parts: str) -> uuid.UUID:
    """A key that follows from its parts and from which nobody can find them back.

    The token among the parts is 190 random bits that are stored nowhere, so that the key is
    as good as random to whoever does not hold that one form (HMAC, RFC 2104).
    """
    message = "\x1f".join(parts).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return uuid.UUID(bytes=digest[:16], version=4)


@transaction.atomic
def ensure_editor_group() -> Group:
    """The group of survey editors: surveys in all areas and all polls, and nothing else.

    May be called again; needs the home page to be there.
    """
    group, _created = Group.objects.get_or_create(name=EDITOR_GROUP)
    role, _created = EditorRole.objects.get_or_create(group=group)
    role.page_types.set([ContentType.objects.get_for_model(SurveyPage)])
    home = HomePage.objects.order_by("path").first()
    page_type = ContentType.objects.get_for_model(Page)
    for codename in EDITOR_PAGE_ACTIONS:
        permission = Permission.objects.get(content_type=page_type, codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=EDITOR_COLLECTION).first()
    if collection is None:
        collection = root.add_child(name=EDITOR_COLLECTION)
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "choose"):
            permission = Permission.objects.get(
                content_type__app_label=app_label, codename=f"{action}_{model}"
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    for name in EDITOR_PERMISSIONS:
        app_label, codename = name.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )
    return group
