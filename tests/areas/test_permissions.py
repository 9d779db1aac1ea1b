"""An area manager sees and edits what lies below the own area, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from areas.agenda.models import AgendaItemPage
from areas.councils.models import Council
from tests.factories import pages as make

#: Every address of the Wagtail admin that acts on one page: name and method.
PAGE_ACTIONS = [
    ("wagtailadmin_pages:edit", "get"),
    ("wagtailadmin_pages:edit", "post"),
    ("wagtailadmin_pages:delete", "get"),
    ("wagtailadmin_pages:delete", "post"),
    ("wagtailadmin_pages:unpublish", "get"),
    ("wagtailadmin_pages:unpublish", "post"),
    ("wagtailadmin_pages:move", "get"),
    ("wagtailadmin_pages:copy", "get"),
    ("wagtailadmin_pages:history", "get"),
    ("wagtailadmin_pages:workflow_history", "get"),
    ("wagtailadmin_pages:view_draft", "get"),
    ("wagtailadmin_pages:preview_on_edit", "get"),
    ("wagtailadmin_pages:preview_on_edit", "post"),
    ("wagtailadmin_pages:lock", "post"),
    ("wagtailadmin_pages:unlock", "post"),
    ("wagtailadmin_pages:set_privacy", "get"),
    ("wagtailadmin_pages:convert_alias", "post"),
]
REFUSED = {302, 403, 404}


@pytest.fixture
def manager(login, area_manager):
    """The manager of Noord, logged in."""
    return login(area_manager)


@pytest.fixture
def own_item(north):
    agenda = make.AgendaPageFactory(parent=north, title="Agenda Noord")
    return make.AgendaItemPageFactory(parent=agenda, title="Punt van Noord")


@pytest.fixture
def other_item(west):
    agenda = make.AgendaPageFactory(parent=west, title="Agenda West")
    return make.AgendaItemPageFactory(parent=agenda, title="Punt van West")


def fresh(item):
    return AgendaItemPage.objects.get(pk=item.pk)


@pytest.mark.parametrize(("name", "method"), PAGE_ACTIONS)
def test_no_action_on_a_page_of_another_area(manager, other_item, name, method):
    other_item.save_revision()
    address = reverse(name, args=[other_item.pk])
    response = getattr(manager, method)(address)
    assert response.status_code in REFUSED
    assert b"Punt van West" not in response.content
    item = fresh(other_item)
    assert item.live
    assert not item.locked


def test_own_page_can_be_edited(manager, own_item):
    assert manager.get(reverse("wagtailadmin_pages:edit", args=[own_item.pk])).status_code == 200


def test_explorer_shows_only_the_own_area(manager, own_item, other_item, north, west):
    listing = manager.get(
        reverse("wagtailadmin_explore", args=[north.get_parent().pk]), follow=True
    )
    assert b"Haarlemmermeer-Noord" in listing.content
    assert b"Haarlemmermeer-West" not in listing.content
    response = manager.get(reverse("wagtailadmin_explore", args=[west.pk]))
    assert b"Agenda West" not in response.content


def test_admin_search_finds_only_the_own_area(manager, own_item, other_item):
    from django.core.management import call_command

    call_command("update_index", verbosity=0)
    text = manager.get(reverse("wagtailadmin_pages:search"), {"q": "Punt"}).content.decode()
    assert "Punt van West" not in text or "Punt van Noord" in text
    edit = reverse("wagtailadmin_pages:edit", args=[other_item.pk])
    assert f'href="{edit}"' not in text


def test_no_page_can_be_made_in_another_area(manager, west):
    for action in ("add_subpage",):
        assert (
            manager.get(reverse(f"wagtailadmin_pages:{action}", args=[west.pk])).status_code
            in REFUSED
        )
    before = Page.objects.count()
    for app_label, model in (("agenda", "agendapage"), ("cms", "contentpage")):
        response = manager.post(
            reverse("wagtailadmin_pages:add", args=[app_label, model, west.pk]),
            {"title": "Ingebroken", "slug": "ingebroken"},
        )
        assert response.status_code in REFUSED
    assert Page.objects.count() == before


def test_own_page_cannot_be_moved_or_copied_into_another_area(manager, own_item, other_item):
    agenda = other_item.get_parent()
    address = reverse("wagtailadmin_pages:move_confirm", args=[own_item.pk, agenda.pk])
    assert manager.post(address).status_code in REFUSED
    assert not fresh(own_item).is_descendant_of(agenda)
    before = agenda.get_children().count()
    manager.post(
        reverse("wagtailadmin_pages:copy", args=[own_item.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": agenda.pk,
            "copy_subpages": False,
            "publish_copies": False,
        },
    )
    assert agenda.get_children().count() == before


def test_bulk_actions_leave_other_areas_alone(manager, other_item):
    for action in ("delete", "unpublish", "publish", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        manager.post(f"{address}?id={other_item.pk}", {"confirm": "1"})
    assert fresh(other_item).live


def test_order_of_another_agenda_stays(manager, other_item):
    response = manager.post(
        reverse("wagtailadmin_pages:set_page_position", args=[other_item.pk]), {"position": 0}
    )
    assert response.status_code in REFUSED


def test_revisions_of_another_area_stay_closed(manager, other_item):
    revision = other_item.save_revision()
    for name, args in (
        ("wagtailadmin_pages:revisions_view", [other_item.pk, revision.pk]),
        ("wagtailadmin_pages:revisions_revert", [other_item.pk, revision.pk]),
        ("wagtailadmin_pages:revisions_compare", [other_item.pk, "live", revision.pk]),
        ("wagtailadmin_pages:revisions_unschedule", [other_item.pk, revision.pk]),
    ):
        response = manager.get(reverse(name, args=args))
        assert response.status_code in REFUSED, name


def test_own_area_is_edited_but_not_removed_hidden_or_moved(manager, north, areas):
    assert manager.get(reverse("wagtailadmin_pages:edit", args=[north.pk])).status_code == 200
    for name in ("delete", "unpublish", "move"):
        manager.post(reverse(f"wagtailadmin_pages:{name}", args=[north.pk]))
    north.refresh_from_db()
    assert north.live


def test_boundary_and_code_are_not_offered_to_the_manager(manager, north):
    text = manager.get(reverse("wagtailadmin_pages:edit", args=[north.pk])).content.decode()
    assert 'name="code"' not in text
    assert 'name="geometry"' not in text


def test_councils_of_other_areas_are_neither_listed_nor_open(manager, north, west):
    own = make.CouncilFactory(area=north, name="Dorpsraad Noord")
    other = make.CouncilFactory(area=west, name="Dorpsraad West")
    make.CouncilAddressFactory(council=other, email="geheim-west@example.nl")
    base = "wagtailsnippets_councils_council"
    listing = manager.get(reverse(f"{base}:list")).content.decode()
    assert own.name in listing
    assert other.name not in listing
    assert manager.get(reverse(f"{base}:edit", args=[own.pk])).status_code == 200
    bulk = reverse("wagtail_bulk_action", args=["councils", "council", "delete"])
    manager.post(f"{bulk}?id={other.pk}", {"confirm": "1"})
    assert Council.objects.filter(pk=other.pk).exists()
    for view in ("edit", "delete", "usage", "history", "copy"):
        try:
            address = reverse(f"{base}:{view}", args=[other.pk])
        except NoReverseMatch:  # a view that is not offered cannot leak
            continue
        response = manager.get(address)
        assert response.status_code in REFUSED, view
        assert b"geheim-west" not in response.content


def test_council_cannot_be_put_in_another_area(manager, north, west):
    own = make.CouncilFactory(area=north, name="Dorpsraad Noord")
    manager.post(
        reverse("wagtailsnippets_councils_council:edit", args=[own.pk]),
        {
            "name": "Dorpsraad Noord",
            "slug": own.slug,
            "kind": "dorpsraad",
            "area": west.pk,
            "active": "on",
            "geometry": "",
            "addresses-TOTAL_FORMS": 0,
            "addresses-INITIAL_FORMS": 0,
            "addresses-MIN_NUM_FORMS": 0,
            "addresses-MAX_NUM_FORMS": 1000,
        },
    )
    assert Council.objects.get(pk=own.pk).area_id == north.pk


def test_images_and_documents_of_others_stay_closed(manager, west):
    collection = Collection.objects.get(name=west.title)
    image = get_image_model().objects.create(
        title="Foto van West", file=get_test_image_file(), collection=collection
    )
    document = get_document_model().objects.create(
        title="Stuk van West", file=ContentFile(b"x", name="stuk.txt"), collection=collection
    )
    for name, pk in (
        ("wagtailimages:edit", image.pk),
        ("wagtailimages:delete", image.pk),
        ("wagtaildocs:edit", document.pk),
        ("wagtaildocs:delete", document.pk),
    ):
        assert manager.get(reverse(name, args=[pk])).status_code in REFUSED, name
    for name in ("wagtailimages:index", "wagtaildocs:index"):
        assert b"van West" not in manager.get(reverse(name)).content


@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailsites:index",
        "wagtailadmin_collections:index",
        "wagtailadmin_workflows:index",
        "wagtailsnippets_cms_editorrole:list",
        "wagtailsnippets_areas_theme:list",
        "wagtailsnippets_areas_place:list",
        "wagtailredirects:index",
    ],
)
def test_rooms_of_the_administrator_stay_closed(manager, name):
    response = manager.get(reverse(name))
    assert response.status_code in REFUSED


def test_site_settings_stay_closed(manager):
    response = manager.get(reverse("wagtailsettings:edit", args=["cms", "sitesettings"]))
    assert response.status_code in REFUSED


def test_visitor_without_account_gets_the_log_in(client, own_item):
    response = client.get(reverse("wagtailadmin_pages:edit", args=[own_item.pk]))
    assert response.status_code == 302
    assert "/beheer/login/" in response["Location"]


def test_reports_show_nothing_of_other_areas(manager, own_item, other_item):
    other_item.save_revision().publish()
    for name in (
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:aging_pages",
    ):
        assert b"Punt van West" not in manager.get(reverse(name)).content, name


@pytest.mark.parametrize("kind", ["councils_council", "surveys_poll", "councils_agreement"])
def test_a_chooser_makes_nothing(manager, kind):
    address = reverse(f"wagtailsnippetchoosers_{kind}:create")
    assert manager.get(address).status_code in REFUSED
    assert manager.post(address, {"name": "Nieuw"}).status_code in REFUSED
