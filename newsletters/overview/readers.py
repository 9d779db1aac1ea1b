"""Who gets the overview of a month, and which editions are in it for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.models import Page

from areas.models import AreaPage, Place, Theme

from ..choices import TOPICS
from ..models import Delivery, Mailing, NewsletterPage, Subscription, Suppression
from ..sending.recipients import wanted_addresses

#: A stopped edition was wrong; all others that began are on the site to be read.
SENT = (Mailing.State.SENDING, Mailing.State.PAUSED, Mailing.State.DONE)
#: What a worker looks at once more before it goes.
WAITING = (Delivery.State.QUEUED, Delivery.State.CLAIMED, Delivery.State.DEFERRED)
CHUNK = 2000


@dataclass(slots=True)
class Reader:
    """One subscription with the numbers of the editions it gets, as bits, and why."""

    pk: int
    address: str
    editions: int = 0
    topics: list[tuple[str, int]] = field(default_factory=list)


def first_day_before(day: date) -> date:
    """The first day of the month before the one of `day`."""
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def first_day_after(day: date) -> date:
    """The first day of the month after the one of `day`."""
    return date(day.year + (day.month == 12), day.month % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def editions_of(month: date) -> list[NewsletterPage]:
    """Public editions that went out in a month, oldest first, with their mailing; one query."""
    return list(
        NewsletterPage.objects.archive()
        .filter(
            mailing__started_at__gte=_midnight(month),
            mailing__started_at__lt=_midnight(first_day_after(month)),
            mailing__state__in=SENT,
        )
        .select_related("mailing")
        .defer("geometry", "map_geometry", "body", "mailing__html", "mailing__text")
        .order_by("mailing__started_at", "pk")
    )


def readers(editions: Sequence[NewsletterPage]) -> list[Reader]:
    """Everybody who wants an overview and for whom there is something in it, by address.

    Not who is blocked. What somebody had as a mail already, as before choosing the overview or as
    a council, does not come again. Six queries, whatever the number.
    """
    found: dict[int, Reader] = {}
    everybody = Subscription.objects.confirmed().monthly()
    for name in TOPICS:
        bits = _bits(editions, name)
        if not bits:
            continue
        rows = everybody.filter(**{f"{name}__in": list(bits)}).values_list("pk", "email", name)
        for pk, email, topic in rows.iterator(chunk_size=CHUNK):
            reader = found.setdefault(pk, Reader(pk, email))
            reader.editions |= bits[topic]
            reader.topics.append((name, topic))
    by_address = {reader.address: reader for reader in found.values()}
    for address, number in _had(editions, everybody):
        if address in by_address:
            by_address[address].editions &= ~(1 << number)
    for address in Suppression.objects.values_list("email", flat=True).iterator(chunk_size=CHUNK):
        by_address.pop(address, None)
    return [by_address[key] for key in sorted(by_address) if by_address[key].editions]


def _bits(editions: Sequence[NewsletterPage], name: str) -> dict[int, int]:
    """For each topic of a kind that an edition went to: those editions, as bits."""
    bits: dict[int, int] = {}
    for number, edition in enumerate(editions):
        for topic in edition.mailing.audience.get(name, ()):
            bits[topic] = bits.get(topic, 0) | 1 << number
    return bits


def _had(editions: Sequence[NewsletterPage], everybody) -> Iterator[tuple[str, int]]:
    """Addresses with the number of an edition that they had, or still get by itself.

    What still waits, as of an edition that is paused, does not go to who chose overviews since,
    unless a council or a list brings it: `wanted_addresses` decides, as it does when it goes on.
    """
    numbers = {edition.mailing.pk: number for number, edition in enumerate(editions)}
    none = [Delivery.State.FAILED, Delivery.State.SUPPRESSED]
    rows = (
        Delivery.objects.filter(mailing__in=list(numbers), address__in=everybody.values("email"))
        .exclude(state__in=none)
        .values_list("address", "mailing_id", "state")
    )
    waiting: dict[int, list[str]] = {}
    for address, mailing, state in rows.iterator(chunk_size=CHUNK):
        if state in WAITING:
            waiting.setdefault(numbers[mailing], []).append(address)
        else:
            yield address, numbers[mailing]
    for number, addresses in waiting.items():
        audience = editions[number].mailing.audience
        for start in range(0, len(addresses), CHUNK):
            part = addresses[start : start + CHUNK]
            for address in wanted_addresses(addresses=part, audience=audience):
                yield address, number


def titles_of(editions: Sequence[NewsletterPage]) -> dict[tuple[str, int], str]:
    """Names of the topics that editions went to; a query a kind."""
    models = {
        "areas": (AreaPage, "title"),
        "places": (Place, "name"),
        "themes": (Theme, "name"),
        "pages": (Page, "title"),
    }
    titles = {}
    for name, (model, column) in models.items():
        ids = list(_bits(editions, name))
        if ids:
            rows = model.objects.filter(pk__in=ids).values_list("pk", column)
            titles.update({(name, pk): title for pk, title in rows})
    return titles


def reason(reader: Reader, titles: dict[tuple[str, int], str]) -> str:
    """Completes "U krijgt deze mail omdat …", in the language that is active."""
    names = [titles[topic] for topic in dict.fromkeys(reader.topics) if topic in titles]
    return _("u koos voor één overzicht per maand over %(topics)s") % {
        "topics": get_text_list(names, _("en"))
    }


def still_wanted(*, addresses: list[str]) -> set[str]:
    """Which addresses still want an overview, looked up right before sending; two queries."""
    wanted = Subscription.objects.confirmed().monthly().filter(email__in=addresses)
    blocked = Suppression.objects.filter(email__in=addresses).values_list("email", flat=True)
    return set(wanted.values_list("email", flat=True)) - set(blocked)
