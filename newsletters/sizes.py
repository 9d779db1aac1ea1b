"""How many addresses stand behind each choice of recipients, for beside its name."""

from django.db.models import Count
from django.forms import Field
from django.utils.translation import ngettext

from areas.councils.models import CouncilAddress

from .models.lists import ListMember
from .models.subscription import Subscription


def _subscribers(topic: str):
    return Subscription.objects.confirmed().each(), topic


def _sources() -> dict[str, tuple]:
    """Field of an edition -> (rows of addresses, what of a row is the choice)."""
    councils = CouncilAddress.objects.filter(council__active=True)
    return {
        "to_areas": _subscribers("areas"),
        "to_places": _subscribers("places"),
        "to_themes": _subscribers("themes"),
        "to_pages": _subscribers("pages"),
        "to_council_areas": (councils, "council__area"),
        "to_councils": (councils, "council"),
        "to_lists": (ListMember.objects.active(), "address_list"),
    }


def label_with_sizes(fields: dict[str, Field]) -> None:
    """Let each choice of the form of an edition say how many addresses it has.

    One query for each field. Somebody who fits two choices counts in both; blocked addresses
    count too, since who is blocked differs by the day.
    """
    for name, (rows, choice) in _sources().items():
        counts = dict(
            rows.filter(**{f"{choice}__isnull": False})
            .order_by()
            .values_list(choice)
            .annotate(total=Count("pk"))
        )
        fields[name].label_from_instance = _labeller(counts)


def _labeller(counts: dict[int, int]):
    def label(row) -> str:
        number = counts.get(row.pk, 0)
        size = ngettext("%(number)d adres", "%(number)d adressen", number) % {"number": number}
        return f"{row} ({size})"

    return label
