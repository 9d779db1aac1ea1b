"""The programme of an area: what it wants to reach in the long term."""

from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from areas.models import Theme
from cms.base import BasePage
from cms.blocks import TEXT_FEATURES
from cms.querysets import PublicPageQuerySet

from ..querysets import ProgrammeGoalQuerySet


class ProgrammePage(BasePage):
    """Themes and goals of an area for many years; items of its agendas refer to them."""

    kind_label = _("Gebiedsprogramma")
    page_description = _("Wat het gebied op lange termijn wil bereiken: doelen per thema.")
    intro = RichTextField(
        _("inleiding"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Waar wil het gebied over tien jaar staan, en wie bedacht dat?"),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        InlinePanel(
            "goals",
            heading=_("Doelen"),
            label=_("Doel"),
            help_text=_(
                "Kies bij een agendapunt aan welk doel het werkt. De site laat dan vanzelf zien "
                "hoe ver u met elk doel bent. Haalt u een doel weg, dan blijven de agendapunten "
                "staan, zonder doel."
            ),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.RelatedFields("goals", [index.SearchField("title"), index.SearchField("text")]),
    ]
    parent_page_types = ["areas.AreaPage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "agenda/programme_page.html"
    objects = PageManager.from_queryset(PublicPageQuerySet)()

    class Meta:
        verbose_name = _("gebiedsprogramma")
        verbose_name_plural = _("gebiedsprogramma's")

    def save(self, *args, **kwargs):
        """Save; a goal stays the row that it was, so that items keep referring to it."""
        if self.pk is not None and kwargs.get("update_fields") is None:
            self._recognise_goals()
        super().save(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from ..programme import programme_context

        context = super().get_context(request, *args, **kwargs)
        context.update(programme_context(programme=self))
        return context

    def _recognise_goals(self) -> None:
        """Give goals of a draft the row that an earlier version of the draft made; one query.

        A goal that was new in a draft has no primary key there, also in later versions that
        build on it. Saved as they are, those would remove the row and make another.
        """
        new = [goal for goal in self.goals.all() if goal.pk is None]
        if not new:
            return
        known = dict(ProgrammeGoal.objects.filter(programme_id=self.pk).values_list("key", "pk"))
        for goal in new:
            goal.pk = known.get(goal.key)
            goal._state.adding = goal.pk is None


class ProgrammeGoal(Orderable):
    """One goal of a programme. `key` knows it again in every version of the page."""

    programme = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="goals")
    key = models.UUIDField(default=uuid4, editable=False)
    title = models.CharField(
        _("doel"),
        max_length=120,
        help_text=_("In één regel, zoals: veilig op de fiets van elk dorp naar school."),
    )
    text = models.TextField(
        _("toelichting"),
        max_length=600,
        blank=True,
        help_text=_("Waarom dit doel, en waaraan ziet u straks dat het gelukt is?"),
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("thema"), on_delete=models.PROTECT, related_name="programme_goals"
    )
    target_year = models.PositiveSmallIntegerField(
        _("streefjaar"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_("Het jaar waarin het gelukt moet zijn, bijvoorbeeld 2035."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("theme", widget=forms.Select), FieldPanel("target_year")]),
        FieldPanel("text"),
    ]
    objects = ProgrammeGoalQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("doel van het gebiedsprogramma")
        verbose_name_plural = _("doelen van het gebiedsprogramma")
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="programme_goal_key_once"),
            models.CheckConstraint(
                condition=models.Q(target_year__isnull=True)
                | models.Q(target_year__gte=2000, target_year__lte=2100),
                name="programme_goal_year_believable",
                violation_error_message=_("Kies een streefjaar tussen 2000 en 2100."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """Where this goal stands on the page of its programme."""
        return f"doel-{self.pk}"
