"""What came in along each link of a survey: a table for staff, and one that may go out."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from ..models import Collector, Response, SurveyPage
from ..results.filters import NO_COLLECTOR, Group
from ..results.suppression import hidden_parts
from ..types.base import Bars
from .begun import begun_along

#: Ways to fill in that begin on a screen.
ON_SCREEN = (Response.Source.SITE, Response.Source.KIOSK)


@dataclass(frozen=True)
class LinkRow:
    """One link, or the page itself where `collector` is None.

    `responses`: those that count, `percent` of all that count, `marked` of them those with a
    mark, `last_day` the day of the newest. `asked`: how many codes were made or people invited,
    `left` how many of the codes can still be used; None where the link has neither. `begun`: how
    many gave a first answer on a screen since `begun_since`, `finished` what percentage of them
    sent; None where that was never counted.
    """

    collector: Collector | None
    name: str
    opens: datetime
    closes: datetime
    responses: int
    percent: int
    marked: int
    last_day: date | None
    asked: int | None = None
    left: int | None = None
    begun: int | None = None
    begun_since: date | None = None
    finished: int | None = None

    @property
    def key(self) -> int:
        """What the filter of the results calls it."""
        return self.collector.pk if self.collector else NO_COLLECTOR


def link_rows(survey: SurveyPage, groups: dict[Group, int]) -> list[LinkRow]:
    """Every link with what came in, and the page itself; none without links. Three queries.

    `groups` of `results.counting.grouped`. Who only looked is counted nowhere.
    """
    collectors = list(Collector.objects.filter(survey=survey).with_counts())
    if not collectors:
        return []
    marked = dict(
        Response.objects.of(survey)
        .counted()
        .marked()
        .order_by()
        .values_list("collector_id")
        .annotate(n=Count("pk"))
    )
    counts, days = _by_collector(groups)
    total = sum(counts.values())
    rows = [_row(survey, one, counts, days, marked, total) for one in collectors]
    if counts[None] or not survey.only_by_links:
        rows.append(_row(survey, None, counts, days, marked, total))
    begun = begun_along(survey)
    return [_with_begun(row, begun.get(row.key), groups) for row in rows]


def public_links(survey: SurveyPage, groups: dict[Group, int], threshold: int) -> Bars | None:
    """How many came along each link, as it may go out; None where there are no links. One query.

    Names of links say for whom they are, so a small group hides among others as answers do: no
    days, codes or marks here.
    """
    names = dict(Collector.objects.filter(survey=survey).values_list("pk", "name"))
    if not names:
        return None
    counts, _days = _by_collector(groups)
    rows = [{"label": name, "count": counts[pk]} for pk, name in names.items()]
    if counts[None] or not survey.only_by_links:
        rows.append({"label": _page_itself(), "count": counts[None]})
    hidden = hidden_parts([row["count"] for row in rows], threshold)
    if hidden is None:
        return None
    total = sum(counts.values())
    for place, row in enumerate(rows):
        row["hidden"], row["archived"] = place in hidden, False
        row["percent"] = None if row["hidden"] else _percent(row["count"], total)
        row["count"] = None if row["hidden"] else row["count"]
    return Bars(rows)


def _row(survey, collector, counts, days, marked, total) -> LinkRow:
    key = collector.pk if collector else None
    asked = left = None
    if collector is not None and collector.access == Collector.Access.CODE:
        asked, left = collector.codes_made, collector.codes_left
    elif collector is not None and collector.access == Collector.Access.INVITATION:
        asked = collector.invited
    opens = [survey.opens_at, collector.opens_at if collector else None]
    closes = [survey.closes_at, collector.closes_at if collector else None]
    return LinkRow(
        collector=collector,
        name=collector.name if collector else _page_itself(),
        opens=max(filter(None, opens)),
        closes=min(filter(None, closes)),
        responses=counts[key],
        percent=_percent(counts[key], total),
        marked=marked.get(key, 0),
        last_day=days.get(key),
        asked=asked,
        left=left,
    )


def _with_begun(row: LinkRow, begun: tuple[int, date] | None, groups: dict[Group, int]) -> LinkRow:
    """A row with how many began, and how many of them sent; what came on paper began nowhere."""
    if begun is None:
        return row
    number, since = begun
    sent = sum(
        count
        for group, count in groups.items()
        if (group.collector or NO_COLLECTOR) == row.key
        and group.source in ON_SCREEN
        and group.day >= since
    )
    # An answer that is marked out, withdrawn or sent twice makes these differ by a little.
    return replace(row, begun=number, begun_since=since, finished=min(100, _percent(sent, number)))


def _by_collector(groups: dict[Group, int]) -> tuple[Counter, dict]:
    """Responses and the newest day by the key of a collector, None for the page itself."""
    counts: Counter[int | None] = Counter()
    days: dict[int | None, date] = {}
    for group, count in groups.items():
        counts[group.collector] += count
        days[group.collector] = max(group.day, days.get(group.collector, group.day))
    return counts, days


def _page_itself() -> str:
    return _("De pagina zelf, zonder link")


def _percent(count: int, total: int) -> int:
    return round(100 * count / total) if total else 0
