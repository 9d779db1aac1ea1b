"""What was done with a signal, step by step, and the mails that tell of it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import SignalMailQuerySet, SignalStepQuerySet
from .signal import Signal


class StepsAreKeptError(Exception):
    """Somebody tried to change a step that was taken."""


class SignalStep(models.Model):
    """One step, written once. Who brought the signal in sees those that are `visible`."""

    class Kind(models.TextChoices):
        RECEIVED = "ontvangen", _("Ontvangen")
        ASSIGNED = "toegewezen", _("In behandeling genomen")
        EXTENDED = "verlengd", _("Termijn verlengd")
        ANSWERED = "beantwoord", _("Beantwoord")
        REOPENED = "heropend", _("Opnieuw geopend")
        MERGED = "samengevoegd", _("Samengevoegd met een ander signaal")
        LINKED = "gekoppeld", _("Gekoppeld")
        PROGRESS = "voortgang", _("Voortgang")
        PUBLISHED = "openbaar", _("Op de site gezet")
        HIDDEN = "van-de-site", _("Van de site gehaald")
        MOVED = "ander-gebied", _("Naar een ander gebied")
        NOTE = "notitie", _("Notitie")
        REMINDED = "herinnerd", _("Herinnering gestuurd")
        ESCALATED = "geescaleerd", _("Over de termijn gemeld")

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    kind = models.CharField(_("stap"), max_length=16, choices=Kind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_role = models.CharField(_("door"), max_length=400, blank=True)
    text = models.TextField(_("tekst"), max_length=3000, blank=True)
    #: The term as it stood from this step on.
    due_on = models.DateField(null=True)
    visible = models.BooleanField(default=True)
    #: The version of the signal that this step made.
    version = models.PositiveIntegerField(default=0)

    objects = SignalStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["signal", "at"], name="signal_step_at")]

    def __str__(self) -> str:
        return f"{self.at:%d-%m-%Y} {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        """Add the step; one that was taken stays as it is."""
        if not self._state.adding:
            raise StepsAreKeptError
        super().save(*args, **kwargs)


class SignalMail(models.Model):
    """The mail of one step to one address; waits until `sent_at`.

    `claimed_at`: a process is sending it now.
    """

    class Audience(models.TextChoices):
        ASKER = "inbrenger", _("Inbrenger")
        STAFF = "gemeente", _("Gemeente")

    step = models.ForeignKey(SignalStep, on_delete=models.CASCADE, related_name="mails")
    #: What the reader brought in: of a double, the double and not what it was merged into.
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience)
    address = models.EmailField()
    planned_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = SignalMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail over een signaal")
        verbose_name_plural = _("mails over signalen")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["planned_at"],
                condition=models.Q(sent_at__isnull=True),
                name="signal_mail_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint("step", Lower("address"), name="signal_mail_once_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.audience}"
