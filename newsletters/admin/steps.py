"""Where an edition is on its way to the mailbox: what is done, and the one thing to do next."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from ..approval import rules
from ..approval.fingerprint import fingerprint
from ..checking.edition import check_edition
from ..models import Approval, EditionApprovalTask, Mailing

DONE, NOW, LATER = "done", "now", "later"
PROOF = "newsletters.proof"


@dataclass
class Step:
    """One step; `state` is "done", "now" or "later", `words` say how it stands."""

    name: str
    title: str
    is_done: bool
    words: str = ""
    state: str = field(default=LATER)


class Progress:
    """All that the page "Verzenden" tells about an edition, for one user.

    `draft` is what would be approved: the newest draft, or what is live where nobody need approve.
    """

    def __init__(self, *, edition, user) -> None:
        self.edition = edition
        self.user = user
        self.approval_needed = rules.approval_needed()
        mailing = edition.mailing_or_none
        self.approved: Mailing | None = (
            mailing if mailing is not None and mailing.state == Mailing.State.APPROVED else None
        )

    @cached_property
    def draft(self):
        if self.approval_needed or not self.edition.live:
            return self.edition.get_latest_revision_as_object()
        return self.edition

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.draft)

    @cached_property
    def findings(self) -> list:
        return check_edition(self.draft)

    @cached_property
    def errors(self) -> list:
        return [finding for finding in self.findings if finding.is_error]

    @property
    def advice(self) -> list:
        return [finding for finding in self.findings if not finding.is_error]

    @cached_property
    def workflow_state(self) -> WorkflowState | None:
        return self.edition.current_workflow_state

    @cached_property
    def task_state(self) -> TaskState | None:
        """The last request for approval, where it waits or was sent back."""
        state = self.workflow_state.current_task_state if self.workflow_state else None
        if state is None or not isinstance(state.task.specific, EditionApprovalTask):
            return None
        return state

    @property
    def is_waiting(self) -> bool:
        return (
            self.task_state is not None
            and self.task_state.status == TaskState.STATUS_IN_PROGRESS
            and self.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        )

    @property
    def sent_back(self) -> TaskState | None:
        """The last request, where it was sent back and not asked again."""
        found = self.task_state
        return found if found and found.status == TaskState.STATUS_REJECTED else None

    @cached_property
    def lapsed(self) -> Approval | None:
        """The last approval, where it does not hold any more."""
        if self.approved is not None:
            return None
        approvals = Approval.objects.filter(edition=self.edition.pk)
        found = approvals.select_related("approved_by", "lapsed_by").first()
        return found if found and found.lapsed_at and found.changed else None

    @cached_property
    def wrote(self) -> bool:
        return self.user.pk in rules.writers(self.edition)

    @cached_property
    def may_approve(self) -> bool:
        may_judge = rules.may_judge_edition(edition=self.edition, user=self.user)
        return may_judge and (not self.wrote or self.user.is_superuser)

    @cached_property
    def approvers(self) -> list:
        """Who can approve, but for the user."""
        return [person for person in rules.approvers(self.edition) if person != self.user]

    @cached_property
    def is_proofed(self) -> bool:
        """Whether somebody mailed the newest words to themselves."""
        entries = PageLogEntry.objects.filter(page=self.edition.pk, action=PROOF)
        return any(
            entry.data.get("fingerprint") == self.fingerprint
            for entry in entries.order_by("-timestamp")[:10]
        )

    @cached_property
    def steps(self) -> list[Step]:
        """The steps in order, of which one is to be done now."""
        has_content = bool(len(self.draft.body))
        frozen = self.approved is not None
        found = [
            Step("make", _("Maak de nieuwsbrief"), frozen or has_content),
            Step("check", _("Controleer"), not self.errors, self._check_words()),
            Step("proof", _("Stuur een proefmail aan uzelf"), frozen or self.is_proofed),
        ]
        if self.approval_needed:
            found.append(Step("approve", _("Laat goedkeuren"), frozen, self._approval_words()))
        found.append(Step("send", _("Verzend"), False))
        current = next(step for step in found if not step.is_done)
        if self.is_waiting and current.name == "proof":
            current = next(step for step in found if step.name == "approve")
        for step in found:
            step.state = NOW if step is current else DONE if step.is_done else LATER
        return found

    @property
    def now(self) -> str:
        """Name of the step to do now."""
        return next(step.name for step in self.steps if step.state == NOW)

    def _check_words(self) -> str:
        number = len(self.errors)
        if number:
            return ngettext(
                "%(number)s fout om te herstellen", "%(number)s fouten om te herstellen", number
            ) % {"number": number}
        number = len(self.advice)
        if number:
            return ngettext(
                "geen fouten, %(number)s advies", "geen fouten, %(number)s adviezen", number
            ) % {"number": number}
        return _("geen fouten")

    def _approval_words(self) -> str:
        if self.approved is not None:
            return _("goedgekeurd")
        if self.is_waiting:
            return _("wacht op een collega")
        if self.sent_back is not None:
            return _("teruggestuurd")
        if self.lapsed is not None:
            return _("het akkoord is vervallen")
        return ""
