"""Who gets an edition and why, before anything is sent.

A query for each kind of choice that was made and one for the blocked addresses, whatever the
number of people.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.councils.models import CouncilAddress

from ..addresses import MAX_LENGTH, normalise
from ..models import ListMember, Subscription, Suppression
from .audience import Audience

CHUNK = 2000


class Way(NamedTuple):
    """One way by which somebody is on the list: `kind` is a field of `Audience`."""

    kind: str
    name: str
    purpose: str = ""


@dataclass(slots=True)
class Recipient:
    """One address. `trouble`: why it gets no mail, or an empty text.

    `suppressed`: it gets none because its owner wants none, or no separate editions. Recipients
    who came along the same ways share one tuple, so that 100,000 of them fit in memory.
    """

    address: str
    ways: tuple[Way, ...] = ()
    subscription_id: int | None = None
    trouble: str = ""
    suppressed: bool = False

    def names(self, kind: str) -> list[str]:
        """Names of the ways of one kind."""
        return [way.name for way in self.ways if way.kind == kind]

    @property
    def areas(self) -> list[str]:
        return self.names("areas")

    @property
    def councils(self) -> list[str]:
        return self.names("councils")

    @property
    def is_personal(self) -> bool:
        """Whether the address is of a person, and not of a council."""
        return not self.councils

    @property
    def reason(self) -> str:
        """Completes "U krijgt deze mail omdat …", in the language that is active."""
        return _reason(self.ways, get_language())


@lru_cache(maxsize=4096)
def _reason(ways: tuple[Way, ...], language: str) -> str:
    by_kind: dict[str, list[str]] = {}
    for way in ways:
        by_kind.setdefault(way.kind, []).append(_in_words(way))
    parts = []
    topics = [by_kind[kind] for kind in ("areas", "places", "themes", "pages") if kind in by_kind]
    if topics:
        and_about = _("en over")
        about = f" {and_about} ".join(_listed(names) for names in topics)
        parts.append(_("u zich hebt aangemeld voor nieuws over %(areas)s") % {"areas": about})
    if names := by_kind.get("councils"):
        parts.append(_("dit het mailadres is van %(councils)s") % {"councils": _listed(names)})
    if names := by_kind.get("lists"):
        parts.append(_("u op de lijst %(lists)s staat") % {"lists": _listed(names)})
    and_because = _("en omdat")
    return f" {and_because} ".join(parts)


def _in_words(way: Way) -> str:
    match way.kind:
        case "themes":
            return _("het thema %(name)s") % {"name": way.name}
        case "pages":
            return _("het project %(name)s") % {"name": way.name}
        case "lists":
            return f"‘{way.name}’ ({way.purpose})"
    return way.name


def _listed(names: list[str]) -> str:
    return get_text_list(names, _("en"))


class _Gathering:
    """Recipients by address, each once."""

    def __init__(self) -> None:
        self.found: dict[str, Recipient] = {}
        self.known_ways: dict[Way, Way] = {}
        self.known: dict[tuple[Way, ...], tuple[Way, ...]] = {}

    def add(self, address: str, way: Way) -> Recipient:
        recipient = self.found.get(address)
        if recipient is None:
            recipient = self.found[address] = Recipient(address)
        if way not in recipient.ways:
            way = self.known_ways.setdefault(way, way)
            ways = (*recipient.ways, way)
            recipient.ways = self.known.setdefault(ways, ways)
        return recipient

    def add_subscribers(self, audience: Audience) -> None:
        """Who chose an area, a place, a theme or a page of the edition.

        Who gets an overview once a month is in the list and gets no mail of this edition.
        """
        monthly = _("Krijgt eens per maand een overzicht, en geen losse nieuwsbrieven.")
        for kind, name, order in (
            ("areas", "areas__title", "areas__path"),
            ("places", "places__name", "places__name"),
            ("themes", "themes__name", "themes__sort_order"),
            ("pages", "pages__title", "pages__title"),
        ):
            ids = getattr(audience, kind)
            rows = (
                Subscription.objects.confirmed()
                .filter(**{f"{kind}__in": ids})
                .order_by(order, kind)
                .values_list("pk", "email", "frequency", name)
            )
            for primary_key, email, frequency, title in _streamed(rows, ids):
                recipient = self.add(email, Way(kind, title))
                recipient.subscription_id = primary_key
                if frequency == Subscription.Frequency.MONTHLY:
                    recipient.trouble, recipient.suppressed = monthly, True

    def add_councils(self, audience: Audience) -> None:
        rows = (
            CouncilAddress.objects.filter(audience.council_condition, council__active=True)
            .order_by("council__name", "council")
            .values_list("email", "council__name")
        )
        for email, name in _streamed(rows, (*audience.councils, *audience.council_areas)):
            address, trouble = _checked(email)
            self._by_another_way(address, Way("councils", name)).trouble = trouble

    def add_members(self, audience: Audience) -> None:
        rows = (
            ListMember.objects.to_mail()
            .filter(address_list__in=audience.lists)
            .order_by("address_list__name", "address_list")
            .values_list("email", "address_list__name", "address_list__purpose")
        )
        for email, name, purpose in _streamed(rows, audience.lists):
            self._by_another_way(email, Way("lists", name, purpose))

    def _by_another_way(self, address: str, way: Way) -> Recipient:
        """Add somebody who gets each edition by this way, whatever the own subscription says."""
        recipient = self.found.get(address)
        if recipient is not None and recipient.suppressed:
            recipient.ways, recipient.trouble, recipient.suppressed = (), "", False
        return self.add(address, way)

    def take_out_blocked(self) -> None:
        rows = Suppression.objects.values_list("email", "reason")
        for email, reason in rows.iterator(chunk_size=CHUNK):
            if email in self.found:
                self.found[email].trouble = str(Suppression.Reason(reason).label)
                self.found[email].suppressed = True


def _streamed(rows, ids: Iterable[int]):
    """Rows in small portions; no query where nothing was chosen."""
    return rows.iterator(chunk_size=CHUNK) if ids else ()


def recipients(audience: Audience) -> list[Recipient]:
    """All addresses by what was chosen, each once, in alphabetical order.

    Addresses on the block list, or to which no mail can be sent, are in the list with the
    reason why they get none. At most seven queries.
    """
    gathering = _Gathering()
    gathering.add_subscribers(audience)
    gathering.add_councils(audience)
    gathering.add_members(audience)
    gathering.take_out_blocked()
    return [gathering.found[address] for address in sorted(gathering.found)]


def tally(found: Iterable[Recipient]) -> list[tuple[str, int]]:
    """How many addresses come along each way, in words; somebody counts in more than one."""
    counts = Counter(recipient.ways for recipient in found)
    ways: Counter[Way] = Counter()
    for combination, number in counts.items():
        for way in combination:
            ways[way] += number
    order = [field.name for field in fields(Audience)]
    rows = sorted(ways.items(), key=lambda row: (order.index(row[0].kind), row[0].name))
    return [(_via(way), number) for way, number in rows]


def _via(way: Way) -> str:
    match way.kind:
        case "councils":
            return way.name
        case "lists":
            return _("Lijst ‘%(name)s’") % {"name": way.name}
    return _("Abonnees van %(name)s") % {"name": _in_words(way)}


def _checked(email: str) -> tuple[str, str]:
    """The normalised address and why it cannot be used, or an empty text."""
    try:
        return normalise(email), ""
    except ValidationError as error:
        return email.strip().lower()[:MAX_LENGTH], " ".join(error.messages)


def wanted_addresses(*, addresses: list[str], audience: dict) -> set[str]:
    """Which of the frozen addresses still want the edition; at most four queries.

    Looked up right before sending: between freezing and sending people leave. `audience` as in
    `Mailing.audience`.
    """
    chosen = Audience.frozen(audience)
    wanted: set[str] = set()
    if chosen.areas or chosen.places or chosen.themes or chosen.pages:
        wanted |= _subscribed(addresses, chosen)
    if chosen.councils or chosen.council_areas:
        rows = CouncilAddress.objects.filter(chosen.council_condition, council__active=True)
        wanted |= {_checked(email)[0] for email in rows.values_list("email", flat=True)}
    if chosen.lists:
        members = ListMember.objects.to_mail().filter(
            address_list__in=chosen.lists, email__in=addresses
        )
        wanted |= set(members.values_list("email", flat=True))
    blocked = set(Suppression.objects.filter(email__in=addresses).values_list("email", flat=True))
    return wanted.intersection(addresses) - blocked


def _subscribed(addresses: list[str], chosen: Audience) -> set[str]:
    """Subscribers who want each edition about one of the topics; one query."""
    about = Q()
    for kind in ("areas", "places", "themes", "pages"):
        ids = getattr(chosen, kind)
        if ids:
            field = Subscription._meta.get_field(kind)
            links = field.remote_field.through.objects.filter(
                **{
                    f"{field.m2m_field_name()}_id": OuterRef("pk"),
                    f"{field.m2m_reverse_field_name()}__in": ids,
                }
            )
            about |= Q(Exists(links))
    rows = Subscription.objects.confirmed().each().filter(about, email__in=addresses)
    return set(rows.values_list("email", flat=True))
