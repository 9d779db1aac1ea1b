"""The form of a survey, of a poll, and the filter of the list of surveys."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django import forms
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage
from areas.villages import villages
from cms.languages import dutch

from . import from_link, pictures
from .conditions import given_by
from .definition import Question, Questions
from .flow import Flow, FlowItem, FlowPage, flow_of
from .models import Answer, AnswerFile, Poll
from .ordering import is_shuffled, new_seed, order, seed_in
from .types.base import QuestionField
from .types.files import FilesField
from .video.shown import Video, videos

FIELD_PREFIX = "v-"
TRAP = "leeg-laten"
TRAP_TOLD = "leeg-gemeld"


def field_name(question: Question) -> str:
    """Name of the field of a question."""
    return f"{FIELD_PREFIX}{question.id}"


@dataclass
class ShownItem:
    """A question with its bound field, or a text between the questions with its picture.

    `hidden` where a condition does not hold; the browser shows it as soon as it does.
    """

    question: Question
    field: forms.BoundField | None = None
    picture: object | None = None
    video: Video | None = None
    hidden: bool = False
    conditions: str = ""


class SurveyForm(forms.Form):
    """The questions of one version of a survey; made by `form_class`.

    A form shows one page (`page`, from 0) and checks the pages up to `upto`, or all of them. What
    is behind a condition that does not hold takes no part: it is not checked and not stored.

    `leeg-laten` is a field that people do not see and programs fill in. `versie` is the number
    of the version that the visitor saw, `gezien` what they could see of the page.
    """

    questions: Questions = ()
    flow: Flow
    use_required_attribute = False  # the browser's own messages are not in our words

    def __init__(
        self,
        *args,
        page: int = 0,
        upto: int | None = None,
        link: QueryDict | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.page = page
        self.link_data = from_link.link_data(self.questions, self.fields, link)
        for name in self.link_data:
            widget = self.fields[name].widget
            self.initial[name] = widget.value_from_datadict(self.link_data, {}, name)
        self.is_whole = upto is None
        self._aside: dict[str, QuestionField] = {}
        if self.flow.is_plain:
            self.shown_pages, self.shown = {0}, set()
            if self.is_bound and upto is not None:
                self._aside, self.fields = self.fields, {}
            return
        self.shown_pages, self.shown, self._given = self.flow.shown(self._answer_to)
        if self.is_bound:
            for number, flow_page in enumerate(self.flow.pages):
                for item in flow_page.items:
                    late = upto is not None and number > upto
                    if late or item.question.id not in self.shown or self._is_unseen(number, item):
                        name = field_name(item.question)
                        if name in self.fields:
                            self._aside[name] = self.fields.pop(name)

    def _is_unseen(self, number: int, item: FlowItem) -> bool:
        """Whether an item shows now but did not when this page was sent."""
        if not item.conditions or number != self.page or "gezien" not in self.data:
            return False
        if len(self.flow.pages) > 1 and self.data.get("pagina") != str(number + 1):
            return False  # what was seen is that of another page
        shows = item.question.id in self.shown
        return shows and item.question.id not in self.data["gezien"].split()

    def _answer_to(self, question: Question) -> list[str]:
        """What was answered, as conditions compare it; a wrong answer is none."""
        name = field_name(question)
        field = self.fields.get(name)
        sent = self.data if self.is_bound else self.link_data
        if field is None or not sent:
            return []
        try:
            cleaned = field.clean(field.widget.value_from_datadict(sent, self.files, name))
        except forms.ValidationError:
            return []
        return given_by(field.values(cleaned))

    # What the page shows

    @property
    def current(self) -> FlowPage:
        """The page that this form shows."""
        return self.flow.pages[self.page]

    @cached_property
    def question_fields(self) -> list[forms.BoundField]:
        """The bound fields of all questions, in order."""
        return [self._bound(question) for question in self.questions if question.type.asks]

    def _bound(self, question: Question) -> forms.BoundField:
        name = field_name(question)
        if name in self.fields:
            return self[name]
        return self._aside[name].get_bound_field(self, name)

    @cached_property
    def items(self) -> list[ShownItem]:
        """What the page shows, in order; one query for all pictures together, or none."""
        return self._items([self.current])

    @cached_property
    def all_items(self) -> list[ShownItem]:
        """What all pages show with their headings, for a preview."""
        items = iter(self._items(self.flow.pages))
        found = []
        for flow_page in self.flow.pages:
            if flow_page.head is not None:
                found.append(ShownItem(flow_page.head))
            found += islice(items, len(flow_page.items))
        return found

    def _items(self, flow_pages: Sequence[FlowPage]) -> list[ShownItem]:
        flow_items = [item for flow_page in flow_pages for item in flow_page.items]
        shown = pictures.renditions(item.question for item in flow_items)
        films = videos(item.question for item in flow_items)
        places = SimpleLazyObject(villages)
        found = []
        for item in flow_items:
            question = item.question
            made = ShownItem(
                question, picture=shown.get((question.id, "image")), video=films.get(question.id)
            )
            if item.conditions:
                made.hidden = question.id not in self.shown
                made.conditions = json.dumps([one.to_json() for one in item.conditions])
            if question.type.asks:
                made.field = self._bound(question)
                if question.type.has_map:
                    made.field.field.widget.places = places
                if is_shuffled(question):
                    order(made.field.field, question, self.seed)
                made.field.field.widget.pictures = {
                    option.id: shown.get((question.id, option.id)) for option in question.options
                }
            found.append(made)
        return found

    @property
    def seen(self) -> str:
        """Ids of the items with a condition that the page shows, for `gezien`."""
        return " ".join(
            item.question.id for item in self.items if item.conditions and not item.hidden
        )

    @cached_property
    def seed(self) -> str:
        """What the order of answers in this form follows from."""
        return (self.is_bound and seed_in(self.data)) or new_seed()

    @property
    def is_shuffled(self) -> bool:
        """Whether answers stand in a random order, on this page or another."""
        return any(is_shuffled(question) for question in self.questions)

    @property
    def takes_files(self) -> bool:
        """Whether the form asks for files, on this page or another."""
        return any(question.kind == "file" for question in self.questions)

    @property
    def has_conditions(self) -> bool:
        """Whether something on the page shows only after certain answers."""
        return any(item.conditions for item in self.items)

    @property
    def given_before(self) -> dict[str, list[str]]:
        """Answers of other pages that conditions on this page look at."""
        here = {item.question.id for item in self.current.items}
        return {key: value for key, value in self._given.items() if key not in here}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Name and value of all that was answered on other pages, to send along again."""
        sent = self.data if self.is_bound else self.link_data
        if not sent or len(self.flow.pages) == 1:
            return []
        here = {field_name(item.question) for item in self.current.items}
        others = [
            field_name(question)
            for question in self.questions
            if question.type.asks and field_name(question) not in here
        ]
        prefixes = tuple(f"{name}-" for name in others)
        names = set(others)
        return [
            (name, value)
            for name, values in sent.lists()
            if name in names or name.startswith(prefixes)
            for value in values
        ]

    # The way through the pages

    @property
    def page_number(self) -> int:
        """Which of the pages that show this is, from 1."""
        return sum(number <= self.page for number in self.shown_pages)

    @property
    def page_count(self) -> int:
        """How many pages show after the answers so far."""
        return len(self.shown_pages)

    @property
    def next_page(self) -> int | None:
        """The page after this one that shows."""
        return min((number for number in self.shown_pages if number > self.page), default=None)

    @property
    def previous_page(self) -> int | None:
        """The page before this one that shows."""
        return max((number for number in self.shown_pages if number < self.page), default=None)

    @property
    def has_more(self) -> bool:
        """Whether another page comes, or may come after an answer on this one."""
        return self.next_page is not None or (
            not self.is_last_confirmed and self.flow.may_open_later(self.page)
        )

    is_last_confirmed = False

    @property
    def first_page_with_errors(self) -> int | None:
        """The first page on which an answer is wrong; None where it is none of the answers."""
        for number, flow_page in enumerate(self.flow.pages):
            if any(field_name(item.question) in self.errors for item in flow_page.items):
                return number
        return None

    @property
    def has_unseen(self) -> bool:
        """Whether an answer brought items that were not on the page when it was sent."""
        return any(self._is_unseen(self.page, item) for item in self.current.items)

    # What was sent

    #: Whether the editor's own messages stand in the place of ours.
    speaks_for_editor = True

    def add_error(self, field, error):
        asked = self.fields.get(field) if field is not None else None
        if self.speaks_for_editor and isinstance(asked, QuestionField):
            if not isinstance(error, forms.ValidationError):
                error = forms.ValidationError(error)
            error = asked.in_own_words(error)
        super().add_error(field, error)

    @property
    def trap_value(self) -> str:
        """What stands in the field that must stay empty."""
        return self.data.get(TRAP, "")

    @property
    def was_told(self) -> bool:
        """Whether the visitor was asked before to empty that field: a second time it may pass."""
        return self.data.get(TRAP_TOLD) == "1"

    def clean(self):
        cleaned = super().clean()
        if self.trap_value and not self.was_told:
            self.trap_is_filled = True
            self.add_error(
                None,
                _("Maak het vak ‘Laat dit vak leeg’ onderaan leeg en verstuur uw antwoorden weer."),
            )
        elif self.is_whole and not self.errors and not self._has_own_answer:
            self.add_error(None, _("U hebt nog niets ingevuld. Beantwoord ten minste één vraag."))
        return cleaned

    @property
    def _has_own_answer(self) -> bool:
        """Whether the visitor answered something, besides what a link passed on."""
        unseen = {question.id for question in self.questions if not question.type.is_visible}
        return any(answer.question_id not in unseen for answer in self.answers)

    @cached_property
    def answers(self) -> list[Answer]:
        """Unsaved answers, without their response, of a form whose fields are valid."""
        return [
            Answer(**{"question_id": field.question.id, **columns})
            for name, field in self.fields.items()
            if isinstance(field, QuestionField)
            for columns in field.values(self.cleaned_data[name])
        ]

    @property
    def answer_files(self) -> list[AnswerFile]:
        """The files that go with the answers, of a valid form."""
        return [
            file
            for name, field in self.fields.items()
            if isinstance(field, FilesField)
            for file in self.cleaned_data[name]
        ]

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """Question id and e-mail address of each that was left, of a valid form."""
        found = [
            (field.question.id, field.contact(self.cleaned_data[name]))
            for name, field in self.fields.items()
            if isinstance(field, QuestionField)
        ]
        return [(question_id, email) for question_id, email in found if email]

    def as_given(self) -> list[tuple[str, str]]:
        """Question and answer in words for whatever was typed, valid or not."""
        given = [(field.label, field.field.as_given(field.data)) for field in self.question_fields]
        return [(label, words) for label, words in given if words]


