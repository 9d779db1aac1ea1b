"""The six projects, each below its area."""

from django.contrib.gis.geos import Point

from areas.models import AreaPage
from participation.demo.building import Library, publish, shape
from participation.demo.clock import Clock
from participation.demo.content.projects import PROJECTS
from participation.projects.models import (
    ProjectDocument,
    ProjectNews,
    ProjectPage,
    ProjectPhase,
    ProjectPlace,
)

from .areas import PHONE, WHATSAPP, collection_of


def load_projects(
    *, areas: dict[str, AreaPage], library: Library, clock: Clock, users: dict, polls: dict
) -> dict[str, ProjectPage]:
    """The projects by key."""
    found = {}
    for make in PROJECTS:
        values = make(clock)
        area = AreaPage.objects.get(pk=areas[values["area"]].pk)
        collection = collection_of(area)
        name, email = values["manager"]
        body = list(values["body"])
        if "poll" in values:
            body.append(("poll", polls[values["poll"]]))
        page = ProjectPage(
            title=values["title"],
            slug=values["slug"],
            summary=values["summary"],
            image=library.image(values["picture"], collection),
            status=values["status"],
            status_reason=values.get("reason", ""),
            body=body,
            decided=values["decided"],
            influence=values["influence"],
            decision=values["decision"],
            take_part=values["take_part"],
            questions=[
                ("question", {"question": question, "answer": answer})
                for question, answer in values["questions"]
            ],
            manager_name=name,
            manager_phone=PHONE,
            manager_whatsapp=WHATSAPP,
            manager_email=email,
            place_name=values["place"],
            geometry=shape(values["shape"]) if "shape" in values else None,
        )
        page.places = [
            ProjectPlace(
                name=name,
                geometry=Point(longitude, latitude, srid=4326),
                text=text,
                sort_order=position,
            )
            for position, (name, latitude, longitude, text) in enumerate(values.get("places", ()))
        ]
        page.phases = [
            ProjectPhase(name=phase, start=start, end=end, text=text)
            for phase, start, end, text in values["phases"]
        ]
        page.news = [
            ProjectNews(
                date=clock.day(-days),
                title=title,
                text=text,
                image=library.image(picture, collection),
            )
            for days, title, text, picture in values["news"]
        ]
        page.documents = [
            ProjectDocument(
                date=clock.day(-days),
                document=library.document(title=title, texts=texts, collection=collection),
                sort_order=position,
            )
            for position, (days, title, texts) in enumerate(values["documents"])
        ]
        last = min(days for days, *_rest in values["news"])
        found[values["key"]] = publish(
            parent=area, page=page, user=users[values["area"]], at=clock.at(-last, 11)
        )
    return found
