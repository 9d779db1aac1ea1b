"""What opens a collector that is not open to all: codes and invitations."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..collecting.querysets import (
    BatchQuerySet,
    CodeQuerySet,
    InvitationMailQuerySet,
    InvitationQuerySet,
)
from .collector import Collector


class CodeBatch(models.Model):
    """Codes that were made at once. `mark` is the SHA-256 of the secret they follow from."""

    wagtail_reference_index_ignore = True

    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="batches")
    mark = models.CharField(max_length=64, unique=True, editable=False)
    made = models.PositiveIntegerField(_("aantal codes"))
    made_on = models.DateField(_("gemaakt op"), default=timezone.localdate)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("reeks codes")
        verbose_name_plural = _("reeksen codes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(made__gte=1), name="survey_code_batch_not_empty")
        ]

    def __str__(self) -> str:
        return f"{self.collector_id}: {self.made}"


class AccessCode(models.Model):
    """A code that can still be used, as a keyed hash. Who answers makes the row go.

    What is used leaves nothing behind, so that no order, moment or transaction ties a code to a
    response. See docs/decisions/0019.
    """

    wagtail_reference_index_ignore = True

    digest = models.CharField(max_length=64, primary_key=True, editable=False)
    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="codes")

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")

    def __str__(self) -> str:
        return self.digest[:8]


class InvitedAddress(models.Model):
    """That an address was invited once, as a keyed hash: nobody is invited twice."""

    wagtail_reference_index_ignore = True

    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("uitgenodigd adres")
        verbose_name_plural = _("uitgenodigde adressen")
        constraints = [
            models.UniqueConstraint(
                fields=["collector", "digest"], name="survey_address_invited_once"
            )
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class Invitation(models.Model):
    """Somebody who was invited and did not answer yet. Who answers makes the row go, mails too."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mailadres"))
    wants_reminder = models.BooleanField(_("wil een herinnering"), default=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint("collector", Lower("email"), name="survey_invitation_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class InvitationMail(models.Model):
    """A mail to somebody who was invited; waits until `sent_at`.

    `claimed_at`: a process is sending it now.
    """

    class Kind(models.TextChoices):
        FIRST = "eerste", _("Uitnodiging")
        REMINDER = "herinnering", _("Herinnering")

    wagtail_reference_index_ignore = True

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FIRST)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    objects = InvitationMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail aan een genodigde")
        verbose_name_plural = _("mails aan genodigden")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["kind"], condition=Q(sent_at__isnull=True), name="survey_mail_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "kind"], name="survey_mail_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.kind}"
