"""Fixtures for all tests: a site with six areas, users with their real roles, and log-ins."""

import gc
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils import translation
from wagtail.models import Page, Site

from areas.models import AreaPage
from cms.models import HomePage
from tests import indexes
from tests.areas.pdok import pdok  # noqa: F401 - a fixture
from tests.factories import pages as make
from tests.snapshot import empty_by_deleting, keep_migrated, kept, put_back

PASSWORD = "een-lang-wachtwoord-voor-tests"
BLOCKER = pytest.StashKey()
#: About roles, forms, files and texts, where one database is as good as the other: CI runs these
#: on PostGIS only, so that it stays short. What speaks SQL of its own is not among them, or has
#: the mark `both_databases`.
ONE_DATABASE = {
    "areas/test_addresses.py",
    "areas/test_admin_agenda.py",
    "areas/test_admin_home.py",
    "areas/test_admin_workflow.py",
    "areas/test_agenda_origins.py",
    "areas/test_asking.py",
    "areas/test_attachments.py",
    "areas/test_council_meetings.py",
    "areas/test_councils_private.py",
    "areas/test_editing.py",
    "areas/test_ledger_at_once.py",
    "areas/test_pack.py",
    "areas/test_pages.py",
    "areas/test_permissions.py",
    "areas/test_programme.py",
    "areas/test_rollover.py",
    "areas/test_room.py",
    "areas/test_room_sign_in.py",
    "areas/test_sheet_files.py",
    "areas/test_sheet_rights.py",
    "areas/test_sheets.py",
    "areas/test_signal_terms.py",
    "areas/test_signals_handling.py",
    "areas/test_signals_hostile.py",
    "areas/test_signals_mails.py",
    "areas/test_signals_permissions.py",
    "areas/test_signals_progress.py",
    "areas/test_signals_public.py",
    "cms/test_admin_face.py",
    "cms/test_design_tokens.py",
    "cms/test_footer.py",
    "cms/test_gate.py",
    "cms/test_geometry_text.py",
    "cms/test_media.py",
    "cms/test_pagecache.py",
    "cms/test_paper.py",
    "cms/test_settings.py",
    "cms/test_site.py",
    "newsletters/test_attacks.py",
    "newsletters/test_checking.py",
    "newsletters/test_editions.py",
    "newsletters/test_feeds.py",
    "newsletters/test_filling.py",
    "newsletters/test_mail.py",
    "newsletters/test_mail_source.py",
    "newsletters/test_newsletter_road.py",
    "newsletters/test_pdf.py",
    "newsletters/test_permissions.py",
    "newsletters/test_pipelining.py",
    "newsletters/test_subscribing.py",
    "newsletters/test_webhooks.py",
    "newsletters/test_topics.py",
    "participation/test_calendars.py",
    "participation/test_editing.py",
    "participation/test_figures.py",
    "participation/test_projects.py",
    "surveys/test_collector_admin.py",
    "surveys/test_collector_exports.py",
    "surveys/test_collector_kiosk.py",
    "surveys/test_collector_mails.py",
    "surveys/test_collectors.py",
    "surveys/test_editing.py",
    "surveys/test_editing_types.py",
    "surveys/test_editors.py",
    "surveys/test_exports_formats.py",
    "surveys/test_exports_open_data.py",
    "surveys/test_exports_page.py",
    "surveys/test_exports_versions.py",
    "surveys/test_files.py",
    "surveys/test_flow.py",
    "surveys/test_going_on.py",
    "surveys/test_hints.py",
    "surveys/test_hostile.py",
    "surveys/test_languages.py",
    "surveys/test_library.py",
    "surveys/test_links_only.py",
    "surveys/test_order_and_links.py",
    "surveys/test_outcome.py",
    "surveys/test_outcome_mails.py",
    "surveys/test_own_messages.py",
    "surveys/test_paper_entry.py",
    "surveys/test_paper_form.py",
    "surveys/test_polls.py",
    "surveys/test_public_results.py",
    "surveys/test_queries.py",
    "surveys/test_receipt_files.py",
    "surveys/test_results_choices.py",
    "surveys/test_suppression.py",
    "surveys/test_survey_page.py",
    "surveys/test_versions_machine.py",
    "surveys/test_videos.py",
    "surveys/test_xlsform_admin.py",
    "surveys/test_xlsform_files.py",
    "surveys/test_xlsform_languages.py",
    "surveys/test_xlsform_mapping.py",
    "surveys/test_xlsform_roundtrip.py",
    "test_architecture.py",
}
#: Files that take long for the number of their tests, besides those with a browser.
LONG = {
    "areas/test_ledger.py",
    "areas/test_ledger_at_once.py",
    "newsletters/test_processes.py",
    "participation/test_demo.py",
    "participation/test_demo_refused.py",
    "surveys/test_hostile.py",
}
HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"


def file_of(item) -> str:
    """The file of a test, as in the lists above."""
    return item.path.as_posix().removeprefix(f"{HERE.as_posix()}/")


def pytest_itemcollected(item):
    """Mark before tests are chosen by their marks."""
    if file_of(item) in ONE_DATABASE and item.get_closest_marker("both_databases") is None:
        item.add_marker(pytest.mark.one_database)


def short_last(items) -> None:
    """Order files so that several processes that share them out are done at the same time."""
    counts = Counter(map(file_of, items))

    def place(item):
        file = file_of(item)
        return not file.startswith("browser/"), file not in LONG, -counts[file], file

    items.sort(key=place)  # within a file they stay as they are


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """A test with real transactions ends with empty tables: no content types without pages."""
    if hasattr(config, "workerinput"):
        short_last(items)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )


def pytest_collection_finish():
    """Have the garbage collector pass over what was imported: it lives until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Keep the index of words and that of references only in files that may read them.

    Before all fixtures, also those of a whole file.
    """
    indexes.note(wanted=file_of(item) not in indexes.UNNOTED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Leave what the migrations made to the next test, whatever kind of test that is."""
    try:
        return (yield)
    finally:
        # Also where a fixture failed to end: the next test has no part in that.
        marker = item.get_closest_marker("django_db")
        blocker = item.session.config.stash.get(BLOCKER, None)  # none where all were skipped
        if blocker and nextitem and marker is not None and marker.kwargs.get("transaction"):
            with blocker.unblock():
                put_back()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request):
    """Keep what the migrations made; Django need not do so too, which takes much longer."""
    indexes.migrated()
    request.config.stash[BLOCKER] = django_db_blocker
    with django_db_blocker.unblock():
        keep_migrated()
        empty_by_deleting()
    connection._test_serialized_contents = "[]"


@pytest.fixture(autouse=True)
def in_dutch():
    """Forget the language of a test's last request, which stays active in its thread."""
    yield
    translation.deactivate()


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
