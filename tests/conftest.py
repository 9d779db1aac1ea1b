"""Fixtures for all tests: a site with six areas, users with their real roles, and log-ins."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from wagtail.models import Page, Site

from areas.models import AreaPage
from cms.models import HomePage
from tests.factories import pages as make
from tests.snapshot import kept

PASSWORD = "een-lang-wachtwoord-voor-tests"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def restore_migrated_rows() -> None:
    """Put back what the migrations made, where a test with real transactions emptied all tables.

    Such a test restores for itself but leaves nothing behind, and with several processes it may
    run before others.
    """
    if not Page.objects.filter(depth=1).exists():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


def make_home() -> HomePage:
    root = Page.get_first_root_node()
    root.get_children().delete()
    root = Page.objects.get(pk=root.pk)
    page = make.HomePageFactory(parent=root)
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost",
        port=80,
        root_page=page,
        is_default_site=True,
        site_name="Gebiedsplein",
    )
    return page


def make_areas() -> None:
    home = make_home()
    for code, (title, west, south) in make.GRID.items():
        make.AreaPageFactory(
            parent=home, title=title, code=code, slug=code, geometry=make.cell(west, south)
        )


@pytest.fixture
def home(db, request):
    """The home page of the default site, in place of Wagtail's welcome page."""
    restore_migrated_rows()
    if "areas" in request.fixturenames:
        kept("areas", make_areas)
    else:
        kept("home", make_home)
    Site.clear_site_root_paths_cache()
    yield HomePage.objects.get()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def areas(home):
    """The six areas by code, as a grid of rectangles."""
    return {area.code: area for area in AreaPage.objects.select_related("manager_group")}


@pytest.fixture
def north(areas):
    """Haarlemmermeer-Noord: the area that most tests work in."""
    return areas["haarlemmermeer-noord"]


@pytest.fixture
def west(areas):
    """Haarlemmermeer-West: the other area, of somebody else."""
    return areas["haarlemmermeer-west"]


@pytest.fixture
def make_user(db):
    """Makes a user with a known password in the given groups."""

    def make_one(username, *, groups=(), superuser=False):
        manager = get_user_model().objects
        create = manager.create_superuser if superuser else manager.create_user
        user = create(username=username, email=f"{username}@example.nl", password=PASSWORD)
        user.groups.set(groups)
        return user

    return make_one


@pytest.fixture
def area_manager(make_user, north):
    """The area manager of Haarlemmermeer-Noord."""
    return make_user("gebiedsmanager-noord", groups=[north.manager_group])


@pytest.fixture
def administrator(make_user):
    return make_user("beheerder", superuser=True)


@pytest.fixture
def login():
    """A client logged in as a user."""

    def log_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def shared():
    """The folder with real boundaries and forms, beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no {SHARED.name}/ beside the project: its real data is not in this clone")
    return SHARED
