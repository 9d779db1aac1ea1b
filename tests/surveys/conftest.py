"""Fixtures of the tests of surveys."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits, and which browsers voted, are kept in the cache."""
    cache.clear()
