"""The page with all we hold about an address, and the same as a file."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.private_pages import for_one_person

from ..models import Subscription
from ..personal import as_json, held
from ..tokens import InvalidTokenError, preferences_token, read_personal_token
from .subscriptions import invalid_link


def _subscription(token: str) -> Subscription | None:
    try:
        primary_key = read_personal_token(token)
    except InvalidTokenError:
        return None
    return Subscription.objects.ever_confirmed().filter(pk=primary_key).first()


@require_safe
@for_one_person
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """`/nieuwsbrieven/gegevens/<token>/`: all data, readable."""
    subscription = _subscription(token)
    if subscription is None:
        return invalid_link(request)
    return render(
        request,
        "newsletters/personal.html",
        {
            "email": subscription.email,
            "sections": held(subscription.email),
            "token": token,
            "preferences_token": preferences_token(subscription.pk),
        },
    )


@require_safe
@for_one_person
def personal_file(request: HttpRequest, token: str) -> HttpResponse:
    """`/nieuwsbrieven/gegevens/<token>/mijn-gegevens.json`: the same for a program."""
    subscription = _subscription(token)
    if subscription is None:
        return invalid_link(request)
    response = JsonResponse(
        as_json(subscription.email, held(subscription.email)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response
