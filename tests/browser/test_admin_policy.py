"""The Wagtail admin runs under our content security policy: no inline script, no outsider.

Every test here fails at its end, by the `context` fixture, on any violation the browser reports.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import pages as make


@pytest.fixture(autouse=True)
def logged_in(administrator, browser_login):
    browser_login(administrator)


@pytest.fixture
def item(north):
    return make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north))


ADDRESSES = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtaildocs:index",
    "wagtaildocs:add_multiple",
    "wagtailadmin_account",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_workflows:add",
    "wagtailusers_users:add",
    "wagtailusers_groups:add",
    "wagtailredirects:add",
    "wagtailadmin_collections:add",
]


def test_pages_of_the_admin_break_no_policy(page, live_server, home):
    for name in ADDRESSES:
        response = page.goto(live_server.url + reverse(name))
        assert response.ok, name
        policy = response.header_value("content-security-policy")
        assert "script-src 'self'" in policy
        script = policy.split("script-src")[1].split(";")[0]
        assert "unsafe" not in script
        expect(page.locator("h1, h2").first).to_be_attached()


def test_editing_history_and_comparison_break_no_policy(page, live_server, item):
    first, second = item.save_revision(), item.save_revision()
    for name, args in (
        ("wagtailadmin_explore", [item.get_parent().pk]),
        ("wagtailadmin_pages:add_subpage", [item.get_parent().pk]),
        ("wagtailadmin_pages:edit", [item.pk]),
        ("wagtailadmin_pages:edit", [item.get_parent().get_parent().pk]),
        ("wagtailadmin_pages:history", [item.pk]),
        ("wagtailadmin_pages:revisions_compare", [item.pk, first.pk, second.pk]),
        ("wagtailadmin_pages:workflow_history", [item.pk]),
        ("wagtailadmin_pages:delete", [item.pk]),
        ("wagtailadmin_pages:move", [item.pk]),
    ):
        response = page.goto(live_server.url + reverse(name, args=args))
        assert response.ok, name
        expect(page.locator("main h1, main h2, #main").first).to_be_visible()


def test_row_added_to_an_inline_panel_has_a_date_picker(page, live_server, item):
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[item.pk]))
    for number in (1, 2):
        page.get_by_role("button", name="Voeg Bericht over de voortgang toe").click()
        expect(page.locator("[data-inline-panel-child]")).to_have_count(number)
    second = page.locator("[data-inline-panel-child]").last
    second.locator("input[name$='-date']").click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date").nth(10).click()
    assert second.locator("input[name$='-date']").input_value()
    second.locator("textarea").fill("De tekening is klaar.")

    second.locator("[data-inline-panel-child-move-up]").click()
    expect(page.locator("[data-inline-panel-child] textarea").first).to_have_value(
        "De tekening is klaar."
    )


@pytest.mark.parametrize(
    ("button", "shown"),
    [("Kies een afbeelding", "Kies een afbeelding"), ("Kies een pagina", "Alleen pagina's")],
)
def test_choosers_open(page, live_server, item, button, shown):
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[item.pk]))
    page.get_by_role("button", name=button).first.click()
    expect(page.locator(".modal-content")).to_contain_text(shown)


def test_preview_of_a_draft_breaks_no_policy(page, live_server, item):
    item.title = "Zebrapad in concept"
    item.save_revision()
    page.goto(live_server.url + reverse("wagtailadmin_pages:view_draft", args=[item.pk]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zebrapad in concept")
