"""An edition with one of every block as readers see it: the page, and the mail's own HTML."""

import pytest
from django.conf import settings

from newsletters.rendering.newsletter import preview_mail
from tests.browser.conftest import ALL_RULES, OVERFLOW, SCHEMES, WIDTHS
from tests.newsletters import full

#: A mail is a letter within somebody else's page, which has the landmarks.
LETTER = ALL_RULES | {
    "rules": {name: {"enabled": False} for name in ("region", "landmark-one-main")}
}
PICTURES_ARE_THERE = """() => Promise.all([...document.images].map(async (picture) => {
  picture.loading = "eager";
  await picture.decode();
  const box = picture.getBoundingClientRect();
  return Math.abs(box.width / box.height - picture.naturalWidth / picture.naturalHeight) < 0.02;
}))"""


@pytest.fixture
def edition(north):
    return full.edition(north)


def test_the_page_and_the_mail_are_sound(
    page, live_server, assert_sound, assert_accessible, edition
):
    html = preview_mail(edition).html.replace(settings.BASE_URL, live_server.url)
    page.set_default_navigation_timeout(60_000)  # the first page makes pictures in many sizes
    page.goto(live_server.url + edition.url)
    assert page.evaluate(PICTURES_ARE_THERE) == [True, True, True]
    assert_sound(page, schemes=SCHEMES)
    page.get_by_role("link", name="Groot, voor het prikbord").wait_for()

    # Pages of the site have a policy that refuses styles on elements; a mail has them.
    page.route("**/mail", lambda route: route.fulfill(body=html, content_type="text/html"))
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS.values():
            page.set_viewport_size(width)
            page.goto(f"{live_server.url}/mail")
            assert page.evaluate(PICTURES_ARE_THERE) == [True, True, True]
            assert page.evaluate(OVERFLOW) <= 0
            assert_accessible(page, options=LETTER)
