"""Results that go out: to residents, or in a report. Small numbers are not in them.

A question is shown as a whole or not at all where its number of answers would tell what is hidden
at another question. See docs/decisions/0020-results.md for what a reader cannot work out, and
what remains.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ..answers.grid import Grid
from ..definition import NONE_OF_THESE, Question
from ..flow import flow_of
from ..models import SurveyPage
from ..types.base import CHOICES, CLASSES, PARTS, PLACES, ROWS, Bars, QuestionResult
from ..wordings import FrozenVersion
from .classes import public_classes
from .counting import by_day, grouped
from .filters import EVERYTHING, Group, ResultsFilter
from .overview import SurveyResults, survey_results
from .suppression import hidden_choices, hidden_parts, is_small

TOO_FEW = gettext_lazy("Te weinig mensen gaven antwoord. Daarom staat hier geen uitslag.")
NOBODY = gettext_lazy("Niemand beantwoordde deze vraag.")
TOO_ALIKE = gettext_lazy(
    "De antwoorden zijn zo verdeeld dat een klein aantal uit te rekenen zou zijn. Daarom staat "
    "hier geen uitslag."
)
DEPENDS = gettext_lazy(
    "Alleen wie iets bepaalds antwoordde, kreeg deze vraag. Hoeveel mensen dat zijn, is verborgen. "
    "Daarom staat hier geen uitslag."
)
OPEN = gettext_lazy(
    "Wat mensen in eigen woorden schreven of op de kaart aanwezen, staat hier niet."
)
NOT_SHOWN = ("email", "consent")


@dataclass
class PublicQuestion:
    """One question as it may be read by everybody.

    `answered` is None where it is hidden, with `reason`. Rows of `bars` that are hidden have
    None as count and percent. `hides`: whether a number of the question is hidden. `grid`: places
    on the map in hexagons, where those may be seen (`public_maps`).
    """

    question: Question
    answered: int | None = None
    bars: list[Bars] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    hides: bool = False
    grid: Grid | None = None


@dataclass
class Publication:
    """What may be read of a survey. `total` is None, and nothing else given, where it is small.

    `until`: the last day that is in it while the survey runs; None for all there is.
    """

    threshold: int
    total: int | None = None
    until: date | None = None
    questions: list[PublicQuestion] = field(default_factory=list)
    results: SurveyResults | None = None

    @property
    def hides(self) -> bool:
        """Whether something is left out."""
        return any(question.hides or question.reason for question in self.questions)


def publish(
    survey: SurveyPage,
    *,
    running: bool = False,
    closed_on: date | None = None,
    awaited: bool = False,
) -> Publication:
    """The results of a survey as they may go out, in ten queries at most.

    `running`: for a page that is read again and again while answers come in; see `shown_until`.
    `closed_on`: the last day on which people could answer on the site, for such a page of a closed
    survey. What is entered from paper after it comes all at once when no more is `awaited`, and
    not at all where that would be too few: the page of before tells the rest.
    """
    threshold = settings.SURVEY_SMALL_NUMBERS
    wanted, until = EVERYTHING, None
    groups = grouped(survey)
    if running:
        until = shown_until(groups, timezone.localdate(), threshold)
        if until is None:
            return Publication(threshold)
        wanted = ResultsFilter(until=until)
    elif closed_on is not None:
        late = sum(count for group, count in groups.items() if group.day > closed_on)
        if late and (awaited or late < threshold):
            until = closed_on
            wanted = ResultsFilter(until=until)
    results = survey_results(survey, wanted, groups=groups, with_words=False)
    if results.total < max(threshold, 1):
        return Publication(threshold)
    return Publication(
        threshold,
        results.total,
        until,
        public_questions(results, threshold),
        results,
    )


def is_running(survey: SurveyPage, moment: datetime | None = None) -> bool:
    """Whether answers may still come in."""
    return (moment or timezone.now()) < survey.grace_ends


def shown_until(groups: dict[Group, int], today: date, threshold: int) -> date | None:
    """The last day of which answers are shown while a survey runs; None where that is too few.

    Two readings of the page must not differ by a few answers, or they would tell what those few
    said. So answers come in whole days and in portions of at least the threshold, and one such
    portion is held back: what follows after the closing is then not too few either.
    """
    per_day = {day: sum(of_day.values()) for day, of_day in by_day(groups).items()}
    left, portion, until = sum(per_day.values()), 0, None
    for day in sorted(day for day in per_day if day < today):
        portion += per_day[day]
        left -= per_day[day]
        if portion >= threshold and left >= threshold:
            until, portion = day, 0
    return until


def public_questions(results: SurveyResults, threshold: int) -> list[PublicQuestion]:
    """Every question with what may be read of it."""
    versions = [version for version, _count in results.versions]
    needs = dependencies(versions)
    found = [
        _public(result, results, threshold)
        for result in results.questions
        if result.question.kind not in NOT_SHOWN
    ]
    # Who may see how many answered a question knows how many gave the answer that it follows on.
    tainted = {one.question.id for one in found if one.hides or one.reason}
    changed = True
    while changed:
        changed = False
        for one in found:
            if not one.reason and needs.get(one.question.id, set()) & tainted:
                _close(one, DEPENDS)
                tainted.add(one.question.id)
                changed = True
    return found


def dependencies(versions: list[FrozenVersion]) -> dict[str, set[str]]:
    """For each question the questions whose answers decide whether it is asked, in any version."""
    found: dict[str, set[str]] = {}
    for version in versions:
        for page in flow_of(version.questions).pages:
            for item in page.items:
                conditions = [*item.conditions, *filter(None, [page.condition])]
                found.setdefault(item.question.id, set()).update(
                    rule.question for condition in conditions for rule in condition.rules
                )
    return found


def _close(one: PublicQuestion, reason) -> None:
    one.answered, one.bars, one.figures, one.notes = None, [], [], []
    one.reason, one.hides = str(reason), True


def _public(result: QuestionResult, results: SurveyResults, threshold: int) -> PublicQuestion:
    question = result.question
    one = PublicQuestion(question, result.answered, notes=list(result.notes))
    if not result.answered:
        one.reason = str(NOBODY)
        return one
    if is_small(result.answered, threshold):
        _close(one, TOO_FEW)
        return one
    kind = question.type.counted_as
    if kind == CLASSES:
        one.figures, one.bars, one.hides = public_classes(question, results.tally, threshold)
    elif kind in (PARTS, ROWS, PLACES):
        for bars in result.bars:
            one.bars.append(_parts(bars, threshold))
    elif kind == CHOICES:
        for bars in result.bars:
            one.bars.append(_choices(bars, question, result.answered, threshold))
    else:
        one.notes = [str(OPEN)]
        return one
    if any(not bars.rows or any(row["hidden"] for row in bars.rows) for bars in one.bars):
        one.hides = True
        # A mean, or an order by the mean, tells what is hidden.
        if kind == PLACES and one.bars[0].rows:
            _forget_places(one.bars[0], question)
    elif kind != CLASSES:
        one.figures = list(result.figures)
    return one


def _parts(bars: Bars, threshold: int) -> Bars:
    counts = [row["count"] for row in bars.rows]
    hidden = hidden_parts(counts, threshold)
    if is_small(sum(counts), threshold):
        return Bars([], bars.label, str(TOO_FEW))
    return _without(bars, hidden)


def _choices(bars: Bars, question: Question, answered: int, threshold: int) -> Bars:
    labels = question.option_labels
    fewest = 1 if NONE_OF_THESE in labels else question.extra.get("min_choices") or 1
    most = question.max_choices or len(bars.rows)
    counts = [row["count"] for row in bars.rows]
    return _without(
        bars, hidden_choices(counts, answered, threshold, fewest=fewest, most=max(most, fewest))
    )


def _without(bars: Bars, hidden: set[int] | None) -> Bars:
    if hidden is None:
        return Bars([], bars.label, str(TOO_ALIKE))
    rows = [
        row | ({"count": None, "percent": None} if place in hidden else {})
        | {"hidden": place in hidden}
        for place, row in enumerate(bars.rows)
    ]  # fmt: skip
    return Bars(rows, bars.label, bars.note)


def _forget_places(bars: Bars, question: Question) -> None:
    """Rows in the order of the form, without the mean in their label."""
    order = [option.id for option in question.options]
    bars.rows.sort(key=lambda row: order.index(row["option"].id))
    for row in bars.rows:
        row["label"] = row["option"].label
