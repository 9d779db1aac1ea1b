"""The audience that an edition, live or as a draft, chooses: the one place that asks for it."""

from .recipients import Recipient, recipients


def audience_of(edition) -> dict:
    """What is kept in `Mailing.audience`."""
    return edition.audience.as_json()


def is_chosen(edition) -> bool:
    """Whether the edition says who gets it."""
    return not edition.audience.is_empty


def recipients_of(edition) -> list[Recipient]:
    """All addresses by what the edition chose; see `recipients`."""
    return recipients(edition.audience)
