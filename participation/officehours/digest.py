"""Office hours in digests: new ones, when they are, and when they are not."""

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.digest import Entry, Found, Scope, Source, area_titles, bounded
from cms.languages import dutch

from .models import Occurrence, OfficeHourPage
from .querysets import HEAVY
from .schedule import Slot

HEAVY_BUT_PLACE = sorted(set(HEAVY) - {"geometry"})


class OfficeHourSource(Source):
    """Each office hour once, with its next moment: a weekly one would drown all others.

    What was planned and does not take place is told each time.
    """

    key = "officehours"
    label = gettext_lazy("Spreekuren")
    order = 50

    def get_changed(self, scope):
        """Two queries."""
        rows, total = bounded(
            _public(scope)
            .filter(scope.moments("first_published_at"))
            .order_by("-first_published_at", "pk"),
            scope,
        )
        make = _Maker(rows, scope)
        label = _("Nieuw spreekuur")
        return Found(tuple(make.entry(row, label, row.first_published_at) for row in rows), total)

    def get_coming(self, scope):
        """Three queries."""
        planned = Occurrence.objects.filter(
            scope.moments("start"), office_hour=OuterRef("pk"), cancelled=False
        ).order_by("start")
        times = planned.order_by().values("office_hour").annotate(times=Count("pk"))
        rows, total = bounded(
            _public(scope)
            .annotate(
                start=Subquery(planned.values("start")[:1]),
                end=Subquery(planned.values("end")[:1]),
                times=Subquery(times.values("times")),
            )
            .filter(start__isnull=False)
            .order_by("start", "pk"),
            scope,
        )
        dropped, drops = bounded(
            Occurrence.objects.filter(
                scope.moments("start"),
                cancelled=True,
                office_hour__in=_public(scope).order_by().values("pk"),
            )
            .select_related("office_hour")
            .defer(*(f"office_hour__{name}" for name in HEAVY_BUT_PLACE))
            .order_by("start", "pk"),
            scope,
        )
        make = _Maker([*rows, *(row.office_hour for row in dropped)], scope)
        found = [make.coming(row) for row in rows]
        found += [make.dropped(row) for row in dropped]
        return Found(tuple(found), total + drops)


def _public(scope: Scope):
    """Office hours that everybody may see, in the scope, without what a digest does not show."""
    unused = set(HEAVY) - {"geometry", "map_geometry"}
    return scope.placed(OfficeHourPage.objects.live().public().defer(*unused))


class _Maker:
    """Makes entries of office hours; one query, for their areas."""

    def __init__(self, rows: list[OfficeHourPage], scope: Scope):
        self.scope = scope
        self.areas = area_titles(OfficeHourPage, (row.pk for row in rows))

    def entry(self, row: OfficeHourPage, label: str, at, *lines: str) -> Entry:
        return Entry(
            source=OfficeHourSource.key,
            label=label,
            at=at,
            title=row.title,
            url=row.url or "",
            lines=tuple(line for line in (*lines, dutch(row.summary)) if line),
            place=row.place_name,
            areas=self.areas.get(row.pk, ()),
            page_id=row.pk,
            geometry=self.scope.shape(row),
        )

    def coming(self, row: OfficeHourPage) -> Entry:
        """The next moment, and how many more there are in the period."""
        further = ""
        if row.times > 1:
            further = _("Daarna nog %(times)d keer in deze periode.") % {"times": row.times - 1}
        return self.entry(
            row, _("Spreekuur"), row.start, Slot(row.start, row.end).time_text, further
        )

    def dropped(self, row: Occurrence) -> Entry:
        """A moment that is cancelled or moved, with the reason that the editor gave."""
        hour = row.office_hour
        lines = [dutch(row.note)] if row.note else []
        label = _("Spreekuur gaat niet door")
        if row.moved_to:
            label = _("Spreekuur is verplaatst")
            lines.insert(0, _("Nieuw moment: %(moment)s.") % {"moment": row.moved_to_text})
        return Entry(
            source=OfficeHourSource.key,
            label=label,
            at=row.start,
            title=hour.title,
            url=hour.url or "",
            lines=tuple(lines),
            status="stopped",
            status_label=_("Gaat niet door"),
            place=hour.place_name,
            areas=self.areas.get(hour.pk, ()),
            page_id=hour.pk,
            geometry=self.scope.shape(hour),
        )
