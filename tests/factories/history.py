"""A past and a future for an area and its council: something of every kind that digests know."""

from datetime import time, timedelta

from django.contrib.gis.geos import Point
from django.utils import timezone

from areas.agenda.models import AgendaItemPage, AgendaPage, LedgerEntry
from areas.councils.models import ActionPoint, AgendaPoint, CouncilMeeting

from . import newsletters, pages, participation, surveys

#: Days between today and what happened, and what comes.
AGO, AHEAD = 10, 20


def days(number: int):
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=number)


def moment(number: int):
    """The moment so many days from now."""
    return timezone.now() + timedelta(days=number)


def agenda_of(area) -> AgendaPage:
    """An agenda of the area that is of today."""
    found = AgendaPage.objects.child_of(area).first()
    return found or pages.AgendaPageFactory(
        parent=area, period_start=days(-365), period_end=days(365)
    )


def item_of(area, **values) -> AgendaItemPage:
    """An agenda item on the agenda of today."""
    return pages.AgendaItemPageFactory(parent=agenda_of(area), **values)


def changed(item, *, ago: int = AGO, field="status", old="gepland", new="gestart", reason=""):
    """A change of an item as it became public some days ago."""
    return LedgerEntry.objects.create(
        item=item, at=moment(-ago), author_role="Gebiedsmanager", field=field, old=old, new=new,
        reason=reason,
    )  # fmt: skip


def publish(page):
    """Publish a page as an editor does, so that it has a day on which it came."""
    page.save_revision().publish()
    return page


def meeting_of(council, *, day: int, **values) -> CouncilMeeting:
    """A meeting of two hours, so many days from now."""
    values.setdefault("place_name", "Dorpshuis")
    return CouncilMeeting.objects.create(
        council=council, starts_at=moment(day), ends_at=moment(day) + timedelta(hours=2), **values
    )


def everything(area, council=None, *, times: int = 1, place: Point | None = None) -> None:
    """Of every kind that a digest knows `times` things that changed and that come."""
    place = place or pages.middle(area)
    theme = pages.ThemeFactory()
    for number in range(times):
        here = Point(place.x + 0.0004 * number, place.y, srid=4326)
        item = item_of(
            area, theme=theme, geometry=here, start_date=days(-30), end_date=days(AHEAD + 100)
        )
        pages.ProgressUpdateFactory(item=item, date=days(-AGO))
        changed(item)
        item_of(area, theme=theme, status="gepland", start_date=days(AHEAD))
        project = publish(participation.ProjectPageFactory(parent=area, geometry=here))
        participation.ProjectNewsFactory(project=project, date=days(-AGO))
        participation.ProjectPhaseFactory(project=project, start=days(-AGO), end=days(AHEAD - 1))
        participation.ProjectPhaseFactory(project=project, start=days(AHEAD), end=None)
        surveys.SurveyPageFactory(parent=area, geometry=here)
        surveys.SurveyPageFactory(parent=project, closed=True)
        surveys.SurveyPageFactory(
            parent=area, closed=True, outcome="<p>Er komt een bank.</p>", outcome_date=days(-1)
        )
        surveys.SurveyPageFactory(parent=area, planned=True)
        hour = participation.OfficeHourPageFactory(parent=area, geometry=here)
        participation.OfficeHourMomentFactory(
            office_hour=hour, date=days(AHEAD), start_time=time(10), end_time=time(12)
        )
        publish(hour)
        newsletters.NewsletterPageFactory(parent=area, date=days(-AGO))
        if council is not None:
            minutes = meeting_of(
                council, day=-AGO - number, state="vastgesteld", minutes="<p>Besproken.</p>"
            )
            ActionPoint.objects.create(meeting=minutes, text="De lamp maken", owner="Team Beheer")
            coming = meeting_of(council, day=AHEAD + number)
            AgendaPoint.objects.create(meeting=coming, title="De drempel")
            pages.AgreementFactory(council=council, public=True, date=days(-AGO))
