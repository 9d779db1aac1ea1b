"""The audience that an edition, live or as a draft, chooses: the one place that asks for it."""

from .recipients import Recipient, recipients


def audience_of(edition) -> dict:
    """What is kept in `Mailing.audience`."""
    return {"areas": edition.area_ids, "councils": edition.council_ids}


def is_chosen(edition) -> bool:
    """Whether the edition says who gets it."""
    return any(audience_of(edition).values())


def recipients_of(edition) -> list[Recipient]:
    """All addresses by what the edition chose; see `recipients`."""
    audience = audience_of(edition)
    return recipients(area_ids=audience["areas"], council_ids=audience["councils"])
