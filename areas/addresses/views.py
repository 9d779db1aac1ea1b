"""`POST /adres/`: the address search of a map, for the script in the page.

A POST, though it changes nothing: what stands in an address line ends up in the logs of servers
and in the history of a browser, and an address tells where somebody lives.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms import ratelimit

from . import search

LIMIT_SECONDS = 600


def may_search(request: HttpRequest) -> bool:
    """Count one search of a visitor's network; False where there were too many."""
    return ratelimit.allow(
        "address-search",
        ratelimit.client_key(request),
        limit=settings.ADDRESS_SEARCHES_PER_ADDRESS,
        period=LIMIT_SECONDS,
    )


@csrf_exempt  # it changes nothing, and no other site can read what it answers
@never_cache
@require_POST
def address_search(request: HttpRequest) -> JsonResponse:
    """With `q`: `{"items": [{"id", "label"}], "note"}`. With `id`: `{"lat", "lon", "label"}`.

    404 where an id is not to be found, 429 after too many searches; both with a `note`.
    """
    if not may_search(request):
        note = _("U zocht heel vaak. Wacht tien minuten, of zoek de plek zelf op de kaart.")
        return JsonResponse({"note": note}, status=HTTPStatus.TOO_MANY_REQUESTS)
    key = request.POST.get("id", "")
    if key:
        point = search.locate(key)
        if point is None:
            note = _("Wij kunnen deze plek nu niet vinden. Zoek de plek zelf op de kaart.")
            return JsonResponse({"note": note}, status=HTTPStatus.NOT_FOUND)
        return JsonResponse({"lat": point.y, "lon": point.x, "label": search.name_of(key)})
    found = search.find(request.POST.get("q", ""))
    items = [{"id": item_id, "label": label} for item_id, label in found.items]
    return JsonResponse({"items": items, "note": found.note})
