"""The form of a survey, of a poll, and the filter of the list of surveys."""

from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage
from cms.languages import dutch

from . import pictures
from .definition import Question, Questions
from .models import Answer, Poll
from .types.base import QuestionField

FIELD_PREFIX = "v-"
TRAP = "leeg-laten"


def field_name(question: Question) -> str:
    """Name of the field of a question."""
    return f"{FIELD_PREFIX}{question.id}"


@dataclass
class ShownItem:
    """A question with its bound field, or a text between the questions with its picture."""

    question: Question
    field: forms.BoundField | None = None
    picture: object | None = None


class SurveyForm(forms.Form):
    """The questions of one version of a survey; made by `form_class`.

    `leeg-laten` is a field that people do not see and programs fill in. `versie` is the number
    of the version that the visitor saw.
    """

    questions: Questions = ()
    use_required_attribute = False  # the browser's own messages are not in our words

    @cached_property
    def question_fields(self) -> list[forms.BoundField]:
        """The bound fields of the questions, in order."""
        return [
            self[name] for name, field in self.fields.items() if isinstance(field, QuestionField)
        ]

    @cached_property
    def items(self) -> list[ShownItem]:
        """What the page shows, in order; two queries for all pictures together, or none."""
        shown = pictures.renditions(self.questions)
        items = []
        for question in self.questions:
            if not question.type.asks:
                items.append(ShownItem(question, picture=shown.get((question.id, "image"))))
                continue
            bound = self[field_name(question)]
            bound.field.widget.pictures = {
                option.id: shown.get((question.id, option.id)) for option in question.options
            }
            items.append(ShownItem(question, bound))
        return items

    @property
    def trap_value(self) -> str:
        """What stands in the field that must stay empty."""
        return self.data.get(TRAP, "")

    def clean(self):
        cleaned = super().clean()
        if self.trap_value:
            self.trap_is_filled = True
            self.add_error(
                None,
                _("Maak het vak ‘Laat dit vak leeg’ onderaan leeg en verstuur uw antwoorden weer."),
            )
        elif not self.errors and not self.answers:
            self.add_error(None, _("U hebt nog niets ingevuld. Beantwoord ten minste één vraag."))
        return cleaned

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
    return type("VersionForm", (SurveyForm,), {**fields, "questions": questions})


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
