"""Subscribing and everything that links in mails lead to.

None of these pages tells a stranger whether an address is known.
"""

import logging
import smtplib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms import ratelimit
from cms.private_pages import for_one_person

from .. import consent, services
from ..addresses import masked
from ..forms.public import PreferencesForm, SubscribeForm
from ..mails import send_confirmation
from ..models import Delivery, Subscription
from ..tokens import InvalidTokenError, read_leave_token, read_preferences_token

logger = logging.getLogger(__name__)

PER_SOURCE = 20  # requests an hour; a library or a school is one source
PER_ADDRESS = 3  # mails a day
HOUR, DAY = 3600, 86_400

require_page = require_http_methods(["GET", "HEAD", "POST"])


def invalid_link(request: HttpRequest) -> HttpResponse:
    """The page for a link that is old, used or damaged."""
    return render(request, "newsletters/invalid_link.html", status=410)


@require_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """`/nieuwsbrieven/aanmelden/?gebied=…`: the form; a mail follows for every valid address."""
    if request.method != "POST":
        chosen = request.GET.getlist("gebied")[:20]
        return _subscribe_page(request, SubscribeForm(initial={"gebieden": chosen}))
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _subscribe_page(request, form)
    source = ratelimit.client_key(request)
    if not ratelimit.allow("newsletter-source", source, limit=PER_SOURCE, period=HOUR):
        return ratelimit.too_many(request)
    email, areas = form.cleaned_data["email"], list(form.cleaned_data["gebieden"])
    within = ratelimit.allow("newsletter-address", email, limit=PER_ADDRESS, period=DAY)
    if within and not form.is_trapped:
        subscription, token = services.request_subscription(email=email, areas=areas)
        try:
            send_confirmation(subscription=subscription, token=token, areas=areas)
        except smtplib.SMTPRecipientsRefused:
            form.add_error(
                "email", _("De mailserver kent dit adres niet. Kijk of het goed geschreven is.")
            )
            return _subscribe_page(request, form)
        except OSError as error:
            logger.error("The mail that confirms a subscription was not sent: %s", error)
            form.add_error(
                None,
                _(
                    "Wij kunnen u nu geen mail sturen. Probeer het over een kwartier opnieuw, "
                    "of bel ons: wij melden u graag aan."
                ),
            )
            return _subscribe_page(request, form, status=503)
    return redirect("newsletter_subscribe_sent")


def _subscribe_page(request: HttpRequest, form: SubscribeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "consent": consent.CURRENT.text}
    return render(request, "newsletters/subscribe.html", context, status=status)


@require_safe
def subscribe_sent(request: HttpRequest) -> HttpResponse:
    """What everybody sees who asked, whether the address was known or not."""
    return render(request, "newsletters/subscribe_sent.html")


@require_page
@for_one_person
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what will be confirmed and a button; POST confirms, once."""
    try:
        if request.method == "POST":
            services.confirm_subscription(token=token, source=_("via de website"))
            return redirect("newsletter_confirmed")
        subscription, areas = services.requested(token=token)
    except InvalidTokenError:
        return invalid_link(request)
    return render(
        request,
        "newsletters/confirm.html",
        {"address": masked(subscription.email), "areas": areas, "consent": consent.CURRENT.text},
    )


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "newsletters/confirmed.html")


@require_page
@for_one_person
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """The own areas of a subscriber, and the ways out: leaving, or having all deleted."""
    try:
        subscription = Subscription.objects.exclude(state=Subscription.State.PENDING).get(
            pk=read_preferences_token(token)
        )
    except (InvalidTokenError, Subscription.DoesNotExist):
        return invalid_link(request)
    action = request.POST.get("actie", "opslaan") if request.method == "POST" else ""
    if action == "afmelden":
        services.unsubscribe(email=subscription.email)
        return redirect("newsletter_left")
    if action == "verwijderen":
        services.forget(subscription=subscription)
        return redirect("newsletter_forgotten")
    if action:
        form = PreferencesForm(request.POST)
        if form.is_valid():
            services.change_areas(
                subscription=subscription, areas=list(form.cleaned_data["gebieden"])
            )
            response = redirect("newsletter_preferences", token=token)
            response["Location"] += "?opgeslagen=1"
            return response
    else:
        chosen = list(subscription.areas.values_list("slug", flat=True))
        form = PreferencesForm(initial={"gebieden": chosen})
    return render(
        request,
        "newsletters/preferences.html",
        {
            "form": form,
            "address": masked(subscription.email),
            "active": subscription.state == Subscription.State.CONFIRMED,
            "saved": "opgeslagen" in request.GET and not action,
            "consent": consent.CURRENT.text,
        },
    )


@csrf_exempt
@require_page
@for_one_person
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The address in List-Unsubscribe (RFC 8058): POST leaves at once, GET only shows a button.

    Without CSRF token, since mail programs post here; the signed token is the proof. No
    redirect after POST, which RFC 8058 forbids to rely on.
    """
    try:
        delivery = Delivery.objects.select_related("subscription").get(pk=read_leave_token(token))
    except (InvalidTokenError, Delivery.DoesNotExist):
        return invalid_link(request)
    if request.method == "POST":
        services.leave_by_delivery(delivery=delivery)
        return render(request, "newsletters/left.html")
    address = services.address_behind(delivery=delivery)
    if not address:
        return render(request, "newsletters/left.html")
    return render(request, "newsletters/leave.html", {"address": masked(address)})


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """You get no more newsletters."""
    return render(request, "newsletters/left.html")


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Your data are deleted."""
    return render(request, "newsletters/forgotten.html")
