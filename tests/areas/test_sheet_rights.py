"""Who may take a table of agenda items out and in, and which items are not for a table now."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from areas.agenda.models import AgendaItemPage
from tests.areas.test_sheets import as_csv, confirm, export, fresh, problems, upload
from tests.factories import pages as make


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Agenda Noord")


@pytest.fixture
def item(agenda):
    return make.AgendaItemPageFactory(
        parent=agenda, title="Zebrapad bij de school", theme=make.ThemeFactory(name="Verkeer")
    )


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def writer(make_user, north, login):
    groups = [Group.objects.get(name="Schrijvers haarlemmermeer-noord")]
    return login(make_user("schrijver", groups=groups))


@pytest.mark.parametrize("what", ["locked", "draft", "workflow", "planned"])
def test_an_item_that_somebody_is_busy_with_is_named(manager, make_user, agenda, item, what):
    rows = [["id", "trekker"], [item.pk, "Team A"]]
    if what == "locked":
        item.locked = True
        item.save()
    elif what == "workflow":
        item.save_revision()
        item.get_workflow().start(item, make_user("iemand"))
    elif what == "planned":
        moment = timezone.now() + timedelta(days=2)
        item.go_live_at = moment
        item.save_revision(approved_go_live_at=moment)
    else:
        item.task = "Alvast"
        item.save_revision()
    response = upload(manager, agenda, as_csv(rows))
    words = {
        "locked": "op slot",
        "draft": "ligt er een concept",
        "workflow": "wacht op goedkeuring",
        "planned": "wijziging gepland",
    }
    assert problems(response)[0][:2] == (2, "id")
    assert words[what] in problems(response)[0][2]
    untouched = upload(manager, agenda, export(manager, agenda))
    assert "0 wijzigingen" in untouched.content.decode()


def test_what_a_writer_sends_in_waits_as_drafts(writer, client, agenda, item):
    form = writer.get(reverse("agenda_sheet", args=[agenda.pk])).content.decode()
    assert "publish_new" not in form
    rows = [["id", "titel", "thema", "trekker"], [item.pk, item.title, "Verkeer", "Team A"]]
    rows.append(["", "Nieuw van de schrijver", "Verkeer", ""])
    response = upload(writer, agenda, as_csv(rows), publish_new="on")
    assert "meteen" not in response.content.decode()
    confirm(writer, response)
    assert fresh(item).lead == "Team Verkeer"
    assert fresh(item).get_latest_revision_as_object().lead == "Team A"
    assert not AgendaItemPage.objects.get(title="Nieuw van de schrijver").live
    assert "Team A" not in client.get(fresh(item).get_url()).content.decode()


def test_only_who_works_in_the_area(login, make_user, manager, west, agenda, item, client):
    plan = upload(manager, agenda, as_csv([["id", "trekker"], [item.pk, "Team A"]]))
    plan_address = plan.request["PATH_INFO"]
    fingerprint = plan.context["plan"].fingerprint
    addresses = [
        reverse("agenda_sheet", args=[agenda.pk]),
        reverse("agenda_export", args=[agenda.pk, "csv"]),
        plan_address,
    ]
    colleague = login(
        make_user("collega", groups=list(Group.objects.filter(managed_area=agenda.get_parent().pk)))
    )
    assert colleague.get(addresses[0]).status_code == 200
    assert colleague.get(plan_address).status_code == 404
    for name, user in {
        "west": make_user("west", groups=[west.manager_group]),
        "niemand": make_user("niemand"),
    }.items():
        stranger = login(user)
        for address in addresses:
            for response in (
                stranger.get(address),
                stranger.post(address, {"fingerprint": fingerprint}),
            ):
                assert response.status_code in (302, 403, 404, 405), (name, address)
                assert b"Zebrapad" not in response.content
        assert addresses[0] not in (
            stranger.get(reverse("wagtailadmin_explore", args=[agenda.pk])).content.decode()
        )
    for address in addresses:
        assert "/beheer/login/" in client.get(address)["Location"]
    assert fresh(item).lead == "Team Verkeer"
    own = manager.get(reverse("wagtailadmin_explore", args=[agenda.pk])).content.decode()
    assert addresses[0] in own
