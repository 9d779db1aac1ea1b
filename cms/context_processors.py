"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import SiteSettings


def site_settings(request: HttpRequest) -> dict:
    """The settings an administrator edits, loaded only when a template asks for them."""
    return {"site_settings": SimpleLazyObject(lambda: SiteSettings.for_request(request))}
