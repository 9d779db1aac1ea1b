"""The page of a survey."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from areas.models import AreaPage
from areas.placed import Placed
from cms.base import BasePage
from cms.blocks import TEXT_FEATURES

from ..definition import Questions, from_json, questions_of, within_area
from ..languages.fields import LanguagesField
from ..languages.registry import DUTCH
from ..languages.showing import PageWords, with_translations
from ..outcomes.blocks import ThemeOutcomeBlock
from ..publishing import type_changes
from ..querysets import SurveyQuerySet
from ..types.stream import QuestionsBlock, item_errors
from .survey_panels import CONTENT_PANELS
from .survey_serving import ServedSurvey


class SurveyPage(ServedSurvey, Placed, BasePage):
    """A survey that is open for a time, and what was done with the answers."""

    class State(models.TextChoices):
        PLANNED = "gepland", _("Nog niet open")
        OPEN = "open", _("Open")
        CLOSED = "gesloten", _("Gesloten")

    class ResultsShown(models.TextChoices):
        NEVER = "", _("Nooit")
        CLOSED = "na-sluiten", _("Als de enquête gesloten is")
        LIVE = "live", _("Ook terwijl de enquête loopt")

    STATE_STYLES = {State.PLANNED: "planned", State.OPEN: "open", State.CLOSED: "closed"}

    kind_label = _("Enquête")
    page_description = _("Vragen aan bewoners, met een begin, een einde en een uitkomst.")
    intro = RichTextField(
        _("inleiding"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Waar gaat het over, en wat kan er nog veranderen door de antwoorden?"),
    )
    opens_at = models.DateTimeField(_("open vanaf"), default=timezone.now)
    closes_at = models.DateTimeField(
        _("open tot"), help_text=_("Na dit moment kan niemand meer antwoorden.")
    )
    questions = StreamField(QuestionsBlock(), verbose_name=_("vragen"), blank=True)
    languages = LanguagesField(
        _("ook in deze talen"),
        default=list,
        blank=True,
        help_text=_(
            "Bewaar de enquête en vertaal daarna de teksten. Wat niet vertaald is, staat er in het "
            "Nederlands bij."
        ),
    )
    # {language: {key: [translation, Dutch text that it translates]}}; see `languages.texts`.
    translations = models.JSONField(_("vertalingen"), default=dict, blank=True, editable=False)
    use_of_answers = RichTextField(
        _("wat doen we ermee"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Wie leest de antwoorden, wie beslist en wat staat al vast?"),
    )
    thanks = RichTextField(
        _("tekst na het versturen"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Leeg: een bedankje met de dag waarop de uitkomst hier staat."),
    )
    results_shown = models.CharField(
        _("resultaten op de site"),
        max_length=10,
        blank=True,
        choices=ResultsShown.choices,
        default=ResultsShown.NEVER,
        help_text=_(
            "Aantallen en procenten op een eigen pagina, zonder open antwoorden en plekken. "
            "Kleine aantallen staan er niet op. Terwijl de enquête loopt, komen er pas nieuwe "
            "antwoorden bij als het er genoeg zijn."
        ),
    )
    only_by_links = models.BooleanField(
        _("alleen bereikbaar via de links"),
        default=False,
        help_text=_(
            "De vragen staan dan niet op deze pagina, en de enquête staat niet in lijsten, op de "
            "kaart of in de zoekresultaten. Alleen wie een link heeft van een ingang kan "
            "antwoorden. Na het sluiten staat op deze pagina wel wat u met de antwoorden doet."
        ),
    )
    outcome_due = models.DateField(
        _("uitkomst uiterlijk op"),
        null=True,
        help_text=_("Dit beloven wij aan wie antwoord geeft. Het staat op de pagina."),
    )
    answers_kept_until = models.DateField(
        _("antwoorden bewaren tot en met"),
        null=True,
        blank=True,
        help_text=_(
            "Daarna wissen wij de antwoorden; de uitkomst op de pagina blijft. Leeg: twee jaar na "
            "het sluiten. De dag staat bij de vragen, dus maak hem later niet langer."
        ),
    )
    paper_offered = models.BooleanField(
        _("bied de enquête ook op papier aan"),
        default=True,
        help_text=_("Bij de vragen staat dan ‘Liever op papier?’ met een formulier om te printen."),
    )
    paper_return = models.TextField(
        _("waar levert iemand het papier in"),
        max_length=300,
        blank=True,
        default="",
        help_text=_(
            "Een adres, een bus of een plek. Leeg: de balie van de gemeente en de gebiedsmanager."
        ),
    )
    outcome = RichTextField(
        _("wat deden we met uw inbreng"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Wat hoorden we, wat nemen we over, wat niet en waarom?"),
    )
    outcome_per_theme = StreamField(
        [("theme", ThemeOutcomeBlock())],
        verbose_name=_("uitkomst per thema"),
        blank=True,
        help_text=_("De belangrijkste bovenaan. Zeg ook eerlijk wat we niet overnemen."),
    )
    outcome_date = models.DateField(_("datum van de uitkomst"), null=True, blank=True)

    content_panels = CONTENT_PANELS
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("questions"),
        index.SearchField("outcome"),
        index.SearchField("outcome_per_theme"),
        index.SearchField("place_name"),
    ]
    parent_page_types = ["areas.AreaPage", "projects.ProjectPage"]
    subpage_types = []
    template = "surveys/survey_page.html"
    objects = PageManager.from_queryset(SurveyQuerySet)()

    class Meta:
        verbose_name = _("enquête")
        verbose_name_plural = _("enquêtes")
        indexes = [models.Index(fields=["opens_at", "closes_at"], name="survey_open_between")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="survey_closes_after_opening",
                violation_error_message=_("De enquête sluit voordat zij opengaat."),
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(outcome_date__isnull=False),
                name="survey_outcome_has_a_date",
                violation_error_message=_("Vul bij de uitkomst ook de datum in."),
            ),
        ]

    #: A copy of the page asks the same, and has no outcome yet; see `Page.copy`.
    exclude_fields_in_copy = ["outcome", "outcome_per_theme", "outcome_date", "answers_kept_until"]
    RICH_TEXTS = ("intro", "use_of_answers", "thanks", "outcome")

    def clean(self):
        super().clean()
        errors = {}
        for name in self.RICH_TEXTS:
            # The editor leaves an empty paragraph where all text was taken away.
            if not strip_tags(getattr(self, name)).strip():
                setattr(self, name, "")
        if self.opens_at and self.closes_at:
            if self.closes_at <= self.opens_at:
                errors["closes_at"] = _(
                    "De enquête sluit voordat zij opengaat. Kies een later moment."
                )
            elif self.outcome_due and self.outcome_due < timezone.localdate(self.closes_at):
                errors["outcome_due"] = _(
                    "De enquête is dan nog open. Kies een dag na het sluiten."
                )
        if (
            self.closes_at
            and self.answers_kept_until
            and self.answers_kept_until < timezone.localdate(self.closes_at)
        ):
            errors["answers_kept_until"] = _(
                "De enquête is dan nog open. Kies een dag na het sluiten."
            )
        if self.outcome and self.outcome_date is None:
            errors["outcome_date"] = _("Vul bij de uitkomst ook de datum in.")
        if self.outcome_per_theme and not self.outcome:
            errors["outcome"] = _("Schrijf boven de thema's in een paar zinnen wat u hoorde.")
        wrong = list(type_changes(self.asked, self._frozen())) if self.pk else []
        if wrong:
            errors["questions"] = item_errors(wrong)
        if errors:
            raise ValidationError(errors)

    def _frozen(self) -> list[Questions]:
        rows = self.versions.order_by("-number").values_list("definition", flat=True)
        return [from_json(row) for row in rows]

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save; what a live survey asks is frozen, so that every answer keeps its question."""
        super().save(*args, **kwargs)
        update_fields = kwargs.get("update_fields")
        if self.live and (update_fields is None or "questions" in update_fields):
            from ..services import freeze_version

            freeze_version(survey=self)

    @property
    def fallback_geometry(self):
        """A point of the project the survey stands under, if it has a place."""
        parent = self.get_parent()
        place = getattr(parent.specific, "map_geometry", None) if parent else None
        return place.point_on_surface if place else None

    @property
    def asked(self) -> Questions:
        """The questions as plain data."""
        asked = within_area(questions_of(self.questions), lambda: self.area)
        return with_translations(asked, self.translations, self.languages)

    #: Code of the language in which the page is read now.
    language = DUTCH

    @property
    def words(self) -> PageWords:
        """The texts of the page in the language in which it is read."""
        return PageWords(self, self.language)

    @cached_property
    def area(self) -> AreaPage | None:
        """The area the survey stands in, with its `bounds`."""
        return AreaPage.objects.ancestor_of(self).without_geometry().with_bounds().first()

    def state_at(self, moment: datetime) -> "SurveyPage.State":
        """Whether the survey is planned, open or closed at a moment."""
        if moment < self.opens_at:
            return self.State.PLANNED
        return self.State.OPEN if moment < self.closes_at else self.State.CLOSED

    @property
    def state(self) -> "SurveyPage.State":
        """The state now."""
        return self.state_at(timezone.now())

    @property
    def grace_ends(self) -> datetime:
        """Until when somebody who was busy at the closing can still send answers."""
        return self.closes_at + timedelta(minutes=settings.SURVEY_GRACE_MINUTES)

    @property
    def paper_ends(self) -> datetime:
        """Until when staff can enter paper forms, such as those that came in the post."""
        return self.closes_at + timedelta(days=settings.SURVEY_PAPER_DAYS)

    @property
    def shows_results(self) -> bool:
        """Whether everybody may see results now; not before the last answers came in.

        They say what is asked, so not either while one needs a link to see that.
        """
        if self.only_by_links and timezone.now() < self.grace_ends:
            return False
        if self.results_shown == self.ResultsShown.LIVE:
            return timezone.now() >= self.opens_at
        return self.results_shown == self.ResultsShown.CLOSED and timezone.now() >= self.grace_ends

    @property
    def last_day_of_answers(self) -> date:
        """The last day on which we have the answers."""
        return self.answers_kept_until or timezone.localdate(
            self.closes_at + timedelta(days=settings.SURVEY_ANSWERS_KEPT_DAYS)
        )

    @property
    def state_style(self) -> str:
        """The state as the design components name it."""
        return self.STATE_STYLES[self.state]

    @property
    def area_names(self) -> str:
        """Titles of the areas this lies in; lists have them prefetched."""
        return ", ".join(area.title for area in self.areas.all())

    @property
    def is_overdue(self) -> bool:
        """Past the day on which the outcome was promised, while it is not there."""
        return (
            not self.outcome
            and self.outcome_due is not None
            and self.outcome_due < timezone.localdate()
        )

    @property
    def has_told(self) -> bool:
        """Whether it is on the site what was done with the answers."""
        return bool(self.outcome)

    def get_sitemap_urls(self, request=None):
        """Nothing where one needs a link."""
        return [] if self.only_by_links else super().get_sitemap_urls(request)
