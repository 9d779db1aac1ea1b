"""Factories of areas, places, councils and agendas, with real-looking places."""

from datetime import date

import factory
import wagtail_factories
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from areas.agenda.models import (
    AgendaItemPage,
    AgendaPage,
    ProgrammeGoal,
    ProgrammePage,
    ProgressUpdate,
)
from areas.councils.models import Agreement, Council, CouncilAddress, CouncilMember
from areas.models import AreaPage, Place, Theme
from cms.models import ContentPage, HomePage

#: The six areas as a grid of three by two cells over the municipality (west, south) in degrees.
CELL_WIDTH, CELL_HEIGHT = 0.098, 0.098  # cells leave a gap, so that neighbours do not touch
GRID = {
    "haarlemmermeer-noord": ("Haarlemmermeer-Noord", 4.75, 52.30),
    "haarlemmermeer-west": ("Haarlemmermeer-West", 4.55, 52.30),
    "haarlemmermeer-zuidoost": ("Haarlemmermeer-Zuidoost", 4.75, 52.20),
    "hoofddorp-centrum": ("Hoofddorp-Centrum", 4.65, 52.30),
    "hoofddorp-zuidwest": ("Hoofddorp-Zuidwest", 4.55, 52.20),
    "nieuw-vennep": ("Nieuw-Vennep", 4.65, 52.20),
}


def cell(west: float, south: float) -> MultiPolygon:
    """A rectangle of one grid cell (WGS 84)."""
    box = Polygon.from_bbox((west, south, west + CELL_WIDTH, south + CELL_HEIGHT))
    return MultiPolygon(box, srid=4326)


def middle(area: AreaPage) -> Point:
    """A point inside an area."""
    point = area.geometry.point_on_surface
    point.srid = 4326
    return point


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Gebiedsplein"
    slug = "home"
    heading = "Wat speelt er bij u in de buurt?"
    intro = "Kies uw gebied en zie wat de gemeente doet en waar u kunt meedenken."

    class Meta:
        model = HomePage


class ContentPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Uitleg over meedoen {n}")

    class Meta:
        model = ContentPage


class ThemeFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Verkeer en veiligheid {n}")
    slug = factory.Sequence(lambda n: f"verkeer-en-veiligheid-{n}")

    class Meta:
        model = Theme


class AreaPageFactory(wagtail_factories.PageFactory):
    title = "Haarlemmermeer-Noord"
    slug = factory.LazyAttribute(lambda page: page.code)
    code = "haarlemmermeer-noord"
    summary = "De dorpen langs de Ringvaart, van Badhoevedorp tot Spaarndam."
    geometry = factory.LazyFunction(lambda: cell(4.75, 52.30))
    manager_name = "Gebiedsmanager Noord"
    manager_phone = "0900-1852"
    manager_email = "noord@example.nl"
    manager_whatsapp = "06 12345678"

    class Meta:
        model = AreaPage


class PlaceFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Badhoevedorp {n}")
    slug = factory.Sequence(lambda n: f"badhoevedorp-{n}")
    geometry = factory.LazyFunction(lambda: Point(4.784, 52.339, srid=4326))

    class Meta:
        model = Place


class CouncilFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Dorpsraad Badhoevedorp {n}")
    slug = factory.Sequence(lambda n: f"dorpsraad-badhoevedorp-{n}")

    class Meta:
        model = Council


class CouncilAddressFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda n: f"raad{n}@example.nl")

    class Meta:
        model = CouncilAddress


class CouncilMemberFactory(factory.django.DjangoModelFactory):
    name = "De Voorzitter Zelf"
    role = CouncilMember.Role.CHAIR
    email = "voorzitter-thuis@example.nl"
    phone = "0900-555111"

    class Meta:
        model = CouncilMember


class AgreementFactory(factory.django.DjangoModelFactory):
    title = "Hoe wij samenwerken"
    date = date(2026, 1, 15)

    class Meta:
        model = Agreement


class AgendaPageFactory(wagtail_factories.PageFactory):
    title = "Gebiedsagenda 2026-2027"
    slug = factory.Sequence(lambda n: f"agenda-{n}")
    period_start = date(2026, 1, 1)
    period_end = date(2027, 12, 31)

    class Meta:
        model = AgendaPage


class AgendaItemPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Veilig oversteken bij de school {n}")
    summary = "Er komt een zebrapad met verlichting."
    theme = factory.SubFactory(ThemeFactory)
    status = AgendaItemPage.Status.STARTED
    lead = "Team Verkeer"

    class Meta:
        model = AgendaItemPage


class ProgrammePageFactory(wagtail_factories.PageFactory):
    title = "Gebiedsprogramma 2040"
    slug = "programma"
    summary = "Waar dit gebied in 2040 wil staan."

    class Meta:
        model = ProgrammePage


class ProgrammeGoalFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Veilig op de fiets naar school {n}")
    text = "Elk kind fietst zelf naar school."
    theme = factory.SubFactory(ThemeFactory)
    target_year = 2035

    class Meta:
        model = ProgrammeGoal


class ProgressUpdateFactory(factory.django.DjangoModelFactory):
    date = date(2026, 9, 1)
    text = "De tekening is klaar en besproken met de dorpsraad."

    class Meta:
        model = ProgressUpdate
