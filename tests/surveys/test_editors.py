"""Survey editors: surveys and polls in all areas, and nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from surveys.models import SurveyPage
from surveys.services import ensure_editor_group
from tests.factories import pages
from tests.factories import surveys as make
from tests.surveys.admin_forms import long_text, survey_form

pytestmark = pytest.mark.django_db
REFUSED = {302, 403, 404}


@pytest.fixture
def editor(areas, make_user, login):
    """A client of a survey editor."""
    return login(make_user("enqueteredacteur", groups=[ensure_editor_group()]))


@pytest.mark.parametrize("code", ["haarlemmermeer-noord", "nieuw-vennep"])
def test_makes_changes_and_publishes_surveys_everywhere(editor, client, areas, code):
    add = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", areas[code].pk])
    assert editor.get(f"{add}?leeg=1").status_code == 200
    assert editor.post(add, survey_form() | {"action-publish": "1"}).status_code == 302
    survey = SurveyPage.objects.get()
    assert survey.live
    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    form = survey_form([long_text("Een betere vraag?")]) | {"action-publish": "1"}
    assert editor.post(edit, form).status_code == 302
    assert "Een betere vraag?" in client.get(survey.url).content.decode()
    assert editor.get(reverse("surveys_results", args=[survey.pk])).status_code == 200


def test_edits_no_other_kind_of_page(editor, areas, home):
    agenda = pages.AgendaPageFactory(parent=areas["nieuw-vennep"])
    text = pages.ContentPageFactory(parent=home)
    for page in (home, areas["nieuw-vennep"], agenda, text):
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert editor.get(edit).status_code in REFUSED
        assert editor.post(edit, {"title": "Overgenomen"}).status_code in REFUSED
        for action in ("delete", "unpublish"):
            address = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
            assert editor.post(address).status_code in REFUSED
        page.refresh_from_db()
        assert page.live
        assert page.title != "Overgenomen"


def test_makes_no_other_kind_of_page(editor, areas, home):
    for parent, app_label, model in (
        (areas["nieuw-vennep"], "agenda", "agendapage"),
        (home, "cms", "contentpage"),
        (home, "areas", "areapage"),
    ):
        before = Page.objects.count()
        add = reverse("wagtailadmin_pages:add", args=[app_label, model, parent.pk])
        assert editor.get(add).status_code in REFUSED
        assert editor.post(add, {"title": "Nieuw", "slug": "nieuw"}).status_code in REFUSED
        assert Page.objects.count() == before


@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailsites:index",
        "wagtailsnippets_councils_council:list",
        "wagtailsnippets_areas_theme:list",
        "wagtailredirects:index",
    ],
)
def test_opens_no_other_part_of_the_admin(editor, name):
    assert editor.get(reverse(name)).status_code in REFUSED


def test_edits_polls_of_every_area_and_of_none(editor, areas):
    for area in (areas["nieuw-vennep"], None):
        poll = make.PollFactory(area=area)
        edit = reverse("wagtailsnippets_surveys_poll:edit", args=[poll.pk])
        assert editor.get(edit).status_code == 200


def test_making_the_group_again_changes_nothing(home):
    first = ensure_editor_group()
    assert ensure_editor_group() == first
    assert Group.objects.filter(name=first.name).count() == 1
    assert first.page_permissions.count() == 5
    assert list(first.editor_role.page_types.values_list("model", flat=True)) == ["surveypage"]
