"""Numbers, days and places that people typed, in classes that are large enough to publish."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..definition import Question
from ..types.base import Bars, Tally, bar_rows, in_tenths
from ..types.summary import localized, mean, median, quantile

CLASSES = 8
MOST_PLACES = 20
#: Of the numbers one in ten may be far off; the classes follow from the others.
TENTH = Fraction(1, 10)

#: Figures in words, bars, and whether small classes were put together.
Found = tuple[list[str], list[Bars], bool]


def public_classes(question: Question, tally: Tally, threshold: int) -> Found:
    """What may be read of a question with typed answers; every class is at least `threshold`."""
    if question.kind == "number":
        counts = {key[1]: n for key, n in tally.counts.get(question.id, {}).items()}
        return _numbers(counts, threshold) if counts else ([], [], False)
    texts = tally.texts.get(question.id, {})
    if not texts:
        return [], [], False
    return (_days if question.kind == "date" else _places)(texts, threshold)


def joined(counts: Iterable[tuple], threshold: int) -> list[tuple]:
    """(first, last, count) of neighbours put together until each class is large enough.

    `counts` are (value, count) in order and together at least the threshold.
    """
    classes: list[list] = []
    for value, count in counts:
        if classes and classes[-1][2] < threshold:
            classes[-1] = [classes[-1][0], value, classes[-1][2] + count]
        else:
            classes.append([value, value, count])
    if len(classes) > 1 and classes[-1][2] < threshold:
        _first, last, count = classes.pop()
        classes[-1][1:] = [last, classes[-1][2] + count]
    return [tuple(one) for one in classes]


def _numbers(counts: dict[Decimal, int], threshold: int) -> Found:
    """The lowest and highest number are somebody's own and stay out: the outer classes are open."""
    width = _nice_width(counts)
    steps = Counter()
    for number, count in counts.items():
        steps[int(number // width)] += count
    classes = joined(sorted(steps.items()), threshold)
    whole = width == 1 and all(number == int(number) for number in counts)
    offered = []
    for place, (first, last, count) in enumerate(classes):
        low, high = localized(first * width), localized((last + 1) * width)
        if whole and first == last and 0 < place < len(classes) - 1:
            label = low
        elif place == 0:
            label = _("minder dan %(to)s") % {"to": high}
        elif place == len(classes) - 1:
            label = _("%(from)s of meer") % {"from": low}
        else:
            label = _("%(from)s tot %(to)s") % {"from": low, "to": high}
        offered.append((label, count, False))
    figures = [
        _("Gemiddeld %(mean)s, mediaan %(median)s.")
        % {"mean": in_tenths(mean(counts)), "median": localized(median(counts))}
    ]
    return figures, _bars(offered), len(classes) < len(steps)


def _nice_width(counts: dict[Decimal, int]) -> Decimal:
    """A round width (1, 2 or 5 with zeros) that gives most numbers about eight classes."""
    low, high = quantile(counts, TENTH), quantile(counts, 1 - TENTH)
    rough = max((high - low) / CLASSES, Decimal(1))
    size = Decimal(10) ** (len(str(int(rough))) - 1)
    return next(step * size for step in (1, 2, 5, 10) if step * size >= rough)


def _days(counts: dict[str, int], threshold: int) -> Found:
    months = Counter()
    for iso, count in counts.items():
        months[iso[:7]] += count
    classes = joined(sorted(months.items()), threshold)
    offered = []
    for first, last, count in classes:
        words = [date_format(date.fromisoformat(f"{month}-01"), "F Y") for month in (first, last)]
        label = _("%(from)s tot en met %(to)s") % {"from": words[0], "to": words[1]}
        offered.append((words[0] if first == last else label, count, False))
    return [], _bars(offered), len(classes) < len(months)


def _places(counts: dict[str, int], threshold: int) -> Found:
    """The most named ones; the others together, of which there are never a few."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [item for item in ordered[:MOST_PLACES] if item[1] >= threshold]
    rest = sum(counts.values()) - sum(count for _text, count in shown)
    while shown and 0 < rest < threshold:
        rest += shown.pop()[1]
    offered = [(text, count, False) for text, count in shown]
    if rest:
        offered.append((_("Alle andere"), rest, False))
    return [], _bars(offered), len(shown) < len(counts)


def _bars(offered: list[tuple]) -> list[Bars]:
    if len(offered) < 2:
        return []
    answered = sum(count for _label, count, _archived in offered)
    return [Bars([row | {"hidden": False} for row in bar_rows(offered, answered)])]
