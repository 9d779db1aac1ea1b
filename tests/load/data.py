"""Contents for the load test, each a site of its own as the tests have it.

features: thousands of things on each layer. work: years of work in six areas; see work.py.

One page of each kind is made as an editor would. The rest are copies of it, made in the
database with a few statements, because saving five thousand pages one by one takes an hour.
PostgreSQL with PostGIS only.
"""

import uuid
from datetime import timedelta

from django.contrib.gis.geos import LineString, Point
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Site

from areas.agenda.models import AgendaItemPage
from areas.councils.models import Council
from areas.models import AreaPage, Place
from cms.models import SiteSettings
from cms.pagecache import purge
from newsletters.models import NewsletterPage
from participation.officehours.models import Occurrence, OfficeHourPage
from participation.projects.models import ProjectPage
from surveys.models import SurveyPage
from surveys.services import freeze_version
from tests.factories import newsletters as make_newsletters
from tests.factories import pages as make
from tests.factories import participation as make_participation
from tests.factories import surveys as make_surveys
from tests.load.work import make_work

FEATURES = 5_000
QUESTIONS = 12
#: Copies lie in this many columns and rows over the municipality.
COLUMNS = 100
WEST, SOUTH, EAST, NORTH = 4.56, 52.21, 4.84, 52.39


@transaction.atomic
def make_content(name: str) -> dict:
    """Fill an empty, migrated database; return what the cases must know (JSON)."""
    home = make_home()
    areas = [
        make.AreaPageFactory(
            parent=home, title=title, code=code, slug=code, geometry=make.cell(west, south)
        )
        for code, (title, west, south) in make.GRID.items()
    ]
    found = CONTENTS[name](home, areas)
    purge()
    return found


def make_features(home, areas: list[AreaPage]) -> dict:
    """Thousands of things on each layer."""
    north = areas[0]
    make_rows(areas)
    survey, project = make_pages(north)
    return {
        "home": home.title,
        "area": north.title,
        "area_url": north.url,
        "project": project.title,
        "project_url": project.url,
        "survey_url": survey.url,
        "survey_questions": QUESTIONS,
        "features": {
            "gebieden": len(areas),  # there are no more
            **dict.fromkeys(
                (
                    "agenda",
                    "enquetes",
                    "nieuwsbrieven",
                    "plaatsen",
                    "projecten",
                    "raden",
                    "spreekuren",
                ),
                FEATURES,
            ),
        },
    }


