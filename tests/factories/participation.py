"""Factories of projects, office hours and figures."""

from datetime import date, time
from decimal import Decimal

import factory
import wagtail_factories
from django.contrib.gis.geos import LineString, Point, Polygon

from participation.figures.models import FiguresPage, Indicator
from participation.officehours.models import (
    OfficeHourException,
    OfficeHourMoment,
    OfficeHourPage,
    OfficeHourSeries,
)
from participation.projects.models import (
    ProjectDocument,
    ProjectNews,
    ProjectPage,
    ProjectPhase,
    ProjectPlace,
)

#: A road through the grid of areas from west to east, in Nieuw-Vennep and Hoofddorp-Zuidwest.
ROAD = LineString((4.60, 52.25), (4.70, 52.25), srid=4326)
#: A building site inside Haarlemmermeer-Noord.
SITE = Polygon(
    ((4.78, 52.33), (4.80, 52.33), (4.80, 52.35), (4.78, 52.35), (4.78, 52.33)), srid=4326
)
#: The market of a village in Haarlemmermeer-Noord.
MARKET = Point(4.784, 52.339, srid=4326)


class ProjectPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Nieuwe brug over de vaart {n}")
    summary = "De oude brug is te smal. Er komt een nieuwe, ook voor fietsers."
    status = ProjectPage.Status.STARTED
    place_name = "Hoofdweg, Badhoevedorp"

    class Meta:
        model = ProjectPage


class ProjectPhaseFactory(factory.django.DjangoModelFactory):
    name = "Samen plannen maken"
    start = date(2026, 1, 1)
    end = date(2026, 12, 31)

    class Meta:
        model = ProjectPhase


class ProjectPlaceFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Speelplek {n}")
    geometry = MARKET
    text = "Hier komen nieuwe schommels."

    class Meta:
        model = ProjectPlace


class ProjectNewsFactory(factory.django.DjangoModelFactory):
    date = date(2026, 3, 2)
    title = factory.Sequence(lambda n: f"De tekening is klaar {n}")
    text = "<p>U kunt de tekening bekijken in het dorpshuis.</p>"

    class Meta:
        model = ProjectNews


class DocumentFactory(wagtail_factories.DocumentFactory):
    title = "Ontwerp van de brug"
    file = factory.django.FileField(filename="ontwerp.pdf", data=b"%PDF-1.7 " + b"x" * 2048)


class ProjectDocumentFactory(factory.django.DjangoModelFactory):
    document = factory.SubFactory(DocumentFactory)
    date = date(2026, 3, 1)

    class Meta:
        model = ProjectDocument


class OfficeHourPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Spreekuur op de markt {n}")
    summary = "Stel uw vraag aan de omgevingsmanager."
    host_name = "Omgevingsmanager Badhoevedorp"
    host_email = "omgeving@example.nl"
    place_name = "Marktplein 1, Badhoevedorp"

    class Meta:
        model = OfficeHourPage


class OfficeHourMomentFactory(factory.django.DjangoModelFactory):
    date = date(2026, 12, 1)
    start_time = time(10, 0)
    end_time = time(12, 0)

    class Meta:
        model = OfficeHourMoment


class OfficeHourSeriesFactory(factory.django.DjangoModelFactory):
    frequency = OfficeHourSeries.Frequency.WEEK
    weekday = 1
    first = date(2026, 1, 1)
    start_time = time(10, 0)
    end_time = time(12, 0)

    class Meta:
        model = OfficeHourSeries


class OfficeHourExceptionFactory(factory.django.DjangoModelFactory):
    kind = OfficeHourException.Kind.CANCELLED
    date = date(2026, 12, 1)
    reason = "De zaal is die dag gesloten."

    class Meta:
        model = OfficeHourException


class FiguresPageFactory(wagtail_factories.PageFactory):
    title = "Dienstverlening in cijfers"
    slug = "cijfers"

    class Meta:
        model = FiguresPage


def yearly(**values: str) -> list:
    """Values of an indicator for its StreamField, from y2022="66000" and so on."""
    return [
        ("value", {"year": int(year.removeprefix("y")), "value": Decimal(value)})
        for year, value in values.items()
    ]


class IndicatorFactory(factory.django.DjangoModelFactory):
    name = "Bezoeken aan de balie"
    unit = Indicator.Unit.NUMBER
    values = factory.LazyFunction(lambda: yearly(y2022="66000", y2023="67500", y2024="99000"))

    class Meta:
        model = Indicator
