"""Polls: one question with a few answers, on any page."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from areas.models import AreaPage

from ..querysets import PollQuerySet


class Poll(index.Indexed, ClusterableModel):
    """A question of one choice. It gives an impression; it is not a ballot."""

    question = models.CharField(_("vraag of stelling"), max_length=200)
    explanation = models.CharField(
        _("uitleg"),
        max_length=300,
        blank=True,
        help_text=_("Waarom vraagt u dit, en wat doet u met de uitslag?"),
    )
    area = models.ForeignKey(
        AreaPage,
        verbose_name=_("gebied"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="polls",
        help_text=_("Leeg: voor de hele gemeente."),
    )
    is_open = models.BooleanField(_("open"), default=True)
    closes_at = models.DateTimeField(
        _("sluit op"),
        null=True,
        blank=True,
        help_text=_("Leeg: open tot u het vinkje bij ‘open’ weghaalt."),
    )

    search_fields = [
        index.SearchField("question"),
        index.AutocompleteField("question"),
        index.FilterField("area_id"),
        index.FilterField("is_open"),
    ]
    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("peiling")
        verbose_name_plural = _("peilingen")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.question

    @property
    def takes_votes(self) -> bool:
        """Whether one can vote now."""
        return self.is_open and (self.closes_at is None or timezone.now() < self.closes_at)

    @property
    def results(self) -> list[dict]:
        """{id, label, count, percent} of each answer in order."""
        total = self.total
        return [
            {
                "id": choice.pk,
                "label": choice.text,
                "count": choice.vote_count,
                "percent": round(100 * choice.vote_count / total) if total else 0,
            }
            for choice in self._counted()
        ]

    @property
    def total(self) -> int:
        """Number of votes."""
        return sum(choice.vote_count for choice in self._counted())

    def _counted(self) -> list["PollChoice"]:
        """The choices with `vote_count`; a query unless `PollQuerySet.with_results` did it."""
        if not hasattr(self, "counted_choices"):
            models.prefetch_related_objects([self], PollQuerySet.counted())
        return self.counted_choices


class PollChoice(Orderable):
    """One answer of a poll."""

    poll = ParentalKey(Poll, on_delete=models.CASCADE, related_name="choices")
    text = models.CharField(_("antwoord"), max_length=120)

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        constraints = [
            models.UniqueConstraint(
                "poll",
                Lower("text"),
                name="poll_choice_once",
                violation_error_message=_("Dit antwoord staat er al."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class PollVote(models.Model):
    """One vote: the answer and the day, nothing about who gave it. The key is random."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    choice = models.ForeignKey(
        PollChoice, verbose_name=_("antwoord"), on_delete=models.PROTECT, related_name="votes"
    )
    voted_on = models.DateField(_("datum"), default=timezone.localdate)

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")

    def __str__(self) -> str:
        return str(self.pk)
