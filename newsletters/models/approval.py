"""Who let an edition go out: the step of Wagtail's workflow, and what was decided on record."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Task, TaskState

from .edition import NewsletterPage


@register_setting(icon="mail")
class NewsletterSettings(BaseSiteSetting):
    """What an administrator chooses about newsletters."""

    approval_needed = models.BooleanField(
        _("iemand anders keurt elke nieuwsbrief goed"),
        default=True,
        help_text=_(
            "Wie aan een nieuwsbrief schreef, kan hem dan niet alleen verzenden. Zet dit alleen "
            "uit als er maar één persoon is die nieuwsbrieven maakt."
        ),
    )

    panels = [FieldPanel("approval_needed")]

    class Meta:
        verbose_name = _("nieuwsbrieven")

    @classmethod
    def current(cls) -> "NewsletterSettings":
        """What was chosen, or the defaults, unsaved; one query."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()


class EditionApprovalTask(Task):
    """The step in which somebody who did not write an edition lets it go out, or sends it back.

    The decision is made on the page "Verzenden" of the edition, where checks and recipients
    stand; the buttons of Wagtail's editor, which save and decide at once, cannot approve.
    """

    class Meta:
        verbose_name = _("goedkeuring van een nieuwsbrief")
        verbose_name_plural = _("goedkeuringen van nieuwsbrieven")

    @classmethod
    def get_description(cls):
        return _(
            "De nieuwsbriefredactie of de manager van een van de gebieden keurt goed. Wie er zelf "
            "aan schreef, kan dat niet."
        )

    def user_can_access_editor(self, obj, user) -> bool:
        from ..approval.rules import may_judge

        return may_judge(edition_id=obj.pk, user=user)

    def locked_for_user(self, obj, user) -> bool:
        return not self.user_can_access_editor(obj, user)

    def get_actions(self, obj, user) -> list[tuple]:
        from ..approval.rules import may_judge

        if may_judge(edition_id=obj.pk, user=user):
            return [("reject", _("Stuur terug met uitleg"), True)]
        return []

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name != "reject":
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        from ..approval.rules import to_judge

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.filter(workflow_state__object_id__in=to_judge(task=self, user=user))


class Approval(models.Model):
    """That somebody let exactly this content go to exactly this audience.

    It stands until the edition is sent, or lapses when content or audience change. `fingerprint`
    is of both (`approval.fingerprint`). `own_work`: an administrator who had written it approved.
    """

    edition = models.ForeignKey(NewsletterPage, on_delete=models.CASCADE, related_name="approvals")
    fingerprint = models.CharField(max_length=64)
    approved_at = models.DateTimeField(_("goedgekeurd op"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("goedgekeurd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    own_work = models.BooleanField(_("eigen werk"), default=False)
    words = models.TextField(_("toelichting"), blank=True)
    lapsed_at = models.DateTimeField(_("vervallen op"), null=True)
    lapsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vervallen door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: False where somebody took the approval back, True where the edition was changed.
    changed = models.BooleanField(_("inhoud veranderd"), default=False)

    class Meta:
        verbose_name = _("goedkeuring")
        verbose_name_plural = _("goedkeuringen")
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(lapsed_at__isnull=True), name="one_approval_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.approved_at:%Y-%m-%d}"


class CheckedLink(models.Model):
    """What an address on another site answered when it was last asked; kept for all editions."""

    class Outcome(models.TextChoices):
        WORKS = "works", _("werkt")
        GONE = "gone", _("bestaat niet meer")
        UNSURE = "unsure", _("niet zeker")

    #: SHA-256 of `url`, which is too long for an index.
    key = models.CharField(max_length=64, primary_key=True)
    url = models.TextField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    #: What was wrong, in words for an editor.
    words = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("gecontroleerde link")
        verbose_name_plural = _("gecontroleerde links")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["works", "gone", "unsure"]), name="link_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return self.url
