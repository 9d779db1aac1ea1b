"""Writers of an area hand in, and its managers answer; all through the admin."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from wagtail.models import Task, Workflow, WorkflowPage

from areas.agenda.models import AgendaItemPage
from areas.services import ensure_area_workflow
from cms.services import ensure_moderation_workflow
from tests.areas.test_editing import item_form
from tests.factories import pages as make


@pytest.fixture
def item(north):
    return make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north), title="Oud")


@pytest.fixture
def writer(make_user, north):
    return make_user(
        "schrijver", groups=[Group.objects.get(name="Schrijvers haarlemmermeer-noord")]
    )


@pytest.fixture
def edit(item):
    return reverse("wagtailadmin_pages:edit", args=[item.pk])


def fresh(item):
    return AgendaItemPage.objects.get(pk=item.pk)


def answer(client, item, action, comment=""):
    """The manager's answer to what was handed in."""
    state = fresh(item).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[item.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def test_writer_hands_in_and_manager_approves(login, writer, area_manager, client, item, edit):
    writing = login(writer)
    html = writing.get(edit).content.decode()
    assert "Laat nalezen" in html
    assert 'name="action-publish"' not in html
    writing.post(edit, {**item_form(item.theme, title="Zebrapad erbij"), "action-submit": "1"})
    assert "Zebrapad erbij" not in client.get(item.get_url()).content.decode()

    managing = login(area_manager)
    first_page = managing.get("/beheer/").content.decode()
    assert re.search(r"awaiting-review.*?Zebrapad erbij", first_page, flags=re.S)
    assert "Goedkeuren en publiceren" in managing.get(edit).content.decode()
    assert answer(managing, item, "approve").status_code == 302
    assert fresh(item).title == "Zebrapad erbij"
    assert "Zebrapad erbij" in client.get(fresh(item).get_url()).content.decode()


def test_manager_is_mailed_and_asks_for_a_change(login, writer, area_manager, item, edit):
    writing = login(writer)
    writing.post(edit, {**item_form(item.theme, title="Zebrapad erbij"), "action-submit": "1"})
    assert [message.to for message in mail.outbox] == [[area_manager.email]]
    mail.outbox.clear()
    answer(login(area_manager), item, "reject", comment="Noem ook de school.")
    assert fresh(item).title == "Oud"
    (message,) = mail.outbox
    assert message.to == [writer.email]
    assert "Noem ook de school." in message.body
    again = {**item_form(item.theme, title="Met de school"), "action-submit": "1"}
    writing.post(edit, again)
    answer(login(area_manager), item, "approve")
    assert fresh(item).title == "Met de school"


def test_writer_cannot_publish_by_any_way(login, writer, item, edit):
    writing = login(writer)
    writing.post(edit, {**item_form(item.theme, title="Stiekem"), "action-publish": "1"})
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    writing.post(f"{bulk}?id={item.pk}", {"confirm": "1"})
    assert fresh(item).title == "Oud"
    writing.post(edit, {**item_form(item.theme, title="Stiekem"), "action-submit": "1"})
    answer(writing, item, "approve")
    assert fresh(item).title == "Oud"


def test_writer_stays_in_the_own_area(login, writer, west):
    other = make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=west))
    response = login(writer).get(reverse("wagtailadmin_pages:edit", args=[other.pk]))
    assert response.status_code in {302, 403, 404}


def test_manager_of_another_area_does_not_answer(login, writer, make_user, west, north, item, edit):
    login(writer).post(
        edit, {**item_form(item.theme, title="Zebrapad erbij"), "action-submit": "1"}
    )
    stranger = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    answer(stranger, item, "approve")
    assert fresh(item).title == "Oud"
    assert "Zebrapad erbij" not in stranger.get("/beheer/").content.decode()


def test_every_area_has_its_own_workflow_and_groups(areas):
    for area in areas.values():
        workflow = WorkflowPage.objects.get(page_id=area.pk).workflow
        assert workflow.name == f"Nalezen door gebiedsmanager {area.title}"
        (task,) = workflow.tasks
        assert list(task.specific.groups.all()) == [area.manager_group]
        assert Group.objects.filter(name=f"Schrijvers {area.code}").count() == 1


def test_making_workflows_again_changes_nothing(north):
    before = (Workflow.objects.count(), Task.objects.count())
    own = Workflow.objects.create(name="Eigen keuze")
    WorkflowPage.objects.filter(page_id=north.pk).update(workflow=own)
    ensure_area_workflow(area=north)
    ensure_moderation_workflow()
    assert (Workflow.objects.count(), Task.objects.count()) == (before[0] + 1, before[1])
    assert WorkflowPage.objects.get(page_id=north.pk).workflow == own


def test_pages_outside_areas_go_to_the_final_editors(login, make_user, home, north, client):
    page = make.ContentPageFactory(parent=home, title="Oude uitleg")
    author = make_user("redacteur", groups=[Group.objects.get(name="Redacteuren")])
    editor = make_user("eindredacteur", groups=[Group.objects.get(name="Eindredacteuren")])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {
        "title": "Nieuwe uitleg",
        "slug": page.slug,
        "summary": "",
        "image": "",
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-submit": "1",
    }
    login(author).post(edit, data)
    page.refresh_from_db()
    assert page.title == "Oude uitleg"
    assert page.current_workflow_state.workflow.name == "Nalezen door de eindredactie"
    answer_address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )
    login(editor).post(answer_address, {"comment": ""})
    page.refresh_from_db()
    assert page.title == "Nieuwe uitleg"
