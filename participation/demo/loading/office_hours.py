"""Office hours with their moments."""

from wagtail.models import Page

from areas.models import AreaPage
from participation.demo.building import Library, publish, shape
from participation.demo.clock import Clock
from participation.demo.content.office_hours import office_hours
from participation.officehours import schedule
from participation.officehours.models import (
    OfficeHourException,
    OfficeHourMoment,
    OfficeHourPage,
    OfficeHourSeries,
)

from .areas import PHONE, WHATSAPP

#: (month, day): Christmas, New Year and the King's birthday.
HOLIDAYS = {(12, 25), (12, 26), (1, 1), (4, 27)}
DEFAULT_APPOINTMENT = "U hoeft geen afspraak te maken."


def load_office_hours(
    *, areas: dict[str, AreaPage], projects: dict, library: Library, clock: Clock, users: dict
) -> None:
    """Weekly, monthly and on single dates; below an area or a project."""
    for values in office_hours(clock):
        above = projects.get(values["parent"]) or areas[values["parent"]]
        above = Page.objects.get(pk=above.pk).specific
        name, role, email = values["host"]
        step_free, hearing_loop, languages = values["access"]
        page = OfficeHourPage(
            title=values["title"],
            slug=values["slug"],
            summary=values["summary"],
            image=library.image(values["picture"]),
            host_name=name,
            host_role=role,
            host_phone=PHONE,
            host_whatsapp=WHATSAPP,
            host_email=email,
            about=values["about"],
            appointment=values.get("appointment", DEFAULT_APPOINTMENT),
            place_name=values["place"],
            geometry=shape([values["at"]]),
            directions=values["directions"],
            step_free=step_free,
            hearing_loop=hearing_loop,
            languages=languages,
            project=projects.get(values.get("project")),
        )
        page.moments = [OfficeHourMoment(**row) for row in values.get("moments", [])]
        page.series = [OfficeHourSeries(**row) for row in values.get("series", [])]
        rows = values.get("exceptions", [])
        rows += holidays(page, clock, known={row["date"] for row in rows})
        page.exceptions = [OfficeHourException(**row) for row in rows]
        code = AreaPage.objects.ancestor_of(above, inclusive=True).values_list("code", flat=True)
        publish(parent=above, page=page, user=users[code.get()], at=clock.at(-60, 9))


def holidays(page: OfficeHourPage, clock: Clock, *, known: set) -> list[dict]:
    """Exceptions for the days at the turn of the year on which nobody works."""
    return [
        {"date": day, "kind": schedule.CANCELLED, "reason": "Het is dan een feestdag."}
        for series in page.series.all()
        for day in schedule.dates_of(series, clock.today, clock.day(400))
        if (day.month, day.day) in HOLIDAYS and day not in known
    ]
