"""Fixtures of the tests of surveys."""

import pytest
import wagtail_factories
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits, and which browsers voted, are kept in the cache."""
    cache.clear()


@pytest.fixture
def kept_pages(settings, home, client):
    """Pages come from memory, as they do for real."""
    settings.PAGE_CACHE_ENABLED = True
    client.get("/")  # the very first page makes the site's settings, which drops all kept pages


@pytest.fixture
def picture(db):
    """A photo to choose."""
    return wagtail_factories.ImageFactory(title="Schommel")
