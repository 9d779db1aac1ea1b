"""The blocks with which an editor tells what was done with the answers."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import TEXT_FEATURES

ADOPTED, PARTLY, NOT = "overgenomen", "deels", "niet"
#: Value, words, and the look of a status in the design.
STATUSES = (
    (ADOPTED, _("Nemen we over"), "done"),
    (PARTLY, _("Nemen we deels over"), "started"),
    (NOT, _("Nemen we niet over"), "stopped"),
)
MOST_ITEMS = 10


class ThemeOutcomeValue(blocks.StructValue):
    """One theme of an outcome, as the page shows it."""

    @property
    def title(self) -> str:
        return self.get("heading") or str(self.get("theme") or "")

    @property
    def status_label(self):
        return next((label for key, label, _look in STATUSES if key == self.get("status")), "")

    @property
    def status_style(self) -> str:
        return next((look for key, _label, look in STATUSES if key == self.get("status")), "closed")

    @property
    def public_items(self) -> list:
        """The agenda items that everybody can see."""
        return [item for item in self.get("items") or () if item is not None and item.live]


class ThemeOutcomeBlock(blocks.StructBlock):
    """What was heard about one theme, whether it is adopted, and why."""

    theme = SnippetChooserBlock("areas.Theme", label=_("thema"), required=False)
    heading = blocks.CharBlock(
        label=_("eigen kop"),
        max_length=120,
        required=False,
        help_text=_("Leeg: de naam van het thema."),
    )
    heard = blocks.RichTextBlock(label=_("wat hoorden we"), features=TEXT_FEATURES)
    status = blocks.ChoiceBlock(
        label=_("nemen we het over"), choices=[(key, label) for key, label, _look in STATUSES]
    )
    why = blocks.RichTextBlock(
        label=_("wat doen we, en waarom"),
        features=TEXT_FEATURES,
        help_text=_("Ook bij een ja: wat verandert er, en wanneer ziet de inwoner dat?"),
    )
    items = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="agenda.AgendaItemPage", label=_("agendapunt")),
        label=_("agendapunten waarin het verdergaat"),
        default=[],
        max_num=MOST_ITEMS,
        required=False,
    )

    class Meta:
        label = _("Thema")
        icon = "tag"
        value_class = ThemeOutcomeValue

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if not cleaned.get("theme") and not cleaned.get("heading"):
            errors["heading"] = ValidationError(_("Kies een thema of schrijf zelf een kop."))
        for name in ("heard", "why"):
            if not self.is_deferred_validation and not strip_tags(cleaned[name].source).strip():
                errors[name] = ValidationError(_("Vul dit in: hier wachten mensen op."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned
