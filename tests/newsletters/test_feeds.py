"""The archive: search in it, and as RSS and Atom."""

import xml.etree.ElementTree as ET  # of what we made ourselves

import pytest

from tests.factories import newsletters as make
from tests.factories.newsletters import block, body

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_archive_is_searched_and_followed_by_area(
    client, north, west, django_assert_max_num_queries
):
    evil = "<b>Licht</b> & lucht ]]>"
    make.NewsletterPageFactory(
        parent=north,
        to=[north],
        title=evil,
        body=body(block("text", "<p>De dierenambulance komt.</p>")),
    )
    make.NewsletterPageFactory(parent=west, to=[west], title="Dijk", summary="Hoger\x0ben breder")
    make.NewsletterPageFactory(parent=west, title="Concept", live=False)

    def page(query, status=200):
        response = client.get(f"/nieuwsbrieven/{query}")
        assert response.status_code == status
        return response.content.decode()

    for query, there, gone in (
        ("?q=dierenambulance", "&lt;b&gt;Licht", ">Dijk<"),
        ("?q=luch", "&lt;b&gt;Licht", ">Dijk<"),  # the beginning of a word of a title
        ("?q=breder&gebied=haarlemmermeer-west", ">Dijk<", "&lt;b&gt;Licht"),
        ("?q=breder&gebied=haarlemmermeer-noord", "Geen nieuwsbrief gevonden", ">Dijk<"),
        ("?q=*)(%22", "Geen nieuwsbrief gevonden", ">Dijk<"),
        ("?q=%00", "Dijk", "Concept"),
    ):
        content = page(query, 400 if "%00" in query else 200)
        assert there in content, query
        assert gone not in content, query
    assert "Zoek met ten hoogste 100 tekens" in page(f"?q={'x' * 101}", 400)
    link = 'href="/nieuwsbrieven/rss/?gebied=haarlemmermeer-west"'
    assert page("?gebied=haarlemmermeer-west").count(link) == 2

    with django_assert_max_num_queries(8):
        response = client.get("/nieuwsbrieven/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    channel = ET.fromstring(response.content).find("channel")  # noqa: S314
    assert {item.findtext("title") for item in channel.iter("item")} == {evil, "Dijk"}
    for item in channel.iter("item"):
        assert item.findtext("link").startswith("http://127.0.0.1:8000/haarlemmermeer-")
    response = client.get("/nieuwsbrieven/atom/?gebied=haarlemmermeer-west")
    feed = ET.fromstring(response.content)  # noqa: S314
    assert feed.find(f"{ATOM}title").text == f"Nieuwsbrieven over {west.title}"
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Dijk"
    assert entry.find(f"{ATOM}id").text.startswith("tag:127.0.0.1,2026:nieuwsbrief-")
    assert entry.find(f"{ATOM}updated").text
    for slug in ("nergens", "%00", "x" * 300):
        assert client.get(f"/nieuwsbrieven/atom/?gebied={slug}").status_code == 404
