"""The way through a survey: its pages, and what shows after the answers given so far."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .conditions import Condition, Given
from .definition import Question, Questions

PAGE, SECTION = "page", "section"


@dataclass(frozen=True)
class FlowItem:
    """A question or text on a page, with the conditions that must all hold for it to show."""

    question: Question
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class FlowPage:
    """A page of a survey; the first one needs no page item of its own."""

    head: Question | None
    items: tuple[FlowItem, ...]

    @property
    def title(self) -> str:
        return self.head.label if self.head else ""

    @property
    def marked_title(self) -> str:
        """The title as HTML that says in which language it is."""
        return self.head.marked(self.head.label) if self.head else ""

    @property
    def condition(self) -> Condition | None:
        return self.head.condition if self.head else None


@dataclass(frozen=True)
class Flow:
    """The pages of one version of a survey."""

    pages: tuple[FlowPage, ...]
    #: Questions that some condition looks at.
    referenced: frozenset[str]

    @property
    def is_plain(self) -> bool:
        """One page on which everything always shows."""
        return len(self.pages) == 1 and not self.referenced

    def page_of(self, question_id: str) -> int:
        """Index of the page on which a question stands."""
        return next(
            number
            for number, page in enumerate(self.pages)
            if any(item.question.id == question_id for item in page.items)
        )

    def shown(self, answer: Callable[[Question], list[str]]) -> tuple[set[int], set[str], Given]:
        """Pages and items that show, and the answers that decided it.

        `answer` gives what was answered to a question, as conditions compare it. Answers to
        items that do not show count as not given.
        """
        pages, items, given = set(), set(), {}
        for number, page in enumerate(self.pages):
            if page.condition is not None and not page.condition.holds(given):
                continue
            pages.add(number)
            for item in page.items:
                if all(condition.holds(given) for condition in item.conditions):
                    items.add(item.question.id)
                    if item.question.id in self.referenced:
                        given[item.question.id] = answer(item.question)
        return pages, items, given

    def may_open_later(self, number: int) -> bool:
        """Whether an answer on page `number` can make a later page show."""
        here = {item.question.id for item in self.pages[number].items}
        return any(
            rule.question in here
            for page in self.pages[number + 1 :]
            if page.condition is not None
            for rule in page.condition.rules
        )


@lru_cache(maxsize=64)
def flow_of(questions: Questions) -> Flow:
    """Pages with their items, from the items of a survey in order."""
    pages: list[tuple[Question | None, list[FlowItem]]] = [(None, [])]
    section: Condition | None = None
    for question in questions:
        if question.kind == PAGE:
            section = None
            if pages == [(None, [])]:
                pages = []
            pages.append((question, []))
            continue
        if question.kind == SECTION:
            section = question.condition
            pages[-1][1].append(FlowItem(question, (section,) if section else ()))
            continue
        conditions = tuple(filter(None, (section, question.condition)))
        pages[-1][1].append(FlowItem(question, conditions))
    return Flow(
        pages=tuple(FlowPage(head, tuple(items)) for head, items in pages),
        referenced=frozenset(
            rule.question
            for question in questions
            if question.condition is not None
            for rule in question.condition.rules
        ),
    )