def make_home():
    """The home page of the one site, in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    home = make.HomePageFactory(parent=Page.objects.get(pk=root.pk))
    Site.objects.all().delete()
    site = Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    SiteSettings.objects.create(site=site)
    return home


def make_rows(areas: list[AreaPage]) -> None:
    """Places and councils."""
    points = [spot(number) for number in range(FEATURES)]
    Place.objects.bulk_create(
        make.PlaceFactory.build(area=areas[number % len(areas)], geometry=point)
        for number, point in enumerate(points)
    )
    Council.objects.bulk_create(
        make.CouncilFactory.build(
            area=areas[number % len(areas)], geometry=point, map_geometry=point
        )
        for number, point in enumerate(points)
    )


def make_pages(area: AreaPage) -> tuple[SurveyPage, ProjectPage]:
    """Agenda items, projects, surveys, newsletters and office hours in an area.

    Returns the survey with answers to give and a project.
    """
    agenda = make.AgendaPageFactory(parent=area)
    theme = make.ThemeFactory()
    point = spot(0)
    item = make.AgendaItemPageFactory(parent=agenda, theme=theme, geometry=point)
    line = LineString(*[(point.x + n / 2000, point.y + n / 3000) for n in range(10)], srid=4326)
    project = make_participation.ProjectPageFactory(parent=area, geometry=line)
    survey = make_surveys.SurveyPageFactory(
        parent=area, geometry=point, title="Hoe wilt u wonen?", questions=twelve_questions()
    )
    freeze_version(survey=survey)
    newsletter = make_newsletters.NewsletterPageFactory(parent=area, to=[area])
    office_hour = make_participation.OfficeHourPageFactory(parent=area, geometry=point)
    for page in (item, project, survey, newsletter, office_hour):
        copy_page(page, FEATURES - 1)
    # The copies are closed: a site has a few open surveys, not thousands.
    now = timezone.now()
    SurveyPage.objects.exclude(pk=survey.pk).update(
        opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=30)
    )
    next_week = (now + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    Occurrence.objects.all().delete()
    Occurrence.objects.bulk_create(
        Occurrence(
            office_hour_id=pk,
            start=next_week + timedelta(hours=number % 1000),
            end=next_week + timedelta(hours=number % 1000 + 2),
        )
        for number, pk in enumerate(OfficeHourPage.objects.values_list("pk", flat=True))
    )
    for model in (AgendaItemPage, ProjectPage, NewsletterPage, OfficeHourPage):
        assert model.objects.count() == FEATURES
    return survey, project


def twelve_questions() -> list[dict]:
    """Nine choices and three texts."""
    question = make_surveys.question
    texts = [
        question("short_text", str(uuid.uuid4()), "In welke straat woont u?", max_length=40),
        question("long_text", str(uuid.uuid4()), "Wat mist u in de buurt?", max_length=1000),
        question("long_text", str(uuid.uuid4()), "Wat wilt u nog zeggen?", max_length=1000),
    ]
    return make_surveys.many_choices(QUESTIONS - len(texts)) + texts


def spot(number: int) -> Point:
    """The place of copy `number` on a grid over the municipality (WGS 84)."""
    row, column = divmod(number, COLUMNS)
    rows = FEATURES // COLUMNS
    x = WEST + (EAST - WEST) * column / COLUMNS
    y = SOUTH + (NORTH - SOUTH) * row / rows
    return Point(round(x, 6), round(y, 6), srid=4326)


def copy_page(page: Page, count: int) -> None:
    """`count` live copies of a placed page beside it, spread over the municipality.

    Copies the row in `wagtailcore_page` and that of the page type, its place shifted, and
    links each to the areas that it touches. Inline children are not copied.
    """
    parent = page.get_parent(update=True)
    first = parent.numchild + 1
    slug = slugify(page.title)
    copies = Page.objects.bulk_create(
        (
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, number),
                depth=page.depth,
                title=f"{page.title} {number}",
                draft_title=f"{page.title} {number}",
                slug=f"{slug}-{number}",
                url_path=f"{parent.url_path}{slug}-{number}/",
                content_type_id=page.content_type_id,
                locale_id=page.locale_id,
                translation_key=uuid.uuid4(),
                live=True,
                has_unpublished_changes=False,
                first_published_at=page.first_published_at,
                last_published_at=page.last_published_at,
            )
            for number in range(first, first + count)
        ),
        batch_size=1000,
    )
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)

    model = type(page)
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [field.column for field in model._meta.local_concrete_fields][1:]
    places = {"geometry", "map_geometry"}
    values = ", ".join(
        f"ST_Translate(t.{name}, p.x - {WEST}, p.y - {SOUTH})" if name in places else f't."{name}"'
        for name in columns
    )
    names = ", ".join(f'"{name}"' for name in columns)
    spots = [spot(number) for number in range(1, count + 1)]
    links, area_table = model.areas.through, AreaPage._meta.db_table
    owner = connection.ops.quote_name(model.areas.field.m2m_column_name())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {names}) SELECT p.id, {values} "
            f"FROM unnest(%s::bigint[], %s::float8[], %s::float8[]) AS p(id, x, y), {table} AS t "
            "WHERE t.page_ptr_id = %s",
            [
                [copy.pk for copy in copies],
                [place.x for place in spots],
                [place.y for place in spots],
                page.pk,
            ],
        )
        cursor.execute(
            f"INSERT INTO {links._meta.db_table} ({owner}, areapage_id) "
            f"SELECT t.page_ptr_id, a.page_ptr_id FROM {table} AS t, {area_table} AS a "
            "WHERE ST_Intersects(t.map_geometry, a.geometry) AND t.page_ptr_id = ANY(%s)",
            [[copy.pk for copy in copies]],
        )


CONTENTS = {
    "features": make_features,
    "work": lambda _home, areas: make_work(areas, copy_page=copy_page, spot=spot),
}
