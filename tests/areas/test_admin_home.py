"""The first page of the admin: the user's own areas, what to do there and what waits."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from surveys.services import ensure_editor_group
from tests.factories import pages as make
from tests.factories.surveys import SurveyPageFactory

HOME = "/beheer/"


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, title="Agenda Noord")


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def panel(response) -> str:
    """The part of the first page about the user's areas."""
    html = response.content.decode()
    return re.search(r'<div class="gp-home">.*?</section>\s*</div>', html, flags=re.S)[0]


def link(label: str, html: str) -> str | None:
    """Where the button with this label leads."""
    buttons = re.findall(r'<a class="gp-area__link" href="([^"]+)">(.*?)</a>', html, flags=re.S)
    return next((url for url, inner in buttons if f"<span>{escape(label)}</span>" in inner), None)


def test_manager_gets_buttons_for_the_own_area_only(login, area_manager, north, west, agenda):
    html = panel(login(area_manager).get(HOME))
    assert "Uw gebied<" in html
    assert north.title in html
    assert west.title not in html
    assert link("Gebiedsagenda wijzigen", html) == reverse("wagtailadmin_explore", args=[agenda.pk])
    assert link("Bekijk op de site", html) == north.get_url()
    add = "wagtailadmin_pages:add"
    for label, address in {
        "Nieuw agendapunt": reverse(add, args=["agenda", "agendaitempage", agenda.pk]),
        "Nieuw project": reverse(add, args=["projects", "projectpage", north.pk]),
        "Nieuwe enquête": reverse(add, args=["surveys", "surveypage", north.pk]),
        "Nieuw spreekuur": reverse(add, args=["officehours", "officehourpage", north.pk]),
        "Nieuwe nieuwsbrief": reverse(add, args=["newsletters", "newsletterpage", north.pk]),
        "Gebiedspagina wijzigen": reverse("wagtailadmin_pages:edit", args=[north.pk]),
    }.items():
        assert link(label, html) == address


def test_every_button_opens(login, area_manager, agenda):
    manager = login(area_manager)
    addresses = re.findall(r'class="gp-area__link" href="([^"]+)"', panel(manager.get(HOME)))
    assert len(addresses) >= 8
    for address in addresses:
        # A new survey first asks how to start.
        assert manager.get(address, follow=True).status_code == 200, address


def test_the_agenda_of_today_is_the_one_to_change(login, area_manager, north):
    today = timezone.localdate()
    periods = {"vorige": -900, "nu": -30, "volgende": 700}
    agendas = {
        name: make.AgendaPageFactory(
            parent=north,
            title=name,
            slug=name,
            period_start=today + timedelta(days=days),
            period_end=today + timedelta(days=days + 600),
        )
        for name, days in periods.items()
    }
    html = panel(login(area_manager).get(HOME))
    assert link("Gebiedsagenda wijzigen", html) == reverse(
        "wagtailadmin_explore", args=[agendas["nu"].pk]
    )


def test_administrator_sees_all_areas(login, administrator, areas):
    html = panel(login(administrator).get(HOME))
    assert "Uw gebieden" in html
    for area in areas.values():
        assert area.title in html


def test_editor_of_surveys_gets_surveys_only(login, make_user, home, north, agenda, yesterday):
    make.AgendaItemPageFactory(parent=agenda, title="Punt over tijd", end_date=yesterday)
    html = panel(login(make_user("enquetes", groups=[ensure_editor_group()])).get(HOME))
    assert north.title in html
    assert link("Nieuwe enquête", html) is not None
    for label in (
        "Nieuw agendapunt",
        "Gebiedsagenda wijzigen",
        "Nieuw project",
        "Gebiedspagina wijzigen",
    ):
        assert link(label, html) is None
    assert "Punt over tijd" not in html


def test_user_without_an_area_reads_what_to_do(login, make_user, home):
    user = make_user("nieuw")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert "U hebt nog geen gebied" in login(user).get(HOME).content.decode()


