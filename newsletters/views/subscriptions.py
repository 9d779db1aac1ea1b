"""Subscribing and everything that links in mails lead to.

None of these pages tells a stranger whether an address is known: every request to subscribe gets
a mail, and a lost link is looked up when the visitor has the answer already.
"""

import logging
import smtplib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms import ratelimit
from cms.after import RedirectThen
from cms.private_pages import for_one_person

from .. import consent, services
from ..addresses import masked
from ..choices import choices_of
from ..forms.choices import ChoicesForm, initial_of
from ..forms.public import AddressForm, PreferencesForm, SubscribeForm
from ..mails import send_confirmation, send_links
from ..models import Delivery, Subscription
from ..tokens import InvalidTokenError, read_leave_token, read_preferences_token

logger = logging.getLogger(__name__)

PER_SOURCE = 20  # requests an hour; a library or a school is one source
PER_ADDRESS = 3  # mails a day
HOUR, DAY = 3600, 86_400
MOST_IN_ADDRESS = 20
#: Name in the address of the form -> field.
PARAMETERS = {"gebied": "gebieden", "project": "volgen", "plaats": "plaatsen", "thema": "themas"}

require_page = require_http_methods(["GET", "HEAD", "POST"])


def invalid_link(request: HttpRequest) -> HttpResponse:
    """The page for a link that is old, used or damaged."""
    return render(request, "newsletters/invalid_link.html", status=410)


@require_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """`/nieuwsbrieven/aanmelden/?gebied=&project=&plaats=&thema=`: the form.

    A mail follows for every valid address. `project` is the id of a page, the others are slugs.
    """
    if request.method != "POST":
        initial = {
            field: request.GET.getlist(name)[:MOST_IN_ADDRESS]
            for name, field in PARAMETERS.items()
            if name in request.GET
        }
        return _subscribe_page(request, SubscribeForm(initial=initial))
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _subscribe_page(request, form)
    if not _source_within(request):
        return ratelimit.too_many(request)
    email, choices = form.cleaned_data["email"], form.cleaned_data["choices"]
    if _address_within(email) and not form.is_trapped:
        subscription, token = services.request_subscription(email=email, choices=choices)
        try:
            send_confirmation(subscription=subscription, token=token, choices=choices)
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


def _source_within(request: HttpRequest) -> bool:
    """Whether this visitor may ask once more; subscribing and lost links count together."""
    source = ratelimit.client_key(request)
    return ratelimit.allow("newsletter-source", source, limit=PER_SOURCE, period=HOUR)


def _address_within(email: str) -> bool:
    """Whether an address may get one more mail at the request of whoever asks."""
    return ratelimit.allow("newsletter-address", email, limit=PER_ADDRESS, period=DAY)


def _subscribe_page(request: HttpRequest, form: ChoicesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "consent": consent.CURRENT.text}
    return render(request, "newsletters/subscribe.html", context, status=status)


@require_safe
def subscribe_sent(request: HttpRequest) -> HttpResponse:
    """What everybody sees who asked, whether the address was known or not."""
    return render(request, "newsletters/subscribe_sent.html")


@require_page
def lost_link(request: HttpRequest) -> HttpResponse:
    """`/nieuwsbrieven/link-kwijt/`: have the link to the own choices mailed once more.

    The same answer for every address; whether it is known is looked up after that.
    """
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "newsletters/lost_link.html", {"form": form})
    if not _source_within(request):
        return ratelimit.too_many(request)
    email, trapped = form.cleaned_data["email"], form.is_trapped
    within = _address_within(email)

    def mail() -> None:
        known = Subscription.objects.ever_confirmed().filter(email=email).first()
        if known is not None and within and not trapped:
            send_links(subscription=known)

    return RedirectThen(reverse("newsletter_link_sent"), mail)


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """What everybody sees who asked for a link."""
    return render(request, "newsletters/link_sent.html")


@require_page
@for_one_person
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what will be confirmed and a button; POST confirms, once."""
    try:
        if request.method == "POST":
            services.confirm_subscription(token=token, source=_("via de website"))
            return redirect("newsletter_confirmed")
        subscription, choices = services.requested(token=token)
    except InvalidTokenError:
        return invalid_link(request)
    has_now = subscription.state == Subscription.State.CONFIRMED
    return render(
        request,
        "newsletters/confirm.html",
        {
            "address": masked(subscription.email),
            "choices": choices,
            "changes_frequency": has_now and choices.frequency not in ("", subscription.frequency),
            "adds": has_now,
            "consent": consent.CURRENT.text,
        },
    )


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "newsletters/confirmed.html")


@require_page
@for_one_person
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """The choices of a subscriber, and the ways out: leaving, the own data, deleting all."""
    try:
        subscription = Subscription.objects.ever_confirmed().get(pk=read_preferences_token(token))
    except (InvalidTokenError, Subscription.DoesNotExist):
        return invalid_link(request)
    action = request.POST.get("actie", "opslaan") if request.method == "POST" else ""
    if action == "afmelden":
        services.unsubscribe(email=subscription.email)
        return redirect("newsletter_left")
    if action == "verwijderen":
        services.forget(subscription=subscription)
        return redirect("newsletter_forgotten")
    if action == "gegevens":
        return _mail_own_links(request, subscription)
    if action:
        form = PreferencesForm(request.POST)
        if form.is_valid():
            try:
                services.change_choices(
                    subscription=subscription, choices=form.cleaned_data["choices"]
                )
            except Subscription.DoesNotExist:
                return invalid_link(request)
            response = redirect("newsletter_preferences", token=token)
            response["Location"] += "?opgeslagen=1"
            return response
    else:
        form = PreferencesForm(initial=initial_of(choices_of(subscription)))
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


def _mail_own_links(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """The data go to the mailbox only: a newsletter that is passed on carries the link here."""
    if not _source_within(request):
        return ratelimit.too_many(request)
    within = _address_within(subscription.email)

    def mail() -> None:
        if within:
            send_links(subscription=subscription)

    return RedirectThen(reverse("newsletter_link_sent"), mail)


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
