"""Mails that tell the outcome of a survey to who left an address for that."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..outcomes.querysets import OutcomeMailQuerySet, OutcomeRoundQuerySet
from .response import ContactAddress
from .survey import SurveyPage


class OutcomeRound(models.Model):
    """One time that an outcome goes out: the first by itself, others by somebody's choice.

    `number` counts from 1 within the survey; `recipients` is how many addresses there were when
    it began, which stays when they are gone. `begun_by` is empty for the first.
    """

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage,
        verbose_name=_("enquête"),
        on_delete=models.CASCADE,
        related_name="outcome_rounds",
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    recipients = models.PositiveIntegerField(_("adressen"))
    begun_at = models.DateTimeField(_("begonnen op"), auto_now_add=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = OutcomeRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht over een uitkomst")
        verbose_name_plural = _("berichten over een uitkomst")
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"], name="survey_outcome_round_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="survey_outcome_round_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.number}"


class OutcomeMail(models.Model):
    """The mail of one round to one address; waits until `sent_at`.

    `contact` is gone when its address is: then nothing is sent any more, and what was sent still
    counts. The key is random, as those of the addresses are.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(OutcomeRound, on_delete=models.CASCADE, related_name="mails")
    contact = models.ForeignKey(
        ContactAddress, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    objects = OutcomeMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail over een uitkomst")
        verbose_name_plural = _("mails over een uitkomst")
        indexes = [
            models.Index(
                fields=["round"], condition=Q(sent_at__isnull=True), name="survey_outcome_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "contact"], name="survey_outcome_mail_once_an_address"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
