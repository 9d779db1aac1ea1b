"""The fields by which people choose what they get newsletters about."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from areas.forms import BAD_AREA
from areas.models import Theme

from ..choices import Choices, open_areas, open_places
from ..models import Subscription
from ..topics import Topic, topics

CHOOSE = _("Kies ten minste één gebied, project, plaats of thema.")
#: More than anybody follows; a link in a mail must be able to carry them.
MOST_PAGES, MOST_PLACES, MOST_THEMES, MOST_AREAS = 50, 60, 40, 40
TOO_MANY = _("Kies er ten hoogste %(most)s. Wilt u alles volgen? Kies dan hele gebieden.")

BOXES = ("gebieden", "volgen", "plaatsen", "themas")


@dataclass(frozen=True)
class Group:
    """Boxes of one area, for a part of the form that folds."""

    title: str
    boxes: list
    is_open: bool


class BoxesField(forms.MultipleChoiceField):
    """Checkboxes of rows that the form has read already: checking them takes no query.

    A program can post thousands of values; none is looked at when there are more than `most`.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, most: int, unknown, **kwargs):
        super().__init__(required=False, **kwargs)
        self.most = most
        self.error_messages["invalid_choice"] = unknown
        self.error_messages["invalid_list"] = unknown

    def to_python(self, value):
        values = list(dict.fromkeys(super().to_python(value)))
        if len(values) > self.most:
            raise forms.ValidationError(TOO_MANY, code="too_many", params={"most": self.most})
        return values


class ChoicesForm(forms.Form):
    """Areas, projects, places, themes and how often. Four queries, and one for each kind of topic.

    `cleaned_data["choices"]` is a `Choices` with at least one topic.
    """

    gebieden = BoxesField(
        label=_("Over welke gebieden wilt u nieuws?"), most=MOST_AREAS, unknown=BAD_AREA
    )
    volgen = BoxesField(
        label=_("Projecten"),
        most=MOST_PAGES,
        unknown=_("Een project dat u koos is er niet meer. Kijk wat er nog aangekruist staat."),
    )
    plaatsen = BoxesField(
        label=_("Dorpen en wijken"),
        most=MOST_PLACES,
        unknown=_("Een dorp of wijk die u koos kennen we niet. Kies opnieuw."),
    )
    themas = BoxesField(
        label=_("Thema's"),
        most=MOST_THEMES,
        unknown=_("Een thema dat u koos kennen we niet. Kies opnieuw."),
    )
    hoe_vaak = forms.ChoiceField(
        label=_("Hoe vaak wilt u mail?"),
        choices=Subscription.Frequency.choices,
        initial=Subscription.Frequency.EACH,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Kies hoe vaak u mail wilt.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        areas = list(open_areas())
        self._areas = {area.slug: area for area in areas}
        self._topics = {str(topic.pk): topic for topic in topics(areas)}
        places = sorted(
            open_places(),
            key=lambda place: next(
                (n for n, area in enumerate(areas) if area.pk == place.area_id), len(areas)
            ),
        )
        self._places = {place.slug: place for place in places}
        self._titles = {area.pk: area.title for area in areas}
        self._themes = {theme.slug: theme for theme in Theme.objects.all()}
        self._offer("gebieden", {key: area.title for key, area in self._areas.items()})
        self._offer("volgen", {key: topic.title for key, topic in self._topics.items()})
        self._offer("plaatsen", {key: place.name for key, place in self._places.items()})
        self._offer("themas", {key: theme.name for key, theme in self._themes.items()})
        if self._ticked("volgen"):
            self.fields["gebieden"].label = _("Wilt u ook nieuws over hele gebieden?")

    def _offer(self, name: str, titles: dict[str, str]) -> None:
        self.fields[name].choices = list(titles.items())

    def _ticked(self, name: str) -> set[str]:
        """Values of a field that are ticked as the form stands, known ones only."""
        values = self[name].value() or []
        return {str(value) for value in values} if isinstance(values, list | tuple) else set()

    @property
    def chosen_topics(self) -> list:
        """Boxes of projects that are ticked; they stand at the top, where nobody misses them."""
        ticked = self._ticked("volgen")
        return [box for box in self["volgen"] if box.data["value"] in ticked]

    @property
    def topic_groups(self) -> list[Group]:
        """The other projects, by area."""
        ticked = self._ticked("volgen")
        return self._grouped("volgen", lambda key: self._topics[key].area, without=ticked)

    @property
    def place_groups(self) -> list[Group]:
        """Villages and districts, by area."""
        return self._grouped(
            "plaatsen", lambda key: self._titles.get(self._places[key].area_id, "")
        )

    def _grouped(self, name: str, title_of, without: set[str] = frozenset()) -> list[Group]:
        ticked = self._ticked(name)
        groups: dict[str, list] = {}
        for box in self[name]:
            if (key := box.data["value"]) not in without:
                groups.setdefault(title_of(key), []).append(box)
        return [
            Group(title, boxes, any(box.data["value"] in ticked for box in boxes))
            for title, boxes in groups.items()
        ]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to choose beside areas."""
        return bool(self._topics or self._places or self._themes)

    @property
    def is_more_open(self) -> bool:
        """Whether the part with more choices must be seen: something in it is ticked or wrong."""
        names = ("plaatsen", "themas")
        return any(self._ticked(name) or self[name].errors for name in names) or bool(
            self["volgen"].errors
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen = [cleaned.get(name, []) for name in BOXES]
        if not any(chosen) and not self.errors.keys() & set(BOXES):
            self.add_error("gebieden", CHOOSE)
            return cleaned
        areas, pages, places, themes = chosen
        cleaned["choices"] = Choices(
            areas=tuple(self._areas[key] for key in areas),
            places=tuple(self._places[key] for key in places),
            themes=tuple(self._themes[key] for key in themes),
            pages=tuple(self._page(self._topics[key]) for key in pages),
            frequency=cleaned.get("hoe_vaak") or Subscription.Frequency.EACH,
        )
        return cleaned

    def _page(self, topic: Topic) -> Page:
        """What a list of names and a relation need of a page, without reading it."""
        return Page(pk=topic.pk, title=topic.title)


def initial_of(choices: Choices) -> dict:
    """The initial values of a `ChoicesForm`."""
    return {
        "gebieden": [area.slug for area in choices.areas],
        "volgen": [str(page.pk) for page in choices.pages],
        "plaatsen": [place.slug for place in choices.places],
        "themas": [theme.slug for theme in choices.themes],
        "hoe_vaak": choices.frequency or Subscription.Frequency.EACH,
    }
