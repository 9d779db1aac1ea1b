"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import pagecache
from .models import SiteSettings


def site_settings(request: HttpRequest) -> dict:
    """The settings an administrator edits, loaded only when a template asks for them."""

    def load() -> SiteSettings:
        return pagecache.remember(
            ("site settings", pagecache.host_key(request)),
            lambda: SiteSettings.for_request(request),
        )

    return {"site_settings": SimpleLazyObject(load)}
