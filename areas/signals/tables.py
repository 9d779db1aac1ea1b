"""Figures of signals as tables and bars: all of them for a manager, some for residents."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from areas.councils.models import Council
from areas.models import AreaPage

from .figures import Figures, hide_small, overview, years_with_figures
from .forms import YearForm


@dataclass(frozen=True)
class Table:
    """One table: `rows` are lists of texts, the first the name; `bars` go with bars.html."""

    key: str
    caption: str
    table_caption: str
    head: list[str]
    rows: list[list[str]]
    bars: list[dict]
    left_out: int = 0


@dataclass(frozen=True)
class Tables:
    """The figures of one year."""

    year: int
    total: Figures
    areas: Table
    councils: Table

    @property
    def median(self) -> str:
        return days(self.total)


def days(figures: Figures) -> str:
    """The median as people read it: whole where it is, else with one decimal."""
    median = figures.median
    if median is None:
        return "–"
    return number_format(median, decimal_pos=0 if median == int(median) else 1)


def public_tables(data: QueryDict, *, today: date) -> tuple[YearForm, Tables]:
    """The form and what residents may read of the year asked for; four queries."""
    return _tables(data, today=today, area_ids=None, public=True)


def own_tables(data: QueryDict, *, today: date, areas) -> tuple[YearForm, Tables]:
    """The form and all figures of some areas, for those who manage them."""
    return _tables(data, today=today, area_ids=[area.pk for area in areas], public=False)


def _tables(data, *, today: date, area_ids, public: bool) -> tuple[YearForm, Tables]:
    years = years_with_figures(today)
    form = YearForm(data, years=years)
    year = (form.is_valid() and form.cleaned_data["jaar"]) or years[0]
    found = overview(year=year, today=today, area_ids=area_ids)
    councils = {
        pk: (name, area) for pk, name, area in Council.objects.values_list("pk", "name", "area_id")
    }
    total_rows = len(found.by_area), len(found.by_council)
    if public:
        found = hide_small(found, home_areas={pk: area for pk, (_n, area) in councils.items()})
    areas = AreaPage.objects.live() if public else AreaPage.objects.filter(pk__in=area_ids)
    area_rows = [
        (title, found.by_area[pk])
        for pk, title in areas.order_by("path").values_list("pk", "title")
        if pk in found.by_area
    ]
    council_rows = sorted(
        (councils[pk][0], figures) for pk, figures in found.by_council.items() if pk is not None
    )
    if None in found.by_council:
        council_rows.append((_("Bewoners"), found.by_council[None]))
    return form, Tables(
        year=year,
        total=found.total,
        areas=_table("gebieden", _("Per gebied"), _("Gebied"), area_rows, total_rows[0]),
        councils=_table("raden", _("Per raad"), _("Raad"), council_rows, total_rows[1]),
    )


def _table(key: str, caption: str, first: str, rows: list, all_rows: int) -> Table:
    head = [
        first,
        _("Ontvangen"),
        _("Op tijd beantwoord"),
        _("Deel op tijd"),
        _("Werkdagen (middelste)"),
        _("Nog open"),
        _("Open en te laat"),
    ]
    return Table(
        key=key,
        caption=caption,
        # Not the same words as the heading: screen readers list both.
        table_caption=_("Tabel: %(caption)s") % {"caption": caption.lower()},
        head=head,
        rows=[[name, *_cells(figures)] for name, figures in rows],
        bars=[
            {"label": name, "percent": figures.percent, "count": _count(figures)}
            for name, figures in rows
            if figures.percent is not None
        ],
        left_out=all_rows - len(rows),
    )


def _cells(figures: Figures) -> list[str]:
    return [
        str(figures.received),
        str(figures.in_term),
        "–" if figures.percent is None else f"{figures.percent}%",
        days(figures),
        str(figures.open),
        str(figures.late),
    ]


def _count(figures: Figures) -> str:
    return _("%(number)s van %(total)s") % {
        "number": figures.in_term,
        "total": figures.answered + figures.late,
    }
