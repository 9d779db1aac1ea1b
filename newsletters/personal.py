"""All we hold about one address, for its owner (GDPR, articles 15 and 20).

Apps and packages that keep addresses of their own register here what they hold, in
`AppConfig.ready()`: a callable that takes a normalised address and gives sections, none where it
holds nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from . import consent
from .choices import choices_of
from .models import Bounce, Delivery, Subscription, Suppression

Value = str | int | bool | date | datetime | None


@dataclass(frozen=True)
class Section:
    """One kind of data: rows of {label: value}, texts in the language that is active.

    `why` says in a sentence what we keep it for and how long.
    """

    key: str
    title: str
    rows: list[dict[str, Value]] = field(default_factory=list)
    why: str = ""


Holder = Callable[[str], Iterable[Section]]

_holders: dict[str, Holder] = {}


def register(name: str, holder: Holder) -> None:
    """Add what somebody keeps about an address; the same name replaces."""
    _holders[name] = holder


def held(email: str) -> list[Section]:
    """All sections about an address that have something in them."""
    every = [section for name in _holders for section in _holders[name](email)]
    return [section for section in every if section.rows]


def own_data(email: str) -> list[Section]:
    """What newsletters keep: subscription, consent, mails, what came back, and a block."""
    return [
        *_subscription(email),
        _deliveries(email),
        _bounces(email),
        _suppression(email),
    ]


def _subscription(email: str) -> list[Section]:
    found = Subscription.objects.filter(email=email).first()
    if found is None:
        return []
    chosen = choices_of(found)
    about = {
        _("E-mailadres"): found.email,
        _("Stand"): str(found.get_state_display()),
        _("Aangevraagd"): found.requested_at,
        _("Gebieden"): ", ".join(area.title for area in chosen.areas),
        _("Dorpen en wijken"): ", ".join(place.name for place in chosen.places),
        _("Thema's"): ", ".join(theme.name for theme in chosen.themes),
        _("Projecten"): ", ".join(page.title for page in chosen.pages),
        _("Hoe vaak"): str(found.get_frequency_display()),
        _("Afgemeld op"): found.unsubscribed_at,
    }
    given = {
        _("Gegeven op"): found.consent_at,
        _("Hoe"): found.consent_source,
        _("Versie van de tekst"): found.consent_version,
        _("Tekst"): consent.text_of(found.consent_version),
    }
    return [
        Section(
            "abonnement",
            _("Uw abonnement"),
            [about],
            _("Om u de nieuwsbrieven te sturen die u koos, tot u uw gegevens laat verwijderen."),
        ),
        Section(
            "toestemming",
            _("Uw toestemming"),
            [given] if found.consent_at else [],
            _("Om te kunnen laten zien dat u hierom vroeg."),
        ),
    ]


def _deliveries(email: str) -> Section:
    rows = (
        Delivery.objects.filter(address=email)
        .select_related("mailing")
        .only(
            "mailing__subject",
            "reason",
            "state",
            "reply",
            "left_at",
            "claimed_at",
            "handed_over_at",
            "finished_at",
        )
        .order_by("-pk")
    )
    return Section(
        "mails",
        _("Mails die wij u stuurden"),
        [
            {
                _("Onderwerp"): row.mailing.subject,
                _("Datum"): row.finished_at or row.handed_over_at or row.claimed_at,
                _("Stand"): str(row.get_state_display()),
                _("Waarom u hem kreeg"): row.reason,
                _("Antwoord van de mailserver"): row.reply,
                _("Afgemeld via deze mail"): row.left_at,
            }
            for row in rows
        ],
        _("Om te zien of mails aankomen. Na twee jaar wissen wij uw adres erbij."),
    )


def _bounces(email: str) -> Section:
    rows = Bounce.objects.filter(delivery__address=email).select_related("delivery__mailing")
    return Section(
        "teruggekomen",
        _("Mails die terugkwamen"),
        [
            {
                _("Onderwerp"): row.delivery.mailing.subject,
                _("Datum"): row.received_at,
                _("Wat er was"): str(row.get_kind_display()),
                _("Code"): row.status,
                _("Antwoord van de mailserver"): row.words,
            }
            for row in rows.order_by("-received_at")
        ],
        _("Om niet te blijven mailen naar een adres dat niet werkt."),
    )


def _suppression(email: str) -> Section:
    rows = Suppression.objects.filter(email=email)
    return Section(
        "blokkade",
        _("Geen mail meer naar dit adres"),
        [{_("Reden"): str(row.get_reason_display()), _("Sinds"): row.created_at} for row in rows],
        _("Om u geen nieuwsbrieven te sturen die u niet wilt."),
    )


def as_json(email: str, sections: Iterable[Section]) -> dict[str, Any]:
    """The same for a program: dates in ISO 8601 with a time zone."""
    return {
        "e-mailadres": email,
        "opgevraagd": timezone.localtime().isoformat(timespec="seconds"),
        "onderdelen": [
            {
                "sleutel": section.key,
                "titel": section.title,
                "waarom": section.why,
                "rijen": [
                    {label: _plain(value) for label, value in row.items()} for row in section.rows
                ],
            }
            for section in sections
        ],
    }


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
