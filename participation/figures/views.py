"""The page of figures at a fixed address, and its numbers as a file."""

import csv

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import FiguresPage

# A spreadsheet takes a text that starts with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def figures_context(*, page: FiguresPage) -> dict:
    """Indicators that have values, and the table of all of them by year."""
    indicators = [indicator for indicator in page.indicators.all() if indicator.points]
    years = sorted({year for indicator in indicators for year, _value in indicator.points})
    rows = []
    for indicator in indicators:
        values = dict(indicator.points)
        cells = [indicator.text(values[year]) if year in values else "–" for year in years]
        rows.append([indicator.name, *cells])
    return {
        "indicators": indicators,
        "table_head": [_("Wat"), *(str(year) for year in years)],
        "table_rows": rows,
        "value_head": [_("Jaar"), _("Waarde")],
    }


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`GET /cijfers/`: the page with figures, wherever an editor put it below home."""
    page = FiguresPage.objects.live().public().first()
    if page is None:
        return render(request, "figures/no_figures.html")
    url = page.get_url(request)
    if url == request.path:
        return page.serve(request)
    return HttpResponseRedirect(url)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """`GET /cijfers/cijfers.csv`: a row an indicator and year, as Dutch spreadsheets read it.

    UTF-8 with a byte order mark, semicolons, decimal commas.
    """
    page = FiguresPage.objects.live().public().first()
    if page is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cijfers.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        [_("Cijfer"), _("Eenheid"), _("Jaar"), _("Waarde"), _("Toelichting"), _("Bron")]
    )
    for indicator in page.indicators.all():
        for year, value in indicator.points:
            number = number_format(
                value, decimal_pos=indicator.decimals, force_grouping=False, use_l10n=True
            )
            cells = [indicator.name, indicator.get_unit_display()]
            rest = [indicator.note, indicator.source]
            writer.writerow([*map(_plain, cells), year, number, *map(_plain, rest)])
    return response


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = str(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
