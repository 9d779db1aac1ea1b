"""Pages that are not for everybody: the door has the face of the site."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.conftest import PASSWORD
from tests.factories import pages as make


@pytest.fixture
def closed_page(home):
    return make.ContentPageFactory(
        parent=home, title="Geheim plan", slug="plan", summary="Niet voor iedereen."
    )


def test_password_of_a_page_is_asked_with_the_way_to_a_person(client, closed_page):
    PageViewRestriction.objects.create(
        page=closed_page, restriction_type="password", password="sesam"
    )
    shown = client.get("/plan/").content.decode()
    assert "Wachtwoord nodig" in shown
    assert "0900-1852" in shown
    assert "Geheim plan" not in shown
    assert "Niet voor iedereen." not in shown
    form = BeautifulSoup(shown, "html.parser").select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    wrong = client.post(form["action"], fields | {"password": "mis"})
    assert "gp-error-summary" in wrong.content.decode()
    right = client.post(form["action"], fields | {"password": "sesam"}, follow=True)
    assert "Geheim plan" in right.content.decode()


def test_page_for_staff_asks_to_log_in(client, closed_page, administrator):
    PageViewRestriction.objects.create(page=closed_page, restriction_type="login")
    response = client.get("/plan/", follow=True)
    form = BeautifulSoup(response.content, "html.parser").select_one("main form")
    assert "Geheim plan" not in response.content.decode()
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    filled = fields | {"username": administrator.username, "password": PASSWORD}
    opened = client.post(response.request["PATH_INFO"], filled, follow=True)
    assert "Geheim plan" in opened.content.decode()
