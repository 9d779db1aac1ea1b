"""What surveys say of an agenda item: the themes of their outcome that go on in it."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import RichText

from areas.agenda.origins import Heard, Origin
from areas.models import Theme

from ..models import SurveyPage
from .blocks import ThemeOutcomeValue

LEFT_OUT = ("questions", "intro", "use_of_answers", "thanks", "geometry", "map_geometry")


def surveys_about(item) -> list[Origin]:
    """The public surveys of which an outcome names the item. Two queries, whatever there is.

    Wagtail's index of references says which surveys. Themes are read as they are stored: from
    blocks each survey would look up its themes and all its agenda items.
    """
    surveys = SurveyPage.objects.told_about(item).defer(*LEFT_OUT).order_by("-outcome_date", "-pk")
    told = [(survey, list(_themes_about(survey, item.pk))) for survey in surveys]
    keys = {theme["theme"] for _survey, themes in told for theme in themes if theme.get("theme")}
    names = {theme.pk: str(theme) for theme in Theme.objects.filter(pk__in=keys)} if keys else {}
    return [
        Origin(
            label=_("Enquête"),
            title=survey.title,
            url=survey.get_url() or "",
            at=survey.outcome_date,
            heard=tuple(_heard(theme, names) for theme in themes),
        )
        for survey, themes in told
        if themes
    ]


def _themes_about(survey: SurveyPage, item_id: int) -> Iterator[dict]:
    for row in survey.outcome_per_theme.raw_data:
        items = row["value"].get("items") or ()
        if item_id in (one["value"] if isinstance(one, dict) else one for one in items):
            yield row["value"]


def _heard(theme: dict, names: dict[int, str]) -> Heard:
    status = ThemeOutcomeValue(None, {"status": theme.get("status")})
    return Heard(
        title=theme.get("heading") or names.get(theme.get("theme"), ""),
        what=str(RichText(theme.get("heard") or "")),
        done=str(RichText(theme.get("why") or "")),
        status=status.status_style,
        status_label=str(status.status_label),
    )


def naming(item):
    """Keys, as text, of the surveys of whose live page the outcome names an item: a subquery."""
    types = ContentType.objects.get_for_models(Page, SurveyPage)
    return ReferenceIndex.objects.filter(
        content_type=types[SurveyPage],
        to_content_type=types[Page],
        to_object_id=str(item.pk),
        model_path__startswith="outcome_per_theme",
    ).values("object_id")


def as_text(name: str) -> Cast:
    """A key as the index of references writes it."""
    return Cast(name, CharField())
