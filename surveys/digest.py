"""Surveys in digests: open, closed, and what was done with the answers."""

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.digest import Entry, Found, Scope, Source, area_titles, bounded_moments
from cms.languages import dutch

from .models import SurveyPage
from .querysets import HEAVY

WORDS = 40  # of an outcome; the rest stands on the page


class SurveySource(Source):
    """The moments in the life of a survey, past and to come."""

    key = "surveys"
    label = gettext_lazy("Enquêtes")
    headline = gettext_lazy("Enquêtes en uitkomsten")
    order = 30

    def get_changed(self, scope):
        """Two queries."""
        has_outcome = scope.days("outcome_date") & ~Q(outcome="")
        (opened, a), (closed, b), (told, c) = bounded_moments(
            _public(scope, outcome=True),
            scope,
            ("opens_at", scope.moments("opens_at")),
            ("closes_at", scope.moments("closes_at")),
            ("outcome_date", has_outcome),
            newest_first=True,
        )
        make = _Maker([*opened, *closed, *told], scope)
        found = [make.opened(row) for row in opened]
        found += [make.closed(row) for row in closed]
        found += [make.outcome(row) for row in told]
        return Found(tuple(found), a + b + c)

    def get_coming(self, scope):
        """Two queries."""
        (opening, a), (closing, b), (due, c) = bounded_moments(
            _public(scope),
            scope,
            ("opens_at", scope.moments("opens_at")),
            ("closes_at", scope.moments("closes_at") & Q(opens_at__lt=scope.since)),
            ("outcome_due", scope.days("outcome_due") & Q(outcome="")),
        )
        make = _Maker([*opening, *closing, *due], scope)
        found = [make.opening(row) for row in opening]
        found += [make.closing(row) for row in closing]
        found += [make.outcome_due(row) for row in due]
        return Found(tuple(found), a + b + c)


def _public(scope: Scope, *, outcome: bool = False):
    """Surveys that everybody may see, in the scope, without what a digest does not show."""
    unused = set(HEAVY) - {"geometry", "map_geometry"} - ({"outcome"} if outcome else set())
    return scope.placed(SurveyPage.objects.live().public().listed().defer(*unused))


class _Maker:
    """Makes entries of surveys; one query, for their areas."""

    def __init__(self, rows: list[SurveyPage], scope: Scope):
        self.scope = scope
        self.areas = area_titles(SurveyPage, (row.pk for row in rows))

    def entry(self, row: SurveyPage, label: str, at, *lines: str, status: str = "") -> Entry:
        return Entry(
            source=SurveySource.key,
            label=label,
            at=at,
            title=row.title,
            url=row.url or "",
            lines=tuple(line for line in lines if line),
            status=SurveyPage.STATE_STYLES[status] if status else "",
            status_label=SurveyPage.State(status).label if status else "",
            place=row.place_name,
            areas=self.areas.get(row.pk, ()),
            page_id=row.pk,
            geometry=self.scope.shape(row),
        )

    def opened(self, row):
        label = _("Enquête open")
        return self.entry(
            row, label, row.opens_at, dutch(row.summary), _until(row), status=row.state
        )

    def closed(self, row):
        line = ""
        if row.outcome_due is not None:
            line = _("De uitkomst staat hier uiterlijk op %(date)s.") % {
                "date": date_format(row.outcome_due)
            }
        return self.entry(row, _("Enquête gesloten"), row.closes_at, line)

    def outcome(self, row):
        text = Truncator(strip_tags(row.outcome.replace("<", " <"))).words(WORDS)
        return self.entry(
            row, _("Uitkomst van de enquête"), row.outcome_date, dutch(" ".join(text.split()))
        )

    def opening(self, row):
        return self.entry(
            row, _("Enquête gaat open"), row.opens_at, dutch(row.summary), _until(row)
        )

    def closing(self, row):
        return self.entry(row, _("Enquête sluit"), row.closes_at, dutch(row.summary))

    def outcome_due(self, row):
        return self.entry(row, _("Uitkomst van de enquête verwacht"), row.outcome_due)


def _until(row: SurveyPage) -> str:
    return format_html(
        _("Meedoen kan tot {moment} uur."),
        moment=date_format(localtime(row.closes_at), "j F Y, G.i"),
    )
