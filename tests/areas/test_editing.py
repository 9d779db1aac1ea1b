"""Area managers and administrators edit areas and agendas in the Wagtail admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from areas.agenda.models import AgendaItemPage
from cms.models import ContentPage, EditorRole
from tests.factories import pages as make


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north)


@pytest.fixture
def item(agenda):
    return make.AgendaItemPageFactory(parent=agenda, title="Zebrapad Pa Verkuyllaan")


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def item_form(theme, **changes):
    """What the edit form of an agenda item sends."""
    data = {
        "title": "Zebrapad Pa Verkuyllaan",
        "slug": "zebrapad",
        "summary": "Een veilige oversteek.",
        "status": "gestart",
        "theme": theme.pk,
        "status_reason": "",
        "task": "Kinderen steken hier over.",
        "goal": "Veilig naar school.",
        "actions": rich_text("<p>Tekenen en bouwen</p>"),
        "lead": "Team Verkeer",
        "partners": "",
        "start_date": "",
        "end_date": "",
        "money": "",
        "geometry": "",
        "place_name": "",
        "source": "",
        "source_council": "",
        "source_text": "",
        "project": "",
        "image": "",
        "updates": inline_formset([]),
        "steps": inline_formset([]),
    }
    return nested_form_data({**data, **changes})


def test_manager_makes_an_item_with_place_and_publishes_it(manager, client, agenda):
    theme = make.ThemeFactory()
    response = manager.post(
        reverse("wagtailadmin_pages:add", args=["agenda", "agendaitempage", agenda.pk]),
        {
            **item_form(
                theme,
                geometry='{"type": "Point", "coordinates": [4.79, 52.34]}',
                updates=inline_formset([{"date": "2026-10-01", "text": "Getekend."}]),
            ),
            "action-publish": "1",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    item = AgendaItemPage.objects.get(slug="zebrapad")
    assert item.live
    assert list(item.areas.values_list("slug", flat=True)) == ["haarlemmermeer-noord"]
    assert "Getekend." in client.get(item.get_url()).content.decode()


def test_delayed_without_a_reason_is_refused_with_what_to_do(manager, agenda, item):
    response = manager.post(
        reverse("wagtailadmin_pages:edit", args=[item.pk]),
        {**item_form(item.theme, status="vertraagd"), "action-publish": "1"},
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert "Schrijf kort waarom dit vertraagd of gestopt is." in text
    assert "Kinderen steken hier over." in text
    assert AgendaItemPage.objects.get(pk=item.pk).status == "gestart"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start_date": "2026-05-01", "end_date": "2026-04-01"}, "vóór de begindatum"),
        ({"source": "raad"}, "Kies welke dorps- of wijkraad"),
        ({"geometry": "ergens bij de kerk"}, "plek"),
        ({"title": ""}, "verplicht"),
    ],
)
def test_wrong_input_is_refused_in_dutch(manager, item, changes, message):
    response = manager.post(
        reverse("wagtailadmin_pages:edit", args=[item.pk]),
        {**item_form(item.theme, **changes), "action-publish": "1"},
    )
    assert response.status_code == 200
    assert message in response.content.decode()


def test_draft_stays_off_the_site_until_published(manager, client, item):
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    manager.post(address, item_form(item.theme, title="Zebrapad in concept"))
    assert "in concept" not in client.get(item.get_url()).content.decode()
    manager.post(address, {**item_form(item.theme, title="Zebrapad nieuw"), "action-publish": "1"})
    fresh = AgendaItemPage.objects.get(pk=item.pk)
    assert "Zebrapad nieuw" in client.get(fresh.get_url()).content.decode()


@pytest.mark.parametrize("page_name", ["home", "area", "agenda", "item", "content"])
def test_preview_and_history_of_every_page_type(
    login, administrator, home, north, agenda, item, page_name
):
    page = {
        "home": home,
        "area": north,
        "agenda": agenda,
        "item": item,
        "content": make.ContentPageFactory(parent=home),
    }[page_name]
    page.save_revision(user=administrator)
    client = login(administrator)
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    assert page.title in draft.content.decode()
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_preview_of_unsaved_changes(manager, item):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[item.pk])
    data = item_form(item.theme, title="Alleen in het voorbeeld")
    assert manager.post(address, data).json()["is_valid"]
    preview = manager.get(address, {"mode": ""})
    assert "Alleen in het voorbeeld" in preview.content.decode()
    assert AgendaItemPage.objects.get(pk=item.pk).title == "Zebrapad Pa Verkuyllaan"


def test_compare_shows_what_moved(manager, item):
    first = item.save_revision()
    item.geometry = make.middle(item.area)
    second = item.save_revision()
    response = manager.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[item.pk, first.pk, second.pk])
    )
    assert response.status_code == 200
    assert "Plek op de kaart" in response.content.decode()


def test_scheduled_pages_go_live_when_due_and_not_before(client, agenda):
    now = timezone.now()
    for slug, moment in (
        ("straks", now + timedelta(hours=1)),
        ("zojuist", now - timedelta(minutes=1)),
    ):
        item = make.AgendaItemPageFactory(parent=agenda, live=False, slug=slug)
        item.go_live_at = moment
        item.save_revision(approved_go_live_at=moment)
    call_command("publish_scheduled", verbosity=0)
    assert client.get(f"{agenda.get_url()}straks/").status_code == 404
    assert client.get(f"{agenda.get_url()}zojuist/").status_code == 200


def test_workflow_asks_for_approval_and_publishes(
    login, administrator, make_user, client, agenda, item
):

    approvers = Group.objects.create(name="Goedkeurders")
    writers = Group.objects.create(name="Schrijvers")
    for group, codename in (
        (writers, "add_page"),
        (writers, "change_page"),
        (approvers, "publish_page"),
    ):
        GroupPagePermission.objects.create(
            group=group, page=agenda, permission=_page_permission(codename)
        )
    writers.permissions.add(_admin_access())
    approvers.permissions.add(_admin_access())
    task = GroupApprovalTask.objects.create(name="Nalezen")
    task.groups.add(approvers)
    workflow = Workflow.objects.create(name="Nalezen door de manager")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=agenda.pk))

    writer = login(make_user("schrijver", groups=[writers]))
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    data = item_form(item.theme, title="Zebrapad na nalezen")
    writer.post(address, {**data, "action-publish": "1"})
    assert AgendaItemPage.objects.get(pk=item.pk).title != "Zebrapad na nalezen"
    writer.post(address, {**data, "action-submit": "1"})

    approver = login(make_user("goedkeurder", groups=[approvers]))
    state = AgendaItemPage.objects.get(pk=item.pk).current_workflow_task_state
    assert state is not None
    response = approver.post(
        reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "approve", state.pk]),
        {"comment": "Akkoord"},
    )
    assert response.status_code == 302
    assert AgendaItemPage.objects.get(pk=item.pk).title == "Zebrapad na nalezen"


def _page_permission(codename):
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)


def _admin_access():
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")


def test_editor_role_limits_page_types(login, make_user, north, agenda, item):

    group = Group.objects.create(name="Tekstredacteuren")
    group.permissions.add(_admin_access())
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=north, permission=_page_permission(codename)
        )
    role = EditorRole.objects.create(group=group)
    role.page_types.add(ContentType.objects.get_for_model(ContentPage))
    editor = login(make_user("tekstredacteur", groups=[group]))
    text_page = make.ContentPageFactory(parent=north)

    assert editor.get(reverse("wagtailadmin_pages:edit", args=[text_page.pk])).status_code == 200
    for page in (north, agenda, item):
        response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code in {302, 403}
    choices = editor.get(
        reverse("wagtailadmin_pages:add_subpage", args=[north.pk]), follow=True
    ).content.decode()
    assert "agendapage" not in choices
    response = editor.post(
        reverse("wagtailadmin_pages:add", args=["agenda", "agendapage", north.pk]),
        {"title": "Toch een agenda", "slug": "toch"},
    )
    assert response.status_code in {302, 403}
    assert not Page.objects.filter(slug="toch").exists()
