"""Small services of the site that every floor uses."""

from urllib.parse import urljoin

from django.conf import settings


def absolute_url(path: str) -> str:
    """The address of `path` on the public site, from BASE_URL and not from the request's Host."""
    return urljoin(settings.BASE_URL.rstrip("/") + "/", path)
