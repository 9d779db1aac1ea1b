"""Forms on paper that staff enter: batches of them, what was wrong with one, what was corrected.

The name of who entered them lies on the batch. A response knows nothing of it; while the batch is
open a row of its own leads from the batch to the response, so that a mistake can be put right, and
those rows go when the batch is closed.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..paper.querysets import BatchQuerySet
from .collector import Collector
from .response import Response, SurveyVersion
from .survey import SurveyPage


class PaperBatch(models.Model):
    """A pile of forms of one version that somebody enters.

    `entered` is how many forms were ever entered, which numbers them; `number` how many of them
    stand. `closed_on` is the day from which nothing leads to the responses any more.
    """

    LONGEST_REMARKS = 500

    class Source(models.TextChoices):
        PAPER = "papier", _("Op papier ingevuld")
        INTERVIEW = "gesprek", _("In een gesprek ingevuld")

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage,
        verbose_name=_("enquête"),
        on_delete=models.CASCADE,
        related_name="paper_batches",
    )
    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("versie"), on_delete=models.RESTRICT, related_name="+"
    )
    source = models.CharField(_("hoe ingevuld"), max_length=10, choices=Source.choices)
    collector = models.ForeignKey(
        Collector,
        verbose_name=_("ingang"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ingevoerd door"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    day = models.DateField(_("dag"), default=timezone.localdate)
    entered = models.PositiveIntegerField(_("ingevoerd"), default=0)
    number = models.PositiveIntegerField(_("aantal dat telt"), default=0)
    remarks = models.CharField(_("opmerking"), max_length=LONGEST_REMARKS, blank=True, default="")
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("stapel papier")
        verbose_name_plural = _("stapels papier")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=["papier", "gesprek"]),
                name="survey_paper_batch_known_source",
            ),
            models.CheckConstraint(
                condition=models.Q(number__lte=models.F("entered")),
                name="survey_paper_batch_counts_what_it_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class PaperEntry(models.Model):
    """One form of an open batch, by its number in the pile.

    `key` was made for one showing of the screen, so that sending it twice counts once. `response`
    is None where the form was taken away again.
    """

    wagtail_reference_index_ignore = True

    batch = models.ForeignKey(
        PaperBatch, verbose_name=_("stapel"), on_delete=models.CASCADE, related_name="entries"
    )
    number = models.PositiveIntegerField(_("nummer"))
    key = models.UUIDField(_("sleutel"), unique=True, editable=False)
    response = models.OneToOneField(
        Response,
        verbose_name=_("inzending"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("ingevoerd formulier")
        verbose_name_plural = _("ingevoerde formulieren")
        ordering = ["batch", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="survey_paper_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"


class PaperGap(models.Model):
    """What is missing in a response from paper: a required question that was skipped, or an answer
    that nobody can read. Goes with its response.
    """

    class Why(models.TextChoices):
        EMPTY = "leeg", _("niet ingevuld")
        ILLEGIBLE = "onleesbaar", _("niet te lezen")

    wagtail_reference_index_ignore = True

    pk = models.CompositePrimaryKey("response_id", "question_id")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="paper_gaps")
    question_id = models.CharField(_("vraag"), max_length=36)
    why = models.CharField(_("waarom"), max_length=10, choices=Why.choices)

    class Meta:
        verbose_name = _("gat in een formulier")
        verbose_name_plural = _("gaten in formulieren")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(why__in=["leeg", "onleesbaar"]),
                name="survey_paper_gap_known_why",
            )
        ]

    def __str__(self) -> str:
        return self.get_why_display()


class PaperCorrection(models.Model):
    """Who corrected or took away a form, when and why; stays when the batch is closed."""

    LONGEST_REASON = 300

    class What(models.TextChoices):
        CHANGED = "hersteld", _("Hersteld")
        REMOVED = "verwijderd", _("Verwijderd")

    wagtail_reference_index_ignore = True

    batch = models.ForeignKey(
        PaperBatch, verbose_name=_("stapel"), on_delete=models.CASCADE, related_name="corrections"
    )
    number = models.PositiveIntegerField(_("nummer"))
    what = models.CharField(_("wat"), max_length=10, choices=What.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    reason = models.CharField(_("reden"), max_length=LONGEST_REASON)
    made_at = models.DateTimeField(_("wanneer"), auto_now_add=True)

    class Meta:
        verbose_name = _("correctie van een formulier")
        verbose_name_plural = _("correcties van formulieren")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="survey_paper_correction_has_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(what__in=["hersteld", "verwijderd"]),
                name="survey_paper_correction_known_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"
