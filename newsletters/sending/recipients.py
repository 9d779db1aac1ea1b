"""Who gets an edition and why, before anything is sent. Three queries, whatever the number."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from areas.councils.models import CouncilAddress

from ..addresses import MAX_LENGTH, normalise
from ..models import Subscription, Suppression


@dataclass(slots=True)
class Recipient:
    """One address. `trouble`: why it gets no mail, or an empty text."""

    address: str
    areas: list[str] = field(default_factory=list)
    councils: list[str] = field(default_factory=list)
    subscription_id: int | None = None
    trouble: str = ""
    suppressed: bool = False

    @property
    def reason(self) -> str:
        """Completes "U krijgt deze mail omdat …", in the language that is active."""
        parts = []
        if self.areas:
            areas = get_text_list(self.areas, _("en"))
            parts.append(_("u zich hebt aangemeld voor nieuws over %(areas)s") % {"areas": areas})
        if self.councils:
            councils = get_text_list(self.councils, _("en"))
            parts.append(_("dit het mailadres is van %(councils)s") % {"councils": councils})
        and_because = _("en omdat")
        return f" {and_because} ".join(parts)


def recipients(*, area_ids: list[int], council_ids: list[int]) -> list[Recipient]:
    """All addresses by the areas and councils chosen, each once, in alphabetical order.

    Addresses on the block list, or to which no mail can be sent, are in the list with the
    reason why they get none.
    """
    found: dict[str, Recipient] = {}
    rows = (
        Subscription.objects.confirmed()
        .each()
        .filter(areas__in=area_ids)
        .order_by("areas__path")
        .values_list("pk", "email", "areas__title")
    )
    for primary_key, email, title in rows.iterator(chunk_size=2000):
        recipient = found.setdefault(email, Recipient(email, subscription_id=primary_key))
        recipient.areas.append(title)
    rows = (
        CouncilAddress.objects.filter(council__in=council_ids, council__active=True)
        .order_by("council__name")
        .values_list("email", "council__name")
    )
    for email, name in rows.iterator(chunk_size=2000):
        address, trouble = _checked(email)
        recipient = found.setdefault(address, Recipient(address, trouble=trouble))
        if name not in recipient.councils:
            recipient.councils.append(name)
    for email, reason in Suppression.objects.values_list("email", "reason"):
        if email in found:
            found[email].trouble = str(Suppression.Reason(reason).label)
            found[email].suppressed = True
    return [found[address] for address in sorted(found)]


def _checked(email: str) -> tuple[str, str]:
    """The normalised address and why it cannot be used, or an empty text."""
    try:
        return normalise(email), ""
    except ValidationError as error:
        return email.strip().lower()[:MAX_LENGTH], " ".join(error.messages)


def wanted_addresses(*, addresses: list[str], audience: dict) -> set[str]:
    """Which of the frozen addresses still want the edition; three queries.

    Looked up right before sending: between freezing and sending people leave.
    """
    blocked = set(Suppression.objects.filter(email__in=addresses).values_list("email", flat=True))
    subscribed = set(
        Subscription.objects.confirmed()
        .each()
        .filter(email__in=addresses, areas__in=audience["areas"])
        .values_list("email", flat=True)
    )
    councils = CouncilAddress.objects.filter(
        council__in=audience["councils"], council__active=True
    ).values_list("email", flat=True)
    by_council = {_checked(email)[0] for email in councils}
    return {
        address
        for address in addresses
        if address not in blocked and (address in subscribed or address in by_council)
    }
