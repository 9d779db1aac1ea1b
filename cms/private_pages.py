"""Pages behind a link that one person has."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


def for_one_person(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page behind a private link: kept nowhere, found by no search engine.

    The address goes to no other site. Not "no-referrer": browsers then send forms without
    their origin, and the protection against forms of other sites would refuse ours.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped
