"""The links at the bottom of every page: chosen by an editor, then those of the apps."""

from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories import pages as make


def footer(client, address="/") -> list[tuple[str, str, str | None]]:
    """Title, address and aria-current of each link in the footer."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [
        (link.get_text(strip=True), link["href"], link.get("aria-current"))
        for link in page.select(".gp-footer__links a")
    ]


def test_pages_below_home_stand_in_the_footer_when_an_editor_says_so(client, home):
    make.ContentPageFactory(parent=home, title="Contact", slug="contact", show_in_menus=True)
    make.ContentPageFactory(parent=home, title="Verborgen", slug="verborgen")
    concept = make.ContentPageFactory(parent=home, title="Concept", show_in_menus=True, live=False)
    make.ContentPageFactory(parent=concept, title="Dieper", show_in_menus=True)
    links = footer(client)
    assert links[0] == ("Contact", "/contact/", None)
    assert not {"Verborgen", "Concept", "Dieper"} & {title for title, _url, _current in links}
    assert footer(client, "/contact/")[0] == ("Contact", "/contact/", "page")
    assert footer(client, "/en/")[0] == ("Contact", "/en/contact/", None)


def test_page_behind_a_password_stands_not_in_the_footer(client, home):
    page = make.ContentPageFactory(parent=home, title="Besloten", show_in_menus=True)
    assert "Besloten" in {title for title, _url, _current in footer(client)}
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="sesam")
    assert "Besloten" not in {title for title, _url, _current in footer(client)}


def test_queries_of_the_footer_do_not_grow(client, home, django_assert_max_num_queries):
    make.ContentPageFactory(parent=home, show_in_menus=True)
    client.get("/")
    with django_assert_max_num_queries(25) as few:
        client.get("/")
    for _ in range(12):
        make.ContentPageFactory(parent=home, show_in_menus=True)
    with django_assert_max_num_queries(len(few)):
        client.get("/")
