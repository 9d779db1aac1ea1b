"""What is odd about a response, and what staff decided about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .response import Response
from .survey import SurveyPage


class ResponseMark(models.Model):
    """One reason to look at a response; the response stays and counts until staff decides.

    Says what was odd and not when, or of whom. Goes with its response.
    """

    class Kind(models.TextChoices):
        FAST = "snel", _("Onmogelijk snel ingevuld")
        BURST = "golf", _("Heel vaak dezelfde antwoorden in korte tijd")
        REUSED = "formulier", _("Eén formulier gebruikt voor andere antwoorden")
        TRAP = "val", _("Verborgen vak ingevuld, ook na een melding")
        PUZZLE = "puzzel", _("Vervalste of al gebruikte controle van de browser")
        NETWORK = "netwerk", _("Heel veel antwoorden van één netwerk")
        UNCHECKED = "zonder", _("Bovendien: zonder controle van de browser")

    wagtail_reference_index_ignore = True

    # No number of its own: it would show the order in which marked responses came.
    pk = models.CompositePrimaryKey("response_id", "kind")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(_("kenmerk"), max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = _("kenmerk")
        verbose_name_plural = _("kenmerken")
        indexes = [models.Index(fields=["kind"], name="response_mark_kind")]
        constraints = [
            # What many honest visitors do is no reason to look at a response by itself; the
            # service keeps to that, and the database to the list of kinds.
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["snel", "golf", "formulier", "val", "puzzel", "netwerk", "zonder"]
                ),
                name="response_mark_known_kind",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class StaffDecision(models.Model):
    """Who decided that marked responses count or do not, when and why; never changed.

    `decided` leads to the responses it is about, as far as they are still there; `number` is how
    many they were.
    What holds for a response is in `Response.verdict`, which the service writes along.
    """

    LONGEST_REASON = 1000

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="decisions"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    counts = models.BooleanField(_("telt mee"))
    reason = models.CharField(_("reden"), max_length=LONGEST_REASON)
    kind = models.CharField(_("kenmerk"), max_length=10, choices=ResponseMark.Kind.choices)
    number = models.PositiveIntegerField(_("aantal"))
    made_at = models.DateTimeField(_("wanneer"), auto_now_add=True)

    class Meta:
        verbose_name = _("besluit over inzendingen")
        verbose_name_plural = _("besluiten over inzendingen")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="survey_decision_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.number}"

    def save(self, *args, **kwargs):
        """Save a new decision; TypeError for one that exists: take another one instead."""
        if not self._state.adding:
            raise TypeError("A decision never changes; take a new one.")
        super().save(*args, **kwargs)


class DecidedResponse(models.Model):
    """That a decision is about a response; goes with either."""

    wagtail_reference_index_ignore = True

    pk = models.CompositePrimaryKey("decision_id", "response_id")
    decision = models.ForeignKey(StaffDecision, on_delete=models.CASCADE, related_name="decided")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="decided")

    class Meta:
        verbose_name = _("inzending in een besluit")
        verbose_name_plural = _("inzendingen in een besluit")

    def __str__(self) -> str:
        return f"{self.decision_id}"
