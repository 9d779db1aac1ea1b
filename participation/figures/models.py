"""Services in figures: indicators with a value a year, their notes and sources."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.base import BasePage
from cms.blocks import TEXT_FEATURES

from .blocks import YearValuesBlock
from .charts import line_chart
from .numbers import formatted


class FiguresPage(BasePage):
    """How the services of the municipality do, year by year; there is one such page."""

    kind_label = _("Cijfers")
    page_description = _("Hoe de dienstverlening gaat, in tabellen en grafieken.")
    intro = RichTextField(_("inleiding"), features=TEXT_FEATURES, blank=True)
    notes = RichTextField(
        _("toelichting bij de cijfers"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Waardoor stijgen of dalen de cijfers?"),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        InlinePanel("indicators", heading=_("Cijfers"), label=_("Cijfer")),
        FieldPanel("notes"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("notes"),
        index.RelatedFields("indicators", [index.SearchField("name"), index.SearchField("note")]),
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types = []
    max_count = 1
    template = "figures/figures_page.html"

    class Meta:
        verbose_name = _("cijferpagina")
        verbose_name_plural = _("cijferpagina's")

    def get_context(self, request, *args, **kwargs):
        from .views import figures_context

        context = super().get_context(request, *args, **kwargs)
        context.update(figures_context(page=self))
        return context


class Indicator(Orderable):
    """One thing that is counted or measured every year."""

    class Unit(models.TextChoices):
        NUMBER = "aantal", _("aantal")
        PERCENT = "procent", _("procent")
        DAYS = "dagen", _("dagen")
        MINUTES = "minuten", _("minuten")
        EURO = "euro", _("euro")

    page = ParentalKey(FiguresPage, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("wat meet u"), max_length=120)
    unit = models.CharField(_("eenheid"), max_length=10, choices=Unit, default=Unit.NUMBER)
    decimals = models.PositiveSmallIntegerField(
        _("cijfers achter de komma"), default=0, validators=[MaxValueValidator(2)]
    )
    values = StreamField(YearValuesBlock(), verbose_name=_("waarden per jaar"), blank=True)
    note = models.TextField(_("toelichting"), max_length=500, blank=True)
    source = models.CharField(_("bron"), max_length=200, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("decimals")]),
        FieldPanel("values"),
        FieldPanel("note"),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("cijfer")
        verbose_name_plural = _("cijfers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decimals__lte=2), name="indicator_at_most_two_decimals"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def points(self) -> list[tuple]:
        """(year, Decimal) by year; half-filled rows of a draft are left out."""
        found = {
            child.value["year"]: child.value["value"]
            for child in self.values
            if child.value.get("year") is not None and child.value.get("value") is not None
        }
        return sorted(found.items())

    @property
    def rows(self) -> list[list[str]]:
        """The table of this indicator: year and value as texts."""
        return [[str(year), self.text(value)] for year, value in self.points]

    def text(self, value) -> str:
        """A value as people read it, with its unit where that is short."""
        return formatted(value, decimals=self.decimals, unit=self.unit)

    @cached_property
    def chart(self) -> dict | None:
        """What the template draws as a line, or None with fewer than two years."""
        if len(self.points) < 2:
            return None
        return line_chart(self.points, text=self.text)