def form_class(questions: Questions) -> type[SurveyForm]:
    """A form with a field for each question, in the language of the request."""
    return _form_class(questions, get_language())


@lru_cache(maxsize=64)
def _form_class(questions: Questions, language: str) -> type[SurveyForm]:
    """Kept in memory, so that a busy survey builds its form once in each language."""
    fields = {
        field_name(question): question.type.field(question)
        for question in questions
        if question.type.asks
    }
    return type(
        "VersionForm", (SurveyForm,), {**fields, "questions": questions, "flow": flow_of(questions)}
    )


class SurveyFilterForm(forms.Form):
    """`gebied` and `pagina` of the list of surveys."""

    gebied = forms.ModelChoiceField(
        label=_("Gebied"),
        queryset=AreaPage.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle gebieden"),
        error_messages={
            "invalid_choice": _("Dit gebied kennen we niet. Kies een gebied uit de lijst.")
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gebied"].queryset = AreaPage.objects.live().without_geometry().in_order()


class PollForm(forms.Form):
    """One choice of a poll; `terug` is the path of the page it stands on."""

    keuze = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een antwoord."),
            "invalid_choice": _("Dit antwoord hoort niet bij deze vraag. Kies uit de lijst."),
        },
    )
    terug = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args, poll: Poll, **kwargs):
        kwargs.setdefault("auto_id", f"peiling-{poll.pk}-%s")
        super().__init__(*args, **kwargs)
        self.poll = poll
        self.fields["keuze"].label = poll.question
        self.fields["keuze"].help_text = dutch(poll.explanation)
        self.fields["keuze"].choices = [(row["id"], row["label"]) for row in poll.results]
