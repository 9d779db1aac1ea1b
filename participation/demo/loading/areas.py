"""Themes, areas with their boundaries and managers, places and councils."""

from django.utils.text import slugify
from wagtail.models import Collection

from areas.councils.models import (
    ActionPoint,
    AgendaPoint,
    Agreement,
    Council,
    CouncilAddress,
    CouncilMeeting,
    CouncilMember,
)
from areas.models import AreaPage, AreaTheme, Place, Theme
from cms.models import HomePage
from participation.demo.boundaries import area_boundaries
from participation.demo.building import Library, paragraphs, publish
from participation.demo.clock import Clock
from participation.demo.content.areas import AREAS, BOUNDARY_NOTE
from participation.demo.content.councils import AGREEMENTS, COUNCILS, MEETINGS, MEMBERS, TWICE
from participation.demo.content.places import PLACES, THEMES

PHONE, WHATSAPP = "0900-1852", "06 12345678"


def load_themes() -> dict[str, Theme]:
    """The themes of the area programmes, by slug."""
    return {
        slug: Theme.objects.create(
            name=name, slug=slug, description=description, sort_order=10 * number
        )
        for number, (slug, name, description) in enumerate(THEMES, start=1)
    }


def load_areas(
    *, home: HomePage, themes: dict[str, Theme], library: Library, clock: Clock, user
) -> dict[str, AreaPage]:
    """The six areas by code; each comes with the group and the collection of its managers."""
    boundaries = area_boundaries(PLACES)
    found = {}
    for number, values in enumerate(AREAS):
        area = AreaPage(
            title=values["title"],
            slug=values["code"],
            code=values["code"],
            summary=values["summary"],
            intro=paragraphs(values["intro"]),
            geometry=boundaries[values["code"]],
            geometry_note=BOUNDARY_NOTE,
            manager_name=values["manager"],
            manager_phone=PHONE,
            manager_whatsapp=WHATSAPP,
            manager_email=f"{values['short']}@example.nl",
            image=library.image(values["picture"], new_collection(values["title"])),
        )
        area.area_themes = [
            AreaTheme(theme=themes[slug], goal=goal, sort_order=position)
            for position, (slug, goal) in enumerate(values["goals"])
        ]
        found[area.code] = publish(parent=home, page=area, user=user, at=clock.at(-400 + number, 9))
    return found


def new_collection(title: str) -> Collection:
    """The collection that an area takes for its own when it is made."""
    return Collection.get_first_root_node().add_child(name=title)


def collection_of(area: AreaPage) -> Collection:
    """Where the managers of an area keep their images and documents."""
    return Collection.objects.get(name=area.title, depth=2)


def load_places(*, areas: dict[str, AreaPage]) -> dict[str, Place]:
    """Villages and districts by name; their area follows from where they lie."""
    from participation.demo.building import shape

    return {
        name: Place.objects.create(
            name=name,
            slug=slugify(name),
            kind=kind,
            geometry=shape([(latitude, longitude)]),
            area=areas[code],
        )
        for code, entries in PLACES.items()
        for name, latitude, longitude, kind in entries
    }


def load_councils(*, areas: dict[str, AreaPage], places: dict[str, Place]) -> dict[str, Council]:
    """A selection of the councils by name, each shown at its first place."""
    found = {}
    for name, kind, code, of_places, description in COUNCILS:
        slug = slugify(name)
        council = Council(
            name=name,
            slug=slug,
            kind=kind,
            area=areas[code],
            description=description,
            website=f"https://{slug}.example.nl/",
            meeting_rhythm=TWICE,
            geometry=places[of_places[0]].geometry,
            place_name=of_places[0],
        )
        council.places = [places[one] for one in of_places]
        council.addresses = [CouncilAddress(email=f"{slug}@example.nl", name="secretaris")]
        council.save()
        found[name] = council
    return found


def load_council_papers(*, councils: dict[str, Council], library: Library, clock: Clock) -> None:
    """Members and working agreements of two councils."""
    for name, members in MEMBERS.items():
        for member, role, email, phone, since, until, note in members:
            CouncilMember.objects.create(
                council=councils[name],
                name=member,
                role=role,
                email=email,
                phone=phone,
                since=clock.day(since),
                until=None if until is None else clock.day(until),
                note=note,
            )
    for name, agreements in AGREEMENTS.items():
        for title, agreed, review, public, texts in agreements:
            Agreement.objects.create(
                council=councils[name],
                title=title,
                date=clock.day(agreed),
                review_date=clock.day(review),
                public=public,
                document=library.document(
                    title=title, texts=texts, collection=Collection.get_first_root_node()
                ),
            )


def load_meetings(*, councils: dict[str, Council], clock: Clock) -> None:
    """Meetings of two councils, with minutes, subjects and actions; nobody is mailed."""
    for name, meetings in MEETINGS.items():
        for days, place, participants, state, texts, subjects, actions in meetings:
            meeting = CouncilMeeting(
                council=councils[name],
                starts_at=clock.at(days, 19, 30),
                ends_at=clock.at(days, 21),
                geometry=councils[name].geometry,
                place_name=place,
                participants=participants,
                state=state,
                minutes=paragraphs(texts),
            )
            meeting.agenda_points = [AgendaPoint(title=subject) for subject in subjects]
            meeting.action_points = [
                ActionPoint(
                    text=text,
                    owner=owner,
                    due_date=clock.day(due),
                    done_on=None if done is None else clock.day(done),
                )
                for text, owner, due, done in actions
            ]
            meeting.save()
