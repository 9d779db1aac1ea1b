"""What the editor of a survey shows, in its order."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from areas.placed import Placed
from cms.base import BasePage

from ..languages.panels import TranslationsPanel
from ..panels import HintsPanel, LinksPanel, OutcomePanel, ResultsPanel

CONTENT_PANELS = [
    *BasePage.content_panels,
    ResultsPanel(heading=_("Resultaten")),
    FieldPanel("intro"),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")], heading=_("Open van en tot")),
    FieldPanel("only_by_links"),
    LinksPanel(),
    FieldPanel(
        "questions",
        help_text=_(
            "Klik op + en kies een soort vraag. Kijk daarna bij ‘Voorvertoning’ hoe het wordt."
        ),
    ),
    HintsPanel(heading=_("Leest het makkelijk?")),
    MultiFieldPanel([FieldPanel("languages"), TranslationsPanel()], heading=_("Andere talen")),
    MultiFieldPanel(
        [
            FieldPanel("use_of_answers"),
            FieldPanel("outcome_due"),
            FieldPanel("answers_kept_until"),
            FieldPanel("thanks"),
            FieldPanel("results_shown"),
        ],
        heading=_("Wat er met de antwoorden gebeurt"),
    ),
    MultiFieldPanel(
        [FieldPanel("paper_offered"), FieldPanel("paper_return")], heading=_("Op papier")
    ),
    *Placed.place_panels,
    MultiFieldPanel(
        [
            FieldPanel("outcome"),
            FieldPanel("outcome_per_theme"),
            FieldPanel("outcome_date"),
            OutcomePanel(heading=_("Wie er bericht krijgt")),
        ],
        heading=_("Uitkomst"),
        help_text=_("Vul dit in als de enquête gesloten is. Tot die dag blijft het leeg."),
    ),
]
