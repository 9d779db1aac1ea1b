"""Signals in digests: what came in and was answered, and what waits for an answer."""

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.digest import Entry, Found, Scope, Source, area_titles, bounded, bounded_moments
from cms.languages import dutch

from .links import asker_url
from .models import Signal

WORDS = 40  # of an answer; the whole one is a click away


class SignalSource(Source):
    """Published signals in the scope for everybody; besides, all of the council that reads."""

    key = "signals"
    label = gettext_lazy("Vragen en signalen")
    headline = gettext_lazy("Antwoord op vragen en signalen")
    order = 20

    def get_changed(self, scope):
        """Two queries: what came in and was answered, and the areas of both."""
        (came, received), (told, answered) = bounded_moments(
            shown(scope),
            scope,
            ("received_at", scope.moments("received_at")),
            ("answered_at", scope.moments("answered_at")),
            newest_first=True,
        )
        about = _About([*came, *told], scope)
        found = [
            about.entry(row, label=_("Vraag of signaal ontvangen"), at=row.received_at, minor=True)
            for row in came
        ]
        found += [
            about.entry(
                row,
                label=_("Vraag of signaal beantwoord"),
                at=row.answered_at,
                lines=(dutch(Truncator(row.answer).words(WORDS)),),
            )
            for row in told
        ]
        return Found(tuple(found), received + answered)

    def get_open(self, scope):
        """Two queries; `at` is the last day of the term."""
        rows, total = bounded(shown(scope).open().order_by("due_on", "pk"), scope)
        about = _About(rows, scope)
        return Found(tuple(about.waiting(row) for row in rows), total)


def shown(scope: Scope):
    """Signals of the scope that its reader may see, a double not besides the other."""
    rows = scope.placed(Signal.objects.published())
    if scope.own_council is not None:
        # Those of the council itself, wherever they lie and whoever else may read them.
        mine = Signal.objects.counted().of_council(scope.own_council)
        rows = Signal.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=mine.values("pk")))
    return rows.select_related("council").defer(
        "map_geometry",
        "council__geometry",
        "council__map_geometry",
        *(() if scope.with_geometry else ("geometry",)),
    )


class _About:
    """Makes entries of signals that are at hand; one query at most."""

    def __init__(self, rows, scope: Scope):
        self.scope = scope
        self.areas = area_titles(Signal, [row.pk for row in rows]) if rows else {}

    def entry(self, row: Signal, *, label: str, at, lines: tuple = (), **values) -> Entry:
        is_own = self.scope.own_council is not None and row.council == self.scope.own_council
        by = row.council.name if row.council else ""
        return Entry(
            source=SignalSource.key,
            label=label,
            at=at,
            title=row.subject,
            url=asker_url(row) if is_own else row.get_absolute_url(),
            lines=(format_html(_("Van: {council}"), council=dutch(by)), *lines) if by else lines,
            place=row.place_name,
            areas=self.areas.get(row.pk, ()),
            row=row.reference,
            geometry=self.scope.shape(row),
            **values,
        )

    def waiting(self, row: Signal) -> Entry:
        """A signal with its term, and what became of that."""
        lines = []
        if row.extended_on:
            lines.append(
                format_html(
                    _("Verlengd op {date}: {reason}"),
                    date=date_format(row.extended_on),
                    reason=dutch(row.extension_reason),
                )
            )
        if row.due_on < timezone.localdate():
            lines.append(_("De termijn is voorbij."))
        return self.entry(
            row,
            label=_("Wacht op antwoord"),
            at=row.due_on,
            lines=tuple(lines),
            status=row.state_style,
            status_label=row.get_state_display(),
        )
