"""The programme of an area: goals in the long term, told up to what came of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from areas.agenda.models import AgendaItemPage, ProgrammeGoal, ProgrammePage
from tests.areas.test_editing import item_form
from tests.factories import pages as make
from tests.factories import participation as make_projects
from tests.queries import queries_by_address


@pytest.fixture
def agenda(north):
    return make.AgendaPageFactory(parent=north, slug="agenda", title="Agenda Noord")


@pytest.fixture
def programme(north):
    return make.ProgrammePageFactory(parent=north)


@pytest.fixture
def goal(programme):
    return make.ProgrammeGoalFactory(programme=programme, title="Veilig naar school")


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def goal_form(theme, **changes):
    return {
        "title": "Veilig naar school",
        "text": "Elk kind fietst zelf.",
        "theme": theme.pk,
        "target_year": "2035",
        **changes,
    }


def form(goals, initial=0, **changes):
    """What the form of a programme sends."""
    data = {
        "title": "Gebiedsprogramma 2040",
        "slug": "programma",
        "summary": "Waar wij heen willen.",
        "image": "",
        "intro": rich_text("<p>Met de raden gemaakt.</p>"),
        "goals": inline_formset(goals, initial=initial),
    }
    return nested_form_data({**data, **changes})


def add_address(area):
    return reverse("wagtailadmin_pages:add", args=["agenda", "programmepage", area.pk])


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_manager_makes_a_programme_and_residents_read_it(manager, client, north):
    theme = make.ThemeFactory(name="Verkeer")
    response = manager.post(add_address(north), {**form([goal_form(theme)]), "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    html = client.get(ProgrammePage.objects.get().get_url()).content.decode()
    for text in ("Veilig naar school", "Elk kind fietst zelf.", "Streefjaar: 2035", "Verkeer"):
        assert text in html
    area = client.get(north.get_url()).content.decode()
    assert "Van doel tot resultaat" in area
    assert "#doel-" in area


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "verplicht"),
        ({"target_year": "1999"}, "2000"),
        ({"target_year": "ooit"}, "getal"),
        ({"theme": "99999"}, "keuze"),
        ({"text": "x" * 601}, "600"),
    ],
)
def test_a_goal_that_cannot_be_is_refused(manager, north, changes, message):
    goal = {**goal_form(make.ThemeFactory()), **changes}
    response = manager.post(add_address(north), {**form([goal]), "action-publish": "1"})
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "Waar wij heen willen." in html
    assert ProgrammePage.objects.count() == 0


def test_an_area_has_one_programme(manager, north, programme):
    response = manager.post(add_address(north), {**form([]), "slug": "nog-een"})
    assert response.status_code in (302, 403)
    assert ProgrammePage.objects.count() == 1
    html = manager.get(reverse("wagtailadmin_pages:add_subpage", args=[north.pk])).content.decode()
    assert "gebiedsprogramma" not in html.lower().split('id="main"')[1]


def test_story_from_goal_to_result(client, north, agenda, programme, goal):
    project = make_projects.ProjectPageFactory(parent=north, title="Nieuwe brug")
    today = timezone.localdate()
    make_projects.ProjectPhaseFactory(
        project=project, name="Aanleg", start=today - timedelta(days=9), end=None
    )
    make.AgendaItemPageFactory(
        parent=agenda, title="Loopt nu", programme_goal=goal, project=project
    )
    done = make.AgendaItemPageFactory(
        parent=agenda, title="Is klaar", programme_goal=goal, status="klaar"
    )
    make.ProgressUpdateFactory(item=done, text="Het zebrapad ligt er.")
    make.AgendaItemPageFactory(
        parent=agenda,
        title="Gaat niet door",
        programme_goal=goal,
        status="gestopt",
        status_reason="Te duur.",
    )
    make.AgendaItemPageFactory(
        parent=agenda, title="Nog in concept", programme_goal=goal, live=False
    )
    make.AgendaItemPageFactory(parent=agenda, title="Zonder doel")
    html = client.get(programme.get_url()).content.decode()
    now, rest = html.split("Dit doen we nu")[1].split("Dit is bereikt")
    result, stopped = rest.split("Hiermee zijn we gestopt")
    assert "Loopt nu" in now
    assert "Nieuwe brug" in now
    assert "Aanleg" in now
    assert "Is klaar" in result
    assert "Het zebrapad ligt er." in result
    assert "Te duur." in stopped
    assert "Agenda Noord" in now
    # One runs by estimate (the phase has no end and is not past), one is done.
    assert 'value="50"' in html
    assert "Nog in concept" not in html
    assert "Zonder doel" not in html
    english = client.get(f"/en{programme.get_url()}")
    assert english.status_code == 200


def test_item_leads_to_its_goal(client, agenda, programme, goal):
    item = make.AgendaItemPageFactory(parent=agenda, programme_goal=goal)
    link = f'href="{programme.get_url()}#{goal.anchor}"'
    assert link in client.get(item.get_url()).content.decode()
    ProgrammePage.objects.get(pk=programme.pk).unpublish()
    assert link not in client.get(item.get_url()).content.decode()


def test_only_goals_of_the_own_area_can_be_chosen(manager, west, agenda, goal):
    other = make.ProgrammeGoalFactory(
        programme=make.ProgrammePageFactory(parent=west), title="Doel van West"
    )
    item = make.AgendaItemPageFactory(parent=agenda)
    address = edit_address(item)
    html = manager.get(address).content.decode()
    assert "Veilig naar school" in html
    assert "Doel van West" not in html
    data = {**item_form(item.theme, programme_goal=other.pk), "action-publish": "1"}
    response = manager.post(address, data)
    assert response.status_code == 200
    assert response.context["form"].errors["programme_goal"]
    data["programme_goal"] = goal.pk
    assert manager.post(address, data).status_code == 302
    assert AgendaItemPage.objects.get(pk=item.pk).programme_goal == goal


def test_a_goal_that_goes_leaves_the_item(manager, agenda, programme, goal):
    item = make.AgendaItemPageFactory(parent=agenda, programme_goal=goal)
    gone = {**goal_form(goal.theme, id=goal.pk), "DELETE": "on"}
    manager.post(edit_address(programme), {**form([gone], initial=1), "action-publish": "1"})
    assert ProgrammeGoal.objects.count() == 0
    assert AgendaItemPage.objects.get(pk=item.pk).programme_goal is None


def test_a_goal_stays_the_same_through_drafts_and_publications(manager, agenda, programme):
    theme = make.ThemeFactory()
    # New in a draft, published, and changed again in a version that builds on that draft.
    manager.post(edit_address(programme), form([goal_form(theme)]))
    manager.post(
        edit_address(programme),
        {**form([goal_form(theme, id="")], initial=1), "action-publish": "1"},
    )
    goal = ProgrammeGoal.objects.get()
    item = make.AgendaItemPageFactory(parent=agenda, programme_goal=goal)
    page = manager.get(edit_address(programme))
    row = page.context["form"].formsets["goals"].forms[0]
    changed = goal_form(theme, id=row["id"].value() or "", title="Veilig op de fiets")
    response = manager.post(
        edit_address(programme), {**form([changed], initial=1), "action-publish": "1"}
    )
    assert response.status_code == 302
    assert ProgrammeGoal.objects.get().title == "Veilig op de fiets"
    assert AgendaItemPage.objects.get(pk=item.pk).programme_goal == goal


def test_an_older_draft_published_later_keeps_the_goals(manager, agenda, programme):
    theme = make.ThemeFactory()
    draft = ProgrammePage.objects.get(pk=programme.pk)
    draft.goals.add(ProgrammeGoal(title="Rust op straat", theme=theme))
    first = draft.save_revision()
    second = first.as_object().save_revision()
    first.publish()
    goal = ProgrammeGoal.objects.get()
    item = make.AgendaItemPageFactory(parent=agenda, programme_goal=goal)
    second.publish()
    assert ProgrammeGoal.objects.get() == goal
    assert AgendaItemPage.objects.get(pk=item.pk).programme_goal == goal


def test_a_copied_programme_takes_no_items_along(manager, login, administrator, west, goal):
    client = login(administrator)
    response = client.post(
        reverse("wagtailadmin_pages:copy", args=[goal.programme_id]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": west.pk,
            "copy_subpages": "",
            "publish_copies": "on",
            "alias": "",
        },
    )
    assert response.status_code == 302
    assert ProgrammeGoal.objects.filter(title="Veilig naar school").count() == 2


def test_hostile_text_stays_text(client, agenda, programme):
    evil = "<script>alert(1)</script>"
    goal = make.ProgrammeGoalFactory(programme=programme, title=evil, text=evil)
    make.AgendaItemPageFactory(parent=agenda, title=evil, slug="x", programme_goal=goal)
    for address in (programme.get_url(), "/haarlemmermeer-noord/"):
        assert "<script>alert(1)" not in client.get(address).content.decode()


def test_others_keep_off(login, make_user, west, programme, client):
    stranger = login(make_user("west", groups=[west.manager_group]))
    data = {**form([]), "title": "Ingebroken", "action-publish": "1"}
    assert stranger.post(edit_address(programme), data).status_code in (302, 403)
    writer = login(
        make_user("schrijver", groups=[Group.objects.get(name="Schrijvers haarlemmermeer-noord")])
    )
    writer.post(edit_address(programme), data)
    assert ProgrammePage.objects.get(pk=programme.pk).title == programme.title
    assert "/beheer/login/" in client.get(edit_address(programme))["Location"]


def test_an_empty_programme_says_so(client, programme):
    assert "nog geen doelen" in client.get(programme.get_url()).content.decode()


def test_queries_do_not_grow(client, north, agenda, programme):
    addresses = [programme.get_url(), north.get_url()]

    def grow(count):
        for _ in range(count):
            goal = make.ProgrammeGoalFactory(programme=programme)
            for status in ("gestart", "klaar"):
                project = make_projects.ProjectPageFactory(parent=north)
                item = make.AgendaItemPageFactory(
                    parent=agenda, programme_goal=goal, status=status, project=project
                )
                make.ProgressUpdateFactory(item=item)

    grow(2)
    few = queries_by_address(client, addresses)
    grow(6)
    assert queries_by_address(client, addresses) == few
    assert max(few.values()) <= 30
