"""The site's addresses and one more: a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from participation.urls import handler400, handler403, handler404, handler500  # noqa: F401
from participation.urls import urlpatterns as site_urls

TRIVIAL = "belasting/niets/"


def trivial(request: HttpRequest) -> HttpResponse:
    """The least that a Django view can do."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path(TRIVIAL, trivial), *site_urls]