def test_what_waits_is_listed_with_why(login, area_manager, north, agenda, yesterday):
    make.AgendaItemPageFactory(parent=agenda, title="Punt over tijd", end_date=yesterday)
    make.AgendaItemPageFactory(
        parent=agenda, title="Klaar op tijd", end_date=yesterday, status="klaar", place_name="Dorp"
    )
    placed = make.AgendaItemPageFactory(
        parent=agenda, title="Op de kaart", geometry=make.middle(north)
    )
    make.AgendaItemPageFactory(parent=agenda, title="Overal", place_name="hele gebied")
    make.AgendaItemPageFactory(parent=agenda, title="Nergens")
    placed.title = "Op de kaart, in concept"
    placed.save_revision()
    html = panel(login(area_manager).get(HOME))
    overdue, without_place, drafts = re.split(
        "Agendapunten over hun einddatum heen|Agendapunten zonder plek|Concepten die nog", html
    )[1:]
    assert "Punt over tijd" in overdue
    assert "Klaar op tijd" not in html
    assert "Nergens" in without_place
    assert "Punt over tijd" in without_place
    assert "Overal" not in html
    assert "Op de kaart, in concept" in drafts
    assert "Op de kaart, in concept" not in overdue + without_place


def test_what_waits_elsewhere_is_somebody_elses(login, area_manager, west, agenda, yesterday):
    other = make.AgendaPageFactory(parent=west)
    make.AgendaItemPageFactory(parent=other, title="Punt van West", end_date=yesterday)
    html = panel(login(area_manager).get(HOME))
    assert "Punt van West" not in html
    assert "Alles is bij" in html


def test_surveys_without_their_outcome_wait(login, area_manager, north, yesterday):
    SurveyPageFactory(parent=north, title="Belofte", closed=True, outcome_due=yesterday)
    SurveyPageFactory(parent=north, title="Bijna dicht")
    SurveyPageFactory(
        parent=north,
        title="Nog lang open",
        closes_at=timezone.now() + timedelta(days=30),
        outcome_due=timezone.localdate() + timedelta(days=60),
    )
    html = panel(login(area_manager).get(HOME))
    promised, closing = re.split("Enquêtes zonder de beloofde|Enquêtes die binnen een week", html)[
        1:
    ]
    assert "Belofte" in promised
    assert "Bijna dicht" in closing
    assert "Nog lang open" not in html


def test_planned_changes_and_what_is_read_elsewhere_do_not_wait(login, area_manager, agenda):
    item = make.AgendaItemPageFactory(parent=agenda, title="Ingepland", place_name="Dorp")
    moment = timezone.now() + timedelta(days=2)
    item.go_live_at = moment
    item.save_revision(approved_go_live_at=moment)
    assert "Ingepland" not in panel(login(area_manager).get(HOME))


def test_titles_cannot_break_out(login, area_manager, agenda, yesterday):
    make.AgendaItemPageFactory(
        parent=agenda, title="<script>alert(1)</script>", slug="x", end_date=yesterday
    )
    assert "<script>alert(1)" not in login(area_manager).get(HOME).content.decode()


def test_number_of_queries_does_not_grow(
    login,
    area_manager,
    administrator,
    areas,
    yesterday,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    agendas = [make.AgendaPageFactory(parent=area) for area in areas.values()]

    def add_items(count):
        for agenda in agendas:
            theme = make.ThemeFactory()
            for _ in range(count):
                item = make.AgendaItemPageFactory(parent=agenda, end_date=yesterday, theme=theme)
                item.save_revision()

    add_items(1)
    for user in (area_manager, administrator):
        client = login(user)
        client.get(HOME)
        with django_assert_max_num_queries(46) as few:
            client.get(HOME)
        before = len(few)
        add_items(4)
        with django_assert_num_queries(before):
            html = panel(client.get(HOME))
        assert "Agendapunten over hun einddatum heen" in html
    assert "en nog" in html
