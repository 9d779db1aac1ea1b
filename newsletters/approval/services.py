"""Asking for approval, giving and taking it back. Each step stands in the history of the edition.

An approval freezes text and list at once (`sending.mailing.freeze`), so that what goes out later is
what somebody looked at. It lapses when content or audience change before the mail is on its way.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from ..models import Approval, Mailing, NewsletterPage
from ..sending import mailing as mailings
from ..sending.mailing import CannotSendError
from . import mails, rules
from .fingerprint import fingerprint
from .workflow import ensure_approval_workflow

#: States in which nothing went out yet.
NOT_BEGUN = (Mailing.State.SCHEDULED, Mailing.State.LATE)


class OwnWorkError(CannotSendError):
    """Who wrote an edition cannot approve it."""


def _locked(edition: NewsletterPage) -> NewsletterPage:
    """The edition as it is now; who saves a change to it waits for us, or we for them."""
    return NewsletterPage.objects.select_for_update(of=("self", "page_ptr")).get(pk=edition.pk)


def _refuse_where_sent(edition: NewsletterPage) -> None:
    mailing = Mailing.objects.filter(edition=edition.pk).first()
    if mailing is None:
        return
    if mailing.state == Mailing.State.APPROVED:
        raise CannotSendError(_("Deze nieuwsbrief is al goedgekeurd."))
    raise CannotSendError(mailings.ALREADY)


def _refuse_errors(draft) -> None:
    """Refuse what the checks found wrong, and an edition for nobody."""
    reason = mailings.why_not_frozen(edition=draft)
    if reason:
        raise CannotSendError(reason)
    mailings.refuse_errors(draft)


@transaction.atomic
def request_approval(*, edition: NewsletterPage, user) -> None:
    """Ask somebody else to approve the newest draft. Raises CannotSendError."""
    edition = _locked(edition)
    _refuse_where_sent(edition)
    state = edition.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise CannotSendError(_("Deze nieuwsbrief wacht al op goedkeuring."))
    _refuse_errors(edition.get_latest_revision_as_object())
    _start(edition, user)


def _start(edition: NewsletterPage, user) -> None:
    """Begin the workflow with the newest draft, or take it up again after it was sent back."""
    if edition.latest_revision_id is None:
        edition.save_revision()
    workflow = ensure_approval_workflow()
    state = edition.current_workflow_state
    if state is not None and state.workflow_id == workflow.pk:
        state.resume(user=user)
        return
    if state is not None:
        state.cancel(user=user)
    workflow.start(edition, user)


@transaction.atomic
def approve_edition(
    *, edition: NewsletterPage, user, seen: str | None = None, words: str = ""
) -> Mailing:
    """Approve the newest draft: publish it, and freeze its text and its list.

    `seen` is the fingerprint of what the user looked at; None where nobody can have changed it.
    Raises CannotSendError, as OwnWorkError for who wrote it and is no administrator. Of two who
    approve at the same time the second hears that it is done.
    """
    edition = _locked(edition)
    _refuse_where_sent(edition)
    if not rules.may_judge_edition(edition=edition, user=user):
        raise CannotSendError(_("U mag deze nieuwsbrief niet goedkeuren."))
    own_work = user.pk in rules.writers(edition)
    if own_work and not user.is_superuser:
        raise OwnWorkError(
            _("U schreef zelf mee aan deze nieuwsbrief. Een collega moet hem goedkeuren.")
        )
    draft = edition.get_latest_revision_as_object()
    found = fingerprint(draft)
    if seen is not None and seen != found:
        raise CannotSendError(
            _("De nieuwsbrief is intussen veranderd. Bekijk hem opnieuw en beslis dan.")
        )
    _refuse_errors(draft)
    if not rules.waits_for_approval(edition):
        state = edition.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            raise CannotSendError(
                _("Deze nieuwsbrief wacht nog op een andere stap. Maak die eerst af.")
            )
        _start(edition, user)
    task_state = edition.current_workflow_task_state
    task_state.approve(user=user, comment=words, update=False)
    # The workflow publishes the page, for which Wagtail asks rights that the manager of another
    # area has not; it is the asking that makes it public then, and the step above that tells who.
    may_publish = edition.permissions_for_user(user).can_publish()
    task_state.workflow_state.update(user=user if may_publish else None)
    draft = NewsletterPage.objects.get(pk=edition.pk).get_latest_revision_as_object()
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                edition_id=edition.pk,
                fingerprint=found,
                approved_by=user,
                own_work=own_work,
                words=words,
            )
    except IntegrityError:
        raise CannotSendError(_("Deze nieuwsbrief is al goedgekeurd.")) from None
    mailing = mailings.freeze(edition=draft, state=Mailing.State.APPROVED, approval=approval)
    action = "newsletters.approve_own" if own_work else "newsletters.approve"
    log(instance=edition, action=action, user=user, data={"fingerprint": found})
    return mailing


@transaction.atomic
def send_back(*, edition: NewsletterPage, user, words: str) -> None:
    """Send an edition that waits back to who asked, with words. Raises CannotSendError."""
    edition = _locked(edition)
    if not rules.waits_for_approval(edition):
        raise CannotSendError(_("Deze nieuwsbrief wacht niet meer op goedkeuring."))
    if not rules.may_judge_edition(edition=edition, user=user):
        raise CannotSendError(_("U mag deze nieuwsbrief niet terugsturen."))
    edition.current_workflow_task_state.reject(user=user, comment=words)


@transaction.atomic
def take_back(*, edition: NewsletterPage, user) -> None:
    """Take back a request, or an approval of which nothing went out yet.

    Raises CannotSendError where there is neither.
    """
    edition = _locked(edition)
    mailing = Mailing.objects.select_for_update().filter(edition=edition.pk).first()
    if mailing is not None:
        if mailing.state != Mailing.State.APPROVED:
            raise CannotSendError(mailings.ALREADY)
        _lapse(mailing, user=user, changed=False)
        return
    if not rules.waits_for_approval(edition):
        raise CannotSendError(_("Deze nieuwsbrief wacht niet meer op goedkeuring."))
    edition.current_workflow_state.cancel(user=user)


def wait_again(*, mailing: Mailing, user) -> None:
    """After a plan was called off: what was approved waits, or lapses where it was changed.

    `mailing` is locked and has not begun.
    """
    approval = mailing.approval
    if approval is None:
        mailing.delete()
        return
    draft = mailing.edition.get_latest_revision_as_object()
    if fingerprint(draft) != approval.fingerprint:
        _lapse(mailing, user=user, changed=True)
        return
    mailing.state, mailing.send_at = Mailing.State.APPROVED, None
    mailing.trouble, mailing.trouble_since = "", None
    mailing.save(update_fields=["state", "send_at", "trouble", "trouble_since"])


@transaction.atomic
def lapse_if_changed(*, edition: NewsletterPage, user) -> None:
    """End an approval when the edition, as just saved, is not what was approved any more.

    One query where there is none. A mailing that somebody confirmed goes as it was approved.
    """
    mailing = (
        Mailing.objects.select_for_update(of=("self",))
        .filter(edition=edition.pk, state=Mailing.State.APPROVED)
        .select_related("approval")
        .first()
    )
    if mailing is None or mailing.approval is None:
        return
    if fingerprint(edition) != mailing.approval.fingerprint:
        _lapse(mailing, user=user, changed=True)


def _lapse(mailing: Mailing, *, user, changed: bool) -> None:
    """End an approval, with the list that was frozen by it, and tell who had given it."""
    edition, approval = mailing.edition, mailing.approval
    mailing.delete()
    approval.lapsed_at, approval.lapsed_by, approval.changed = timezone.now(), user, changed
    approval.save(update_fields=["lapsed_at", "lapsed_by", "changed"])
    action = "newsletters.lapse" if changed else "newsletters.take_back"
    log(instance=edition, action=action, user=user)
    if changed:
        transaction.on_commit(lambda: mails.tell_lapsed(approval=approval))
