"""The step to a new period: planned as a draft, carried out at publication, nothing lost."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from areas.agenda.models import AgendaItemPage, AgendaPage, LedgerEntry, ProgressUpdate, Rollover
from tests.factories import pages as make

FORM = {
    "title": "Gebiedsagenda 2028-2029",
    "period_start": "2028-01-01",
    "period_end": "2029-12-31",
}


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Gebiedsagenda 2026-2027")


@pytest.fixture
def items(agenda):
    """One item of every status, by status, and a draft."""
    found = {
        status: make.AgendaItemPageFactory(
            parent=agenda,
            title=f"Punt {status}",
            slug=status,
            status=status,
            status_reason="Daarom." if status in ("vertraagd", "gestopt") else "",
        )
        for status in ("gepland", "gestart", "vertraagd", "klaar", "gestopt")
    }
    found["concept"] = make.AgendaItemPageFactory(
        parent=agenda, title="Punt concept", slug="concept", status="gepland", live=False
    )
    return found


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def address(agenda):
    return reverse("agenda_rollover", args=[agenda.pk])


def begin(client, agenda, **changes):
    return client.post(address(agenda), {**FORM, **changes})


def publish(client, agenda, **changes):
    data = {
        "title": agenda.title,
        "slug": agenda.slug,
        "summary": "",
        "image": "",
        "period_start": agenda.period_start.isoformat(),
        "period_end": agenda.period_end.isoformat(),
        "intro": rich_text(""),
        "action-publish": "1",
    }
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[agenda.pk]), nested_form_data({**data, **changes})
    )
    assert response.status_code == 302, response.context["form"].errors
    return response


def titles(agenda):
    return [page.title for page in AgendaPage.objects.get(pk=agenda.pk).get_children()]


def next_agenda():
    return AgendaPage.objects.get(slug="gebiedsagenda-2028-2029")


def test_the_page_tells_what_moves_and_what_stays(manager, agenda, items):
    html = manager.get(address(agenda)).content.decode()
    moving, staying = html.split('id="gp-moving"')[1].split('id="gp-staying"')
    for status in ("gepland", "gestart", "vertraagd", "concept"):
        assert f"Punt {status} " in moving
    for status in ("klaar", "gestopt"):
        assert f"Punt {status} " in staying
        assert f"Punt {status} " not in moving
    assert 'value="Gebiedsagenda 2028-2029"' in html
    assert Rollover.objects.count() == 0


def test_until_publication_residents_notice_nothing(manager, client, agenda, items):
    before = client.get(agenda.get_url()).content.decode()
    response = begin(manager, agenda)
    target = next_agenda()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert not target.live
    html = manager.get(response["Location"]).content.decode()
    assert "verhuizen 4 open punten van ‘Gebiedsagenda 2026-2027’ hierheen" in html
    after = client.get(agenda.get_url()).content.decode()
    assert items["gestart"].title in before
    assert items["gestart"].title in after
    assert client.get(items["gestart"].get_url()).status_code == 200
    assert client.get(target.get_url()).status_code == 404


def test_publication_moves_open_items_with_all_they_have(
    manager, area_manager, client, agenda, items
):
    item = items["gestart"]
    ProgressUpdate.objects.create(item=item, date=date(2026, 5, 1), text="De tekening is klaar.")
    old = {status: item.get_url() for status, item in items.items()}
    ledger = list(LedgerEntry.objects.filter(item=item).order_by("pk"))
    begin(manager, agenda)
    publish(manager, next_agenda())

    assert titles(agenda) == ["Punt klaar", "Punt gestopt"]
    assert titles(next_agenda()) == [
        "Punt gepland",
        "Punt gestart",
        "Punt vertraagd",
        "Punt concept",
    ]
    moved = AgendaItemPage.objects.get(pk=item.pk)
    new = moved.get_url()
    assert new == "/haarlemmermeer-noord/gebiedsagenda-2028-2029/gestart/"
    for path in (old["gestart"], f"/en{old['gestart']}"):
        response = client.get(path)
        assert response.status_code == 301
        assert response["Location"].endswith(new)
    assert client.get(f"/en{old['gestart']}")["Location"] == f"/en{new}"
    html = client.get(new).content.decode()
    assert "De tekening is klaar." in html
    assert "Dit punt kwam op de agenda" in html
    assert "Agenda: van" in html
    assert "Gebiedsagenda 2026-2027" in html
    assert client.get(old["klaar"]).status_code == 200
    *kept, last = LedgerEntry.objects.filter(item=item).order_by("pk")
    assert kept == ledger
    assert (last.field, last.author, last.old) == (
        "agenda",
        area_manager,
        "Gebiedsagenda 2026-2027",
    )
    assert not LedgerEntry.objects.filter(item=items["concept"]).exists()
    assert not AgendaItemPage.objects.get(pk=items["concept"].pk).live
    assert Page.find_problems() == ([], [], [], [], [])
    assert list(moved.areas.values_list("slug", flat=True)) == ["haarlemmermeer-noord"]
    publish(manager, next_agenda())
    assert LedgerEntry.objects.filter(item=item, field="agenda").count() == 1


def test_the_site_leads_on_to_the_new_agenda(manager, client, north, agenda, items):
    begin(manager, agenda)
    publish(manager, next_agenda())
    html = client.get(agenda.get_url()).content.decode()
    assert "staat nu op de volgende agenda" in html
    assert "Alle agendapunten samen" not in html  # all that is left is done
    assert next_agenda().get_url() in html
    assert agenda.get_url() in client.get(next_agenda().get_url()).content.decode()
    # Also before the new period begins: what the area works on stands there.
    home = manager.get("/beheer/").content.decode()
    assert reverse("wagtailadmin_explore", args=[next_agenda().pk]) in home
    assert f'href="{reverse("wagtailadmin_explore", args=[agenda.pk])}"' not in home
    area = client.get(north.get_url()).content.decode()
    assert "Gebiedsagenda 2028-2029" in area
    assert items["gestart"].title in area


def test_an_item_that_is_done_meanwhile_stays(manager, agenda, items):
    begin(manager, agenda)
    item = AgendaItemPage.objects.get(pk=items["gestart"].pk)
    item.status = "klaar"
    item.save_revision().publish()
    publish(manager, next_agenda())
    assert "Punt gestart" in titles(agenda)


def test_a_planned_publication_moves_by_the_clock(manager, agenda, items):
    begin(manager, agenda)
    soon = timezone.localtime(timezone.now() + timedelta(days=1))
    publish(manager, next_agenda(), go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    assert "Punt gestart" in titles(agenda)
    revision = next_agenda().scheduled_revision
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    call_command("tick")
    assert "Punt gestart" in titles(next_agenda())
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_item_keeps_its_draft(manager, agenda, items):
    item = AgendaItemPage.objects.get(pk=items["gestart"].pk)
    item.task = "Wat ik alvast schreef."
    item.save_revision()
    begin(manager, agenda)
    publish(manager, next_agenda())
    moved = AgendaItemPage.objects.get(pk=item.pk)
    assert moved.get_latest_revision_as_object().task == "Wat ik alvast schreef."
    assert moved.get_latest_revision_as_object().get_parent().pk == next_agenda().pk
    assert moved.task != "Wat ik alvast schreef."


def test_an_item_that_somebody_had_in_hand_stays_where_it_moved(manager, agenda, items):
    in_hand = AgendaItemPage.objects.get(pk=items["gestart"].pk)
    begin(manager, agenda)
    publish(manager, next_agenda())
    in_hand.money = "€ 5.000"
    in_hand.save()
    assert "Punt gestart" in titles(next_agenda())
    assert "Punt gestart" not in titles(agenda)
    assert AgendaItemPage.objects.get(pk=in_hand.pk).get_url().endswith("-2029/gestart/")
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_address_that_is_taken_gets_a_number(manager, agenda, items):
    begin(manager, agenda)
    make.AgendaItemPageFactory(parent=next_agenda(), title="Nieuw", slug="gestart", live=False)
    AgendaItemPage.objects.get(pk=items["gestart"].pk).save_revision().publish()
    publish(manager, next_agenda())
    moved = AgendaItemPage.objects.get(pk=items["gestart"].pk)
    assert moved.url_path.endswith("/gebiedsagenda-2028-2029/gestart-2/")
    assert moved.get_latest_revision_as_object().slug == "gestart-2"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period_start": "2027-06-01"}, "begint na de laatste dag van deze agenda"),
        ({"period_end": "2027-12-31"}, "eindigt voordat zij begint"),
        ({"title": ""}, "Geef de nieuwe agenda een titel."),
        ({"title": "x" * 300}, "255"),
        ({"period_start": "morgen"}, "Dit is geen datum."),
        ({"period_end": ""}, "Kies de laatste dag"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(manager, agenda, changes, message):
    response = begin(manager, agenda, **changes)
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    for value in {**FORM, **changes}.values():
        assert f'value="{value}"' in html or not value
    assert AgendaPage.objects.count() == 1


def test_a_period_of_another_agenda_is_refused(manager, north, agenda):
    make.AgendaPageFactory(
        parent=north,
        title="Alvast",
        period_start=date(2029, 12, 31),
        period_end=date(2030, 12, 31),
        live=False,
    )
    assert "Deze periode valt samen met ‘Alvast’" in begin(manager, agenda).content.decode()
    assert begin(manager, agenda, period_end="2029-12-30").status_code == 302


def test_an_agenda_is_followed_once(manager, agenda, items):
    begin(manager, agenda)
    again = begin(manager, agenda, period_start="2030-01-01", period_end="2031-12-31")
    assert "Er staat al een nieuwe agenda klaar" in again.content.decode()
    assert AgendaPage.objects.count() == 2
    manager.post(reverse("wagtailadmin_pages:delete", args=[next_agenda().pk]))
    assert Rollover.objects.count() == 0
    assert "Punt gestart" in titles(agenda)
    begin(manager, agenda)
    publish(manager, next_agenda())
    html = manager.get(address(agenda)).content.decode()
    assert "verhuisden al naar ‘Gebiedsagenda 2028-2029’" in html
    assert "<form" not in html.split('id="main"')[1]


def test_three_periods_keep_the_first_address(manager, client, agenda, items):
    first = items["gestart"].get_url()
    begin(manager, agenda)
    publish(manager, next_agenda())
    begin(
        manager,
        next_agenda(),
        title="Gebiedsagenda 2030-2031",
        period_start="2030-01-01",
        period_end="2031-12-31",
    )
    publish(manager, AgendaPage.objects.get(slug="gebiedsagenda-2030-2031"))
    response = client.get(first)
    assert response["Location"].endswith("/gebiedsagenda-2030-2031/gestart/")
    assert client.get(response["Location"]).status_code == 200


def test_only_who_may_publish_here(login, make_user, north, west, agenda, items, client):
    users = {
        "west": make_user("west", groups=[west.manager_group]),
        "schrijver": make_user(
            "schrijver", groups=[Group.objects.get(name="Schrijvers haarlemmermeer-noord")]
        ),
        "niemand": make_user("niemand"),
    }
    for name, user in users.items():
        stranger = login(user)
        for response in (stranger.get(address(agenda)), begin(stranger, agenda)):
            assert response.status_code in (302, 403), name
            assert b"Punt gestart" not in response.content
        explore = stranger.get(reverse("wagtailadmin_explore", args=[agenda.pk]))
        assert address(agenda) not in explore.content.decode()
    assert "/beheer/login/" in client.get(address(agenda))["Location"]
    assert AgendaPage.objects.count() == 1


def test_the_button_stands_in_the_menu_of_the_agenda(manager, north, agenda, items):
    html = manager.get(reverse("wagtailadmin_explore", args=[agenda.pk])).content.decode()
    assert address(agenda) in html
    for other in (north, items["gestart"]):
        html = manager.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).content.decode()
        assert "nieuwe-periode" not in html


def test_queries_of_the_page_do_not_grow(manager, agenda, items, django_assert_num_queries):
    manager.get(address(agenda))
    with CaptureQueriesContext(connection) as few:
        manager.get(address(agenda))
    make.AgendaItemPageFactory.create_batch(10, parent=agenda)
    with django_assert_num_queries(len(few)):
        manager.get(address(agenda))
