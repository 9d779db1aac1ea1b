"""What councils and the municipality agreed and said, and when they meet."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.digest import Entry, Found, Scope, Source, bounded
from cms.languages import dutch

from .models import ActionPoint, Agreement, Council, CouncilMeeting


class CouncilSource(Source):
    """Minutes and agreements for everybody; meetings and actions for the council itself."""

    key = "councils"
    label = gettext_lazy("Overleg met dorps- en wijkraden")
    order = 40

    def get_changed(self, scope):
        """Two queries. Minutes stand under the day of the meeting: when they were adopted is
        not recorded."""
        councils = _councils(scope)
        meetings, minutes = bounded(
            CouncilMeeting.objects.with_public_minutes()
            .filter(scope.moments("starts_at"), council__in=councils)
            .select_related("council__area")
            .defer(*_HEAVY),
            scope,
        )
        agreed, agreements = bounded(
            Agreement.objects.public()
            .filter(scope.days("date"), council__in=councils)
            .select_related("council__area")
            .defer(*_COUNCIL)
            .order_by("-date", "-pk"),
            scope,
        )
        found = [
            _entry(row.council, row.starts_at, _("Verslag van het overleg")) for row in meetings
        ]
        found += [
            _entry(row.council, row.date, _("Nieuwe werkafspraak"), dutch(row.title))
            for row in agreed
        ]
        return Found(tuple(found), minutes + agreements)

    def get_coming(self, scope):
        """Meetings of the council that reads; one query."""
        if scope.own_council is None:
            return Found()
        meetings, total = bounded(
            CouncilMeeting.objects.filter(scope.moments("starts_at"), council=scope.own_council)
            .select_related("council__area")
            .defer(*_HEAVY)
            .order_by("starts_at", "pk"),
            scope,
        )
        return Found(tuple(_meeting(row) for row in meetings), total)

    def get_open(self, scope):
        """Actions of the council that reads, not done yet; one query."""
        if scope.own_council is None:
            return Found()
        points, total = bounded(
            ActionPoint.objects.open()
            .filter(meeting__council=scope.own_council)
            .select_related("meeting__council__area")
            .defer(*(f"meeting__{name}" for name in _HEAVY)),
            scope,
        )
        return Found(tuple(_action(row) for row in points), total)


_COUNCIL = ("council__geometry", "council__map_geometry", "council__area__geometry")
_HEAVY = ("geometry", "map_geometry", "minutes", *_COUNCIL)


def _councils(scope: Scope):
    """Ids of the councils that a scope is about."""
    councils = Council.objects.active()
    if scope.council is not None:
        councils = councils.filter(pk=scope.council.pk)
    if scope.areas:
        councils = councils.filter(area__in=[area.pk for area in scope.areas])
    return councils.order_by().values("pk")


def _entry(council: Council, at, label: str, *lines: str, **values) -> Entry:
    return Entry(
        source=CouncilSource.key,
        label=label,
        at=at,
        title=values.pop("title", council.name),
        url=values.pop("url", council.get_absolute_url()),
        lines=lines,
        areas=(council.area.title,),
        **values,
    )


def _meeting(row: CouncilMeeting) -> Entry:
    state = {"status": "stopped", "status_label": _("Gaat niet door")} if row.cancelled else {}
    return _entry(row.council, row.starts_at, _("Overleg"), place=row.place_name, **state)


def _action(row: ActionPoint) -> Entry:
    who = format_html(_("Wie: {owner}"), owner=dutch(row.owner))
    return _entry(row.meeting.council, row.due_date, _("Actiepunt"), who, title=row.text, url="")
