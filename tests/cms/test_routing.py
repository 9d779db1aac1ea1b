"""Finding a page by its address: straight to it, and as guarded as everything above it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import pages as make

pytestmark = pytest.mark.django_db


def test_a_page_deep_down_takes_no_more_queries_than_one_above_it(client, home):
    deep = [make.ContentPageFactory(parent=home, slug="een")]
    for slug in ("twee", "drie"):
        deep.append(make.ContentPageFactory(parent=deep[-1], slug=slug))
    counts = []
    for page in deep:
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.url).context_data["page"] == page
        counts.append(len(queries))
    assert len(set(counts)) == 1
    long = "een/twee/" + "drie/" * 500
    for wrong in ("een/drie/", "twee/", "een/twee/drie/vier/", "een/nul/drie/", long):
        assert client.get(f"/{wrong}").status_code == 404, wrong
    # What lies below a page that is not public yet is found, as Wagtail does.
    deep[0].unpublish()
    assert client.get("/een/").status_code == 404
    assert client.get("/een/twee/").status_code == 200


def test_an_alias_is_guarded_as_what_it_is_an_alias_of(client, home):
    guarded = make.ContentPageFactory(parent=home, slug="geheim")
    below = make.ContentPageFactory(parent=guarded, slug="onder")
    elsewhere = make.ContentPageFactory(parent=home, slug="elders")
    alias = guarded.create_alias(parent=elsewhere, recursive=True, update_slug="kopie")
    again = alias.create_alias(parent=home, update_slug="kopie-van-kopie")
    third = again.create_alias(parent=home, update_slug="derde")
    fourth = third.create_alias(parent=home, update_slug="vierde")
    PageViewRestriction.objects.create(page=guarded, restriction_type="password", password="x")
    for page in (guarded, below, alias, alias.get_children().get(), again, third, fourth):
        words = client.get(page.url).content.decode()
        assert 'type="password"' in words, page.url
    assert 'type="password"' not in client.get(elsewhere.url).content.decode()
