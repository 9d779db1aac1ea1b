"""What an editor can copy from: the library, and the surveys that the editor may edit."""

from dataclasses import dataclass, field
from functools import cached_property

from wagtail.permissions import page_permission_policy

from ..definition import Question, asked_in, questions_of
from ..languages.showing import Stored
from ..models import SurveyPage
from . import all_entries, get
from .entries import Entry

OWN = "eigen-"
OWN_SHOWN = 30


@dataclass(frozen=True)
class Source:
    """Items to copy from, with the texts of a survey that starts from them.

    `languages` are codes of those in which it is offered besides Dutch, with `translations`.
    """

    key: str
    title: str
    summary: str
    items: tuple[dict, ...]
    intro: str = ""
    use_of_answers: str = ""
    is_survey: bool = True
    languages: tuple[str, ...] = ()
    translations: Stored = field(default_factory=dict, hash=False)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The items as plain data, to show them."""
        return questions_of(SurveyPage.questions.field.to_python(list(self.items)))

    @property
    def question_count(self) -> int:
        return len(asked_in(self.questions))

    @property
    def needs_pictures(self) -> bool:
        """Whether the editor must still choose photos."""
        return any(
            question.kind == "image_choice" and any(not option.image for option in question.options)
            for question in self.questions
        )

    def chosen(self, keys: set[str]) -> list[dict]:
        """The items with these ids, in order."""
        return [item for item in self.items if item["id"] in keys]


def _of_entry(entry: Entry) -> Source:
    return Source(
        key=entry.key,
        title=entry.title,
        summary=entry.summary,
        items=entry.items,
        intro=entry.intro,
        use_of_answers=entry.use_of_answers,
        is_survey=entry.is_survey,
    )


def library_sources() -> list[Source]:
    """Everything in the library."""
    return [_of_entry(entry) for entry in all_entries()]


def own_surveys(user):
    """Surveys that the user may edit, the latest first, without their questions."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, ["change"])
    return (
        SurveyPage.objects.filter(pk__in=pages.values("pk"))
        .only("pk", "title", "draft_title", "path", "depth")
        .order_by("-latest_revision_created_at", "-pk")
    )


def source_for(user, key: str) -> Source | None:
    """The source with that key, if the user may copy from it: of a survey its latest draft."""
    if not key.startswith(OWN):
        try:
            return _of_entry(get(key))
        except KeyError:
            return None
    number = key.removeprefix(OWN)
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    survey = SurveyPage.objects.filter(pk=number).first()
    if survey is None or not survey.permissions_for_user(user).can_edit():
        return None
    draft = survey.get_latest_revision_as_object()
    return Source(
        key=key,
        title=draft.title,
        summary=draft.summary,
        items=tuple(draft.questions.get_prep_value()),
        intro=draft.intro,
        use_of_answers=draft.use_of_answers,
        languages=tuple(draft.languages),
        translations=draft.translations or {},
    )
