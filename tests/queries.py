"""Counting queries of pages before and after their data grew."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site


def queries_by_address(client: Client, addresses) -> dict[str, int]:
    """The number of queries that a first visit to each address takes."""
    counts = {}
    for address in addresses:
        Site.clear_site_root_paths_cache()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        counts[address] = len(queries)
    return counts
