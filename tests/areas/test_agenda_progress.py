"""How far items are follows from what is done; and items of which nothing is heard."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, rich_text

from areas.agenda.models import AgendaAction, AgendaItemPage, LedgerEntry
from cms.models import SiteSettings
from tests.areas.test_editing import item_form
from tests.factories import pages as make
from tests.factories.participation import ProjectPageFactory, ProjectPhaseFactory
from tests.queries import queries_by_address


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def today():
    return timezone.localdate()


def add_steps(item, *statuses):
    for number, status in enumerate(statuses):
        AgendaAction.objects.create(item=item, text=f"Stap {number}", status=status)


def html_of(client, page):
    return client.get(page.get_url()).content.decode()


def test_manager_adds_actions_and_the_text_about_them_stays(manager, client, agenda):
    item = make.AgendaItemPageFactory(parent=agenda)
    steps = [
        {"text": "Tekenen <b>", "status": "klaar", "date": "2026-05-01"},
        {"text": "Bouwen", "status": "bezig", "date": ""},
        {"text": "Openen", "status": "open", "date": ""},
    ]
    changes = {"actions": rich_text("<p>In drie stappen</p>"), "steps": inline_formset(steps)}
    response = manager.post(
        reverse("wagtailadmin_pages:edit", args=[item.pk]),
        {**item_form(item.theme, **changes), "action-publish": "1"},
    )
    assert response.status_code == 302, response.context["form"].formsets["steps"].errors
    html = html_of(client, AgendaItemPage.objects.get(pk=item.pk))
    for text in ("In drie stappen", "Tekenen &lt;b&gt;", "1 mei 2026", "1 van 3 acties klaar"):
        assert text in html
    assert "<strong>33%</strong>" in html


@pytest.mark.parametrize(
    ("status", "percent"), [("gepland", 0), ("gestart", 50), ("vertraagd", 50), ("klaar", 100)]
)
def test_without_actions_the_status_tells(client, agenda, status, percent):
    item = make.AgendaItemPageFactory(parent=agenda, status=status, status_reason="Daarom.")
    assert f"<strong>{percent}%</strong>" in html_of(client, item)


def test_phases_of_a_public_project_tell(client, north, agenda, today):
    project = ProjectPageFactory(parent=north)
    day = timedelta(days=1)
    for start, end in (((-90, -60)), (-59, -30), (-29, None)):
        ProjectPhaseFactory(
            project=project, start=today + start * day, end=end and today + end * day
        )
    item = make.AgendaItemPageFactory(parent=agenda, project=project)
    html = html_of(client, item)
    assert "2 van 3 fasen van het project voorbij" in html
    assert "<strong>67%</strong>" in html
    project.unpublish()
    assert "<strong>50%</strong>" in html_of(client, item)


def test_theme_and_area_follow_from_their_items(client, north, agenda, today):
    agenda.period_start = today
    agenda.save()
    green, road = make.ThemeFactory(name="Groen"), make.ThemeFactory(name="Verkeer")
    item = make.AgendaItemPageFactory(parent=agenda, theme=green, status="gestart")
    add_steps(item, "klaar", "klaar", "klaar", "open")
    make.AgendaItemPageFactory(parent=agenda, theme=road, status="klaar")
    make.AgendaItemPageFactory(parent=agenda, theme=road, status="gepland")
    make.AgendaItemPageFactory(parent=agenda, theme=road, status="gestopt", status_reason="Duur.")
    html = html_of(client, agenda)
    assert "Alle agendapunten samen: <strong>58%</strong>" in html
    assert html.index("Dit thema: <strong>75%</strong>") < html.index("Verkeer</h2>")
    assert "Dit thema: <strong>50%</strong>" in html
    # What a visitor filters does not change how far a theme is.
    filtered = client.get(agenda.get_url(), {"status": "klaar"}).content.decode()
    assert "Dit thema: <strong>50%</strong>" in filtered
    assert "Alle agendapunten samen: <strong>58%</strong>" in html_of(client, north)


def test_queries_do_not_grow_with_actions(client, north, agenda):
    item = make.AgendaItemPageFactory(parent=agenda, project=ProjectPageFactory(parent=north))
    add_steps(item, "klaar")
    addresses = [item.get_url(), agenda.get_url(), north.get_url()]
    few = queries_by_address(client, addresses)
    for _ in range(8):
        more = make.AgendaItemPageFactory(
            parent=agenda, theme=item.theme, project=ProjectPageFactory(parent=north)
        )
        add_steps(more, "klaar", "open", "bezig")
    add_steps(item, *["open"] * 20)
    after = queries_by_address(client, addresses[:2])
    assert after == {address: few[address] for address in addresses[:2]}
    assert max(few.values()) <= 25


def quiet(agenda, **values):
    """A public item of which nothing was heard for fifteen weeks."""
    item = make.AgendaItemPageFactory(
        parent=agenda, last_published_at=timezone.now() - timedelta(weeks=15), **values
    )
    return item


def confirm(client, item):
    return client.post(reverse("agenda_confirm", args=[item.pk]), follow=True)


def test_one_click_says_that_a_silent_item_still_holds(manager, area_manager, client, agenda):
    item = quiet(agenda, title="Stil punt")
    html = manager.get("/beheer/").content.decode()
    assert "Agendapunten zonder nieuws" in html
    assert reverse("agenda_confirm", args=[item.pk]) in html
    answer = confirm(manager, item).content.decode()
    assert "‘Stil punt’ klopt nog" in answer
    assert "Agendapunten zonder nieuws" not in answer
    note = LedgerEntry.objects.get(item=item, field="confirmed")
    assert note.author == area_manager
    assert "Nagekeken: dit klopt nog" in html_of(client, item)
    confirm(manager, item)
    assert LedgerEntry.objects.filter(item=item, field="confirmed").count() == 1


def test_one_click_for_an_overdue_item(manager, agenda, today):
    item = make.AgendaItemPageFactory(parent=agenda, end_date=today - timedelta(days=1))
    assert "over hun einddatum heen" in manager.get("/beheer/").content.decode()
    assert "over hun einddatum heen" not in confirm(manager, item).content.decode()


def test_an_item_with_news_or_not_begun_is_not_silent(manager, agenda, today):
    make.ProgressUpdateFactory(item=quiet(agenda), date=today)
    quiet(agenda, status="gepland")
    quiet(agenda, status="klaar")
    quiet(agenda, live=False)
    assert "Agendapunten zonder nieuws" not in manager.get("/beheer/").content.decode()


def test_the_number_of_weeks_is_a_setting(manager, agenda):
    quiet(agenda)
    SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), silent_weeks=20)
    assert "Agendapunten zonder nieuws" not in manager.get("/beheer/").content.decode()


def test_nobody_else_confirms(login, make_user, north, west, agenda, area_manager):
    item = quiet(agenda)
    stranger = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    confirm(stranger, item)
    Client().post(reverse("agenda_confirm", args=[item.pk]))
    login(area_manager).get(reverse("agenda_confirm", args=[item.pk]))
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(area_manager)
    assert careful.post(reverse("agenda_confirm", args=[item.pk])).status_code == 403
    assert not LedgerEntry.objects.filter(field="confirmed").exists()


def test_a_draft_is_not_confirmed(manager, agenda):
    item = quiet(agenda, live=False)
    assert confirm(manager, item).status_code == 404


def test_confirming_leaves_a_draft_as_it_is(manager, agenda):
    item = quiet(agenda, end_date=date(2030, 1, 1))
    item.title = "In concept"
    item.save_revision()
    confirm(manager, item)
    fresh = AgendaItemPage.objects.get(pk=item.pk)
    assert fresh.get_latest_revision_as_object().title == "In concept"
    assert fresh.has_unpublished_changes
