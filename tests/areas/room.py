"""A council, and somebody of it who is signed in to the council room."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import pages as make

NEW = "/raadskamer/signalen/nieuw/"


def ask_link(address: str, client: Client | None = None, **values):
    """What the form to sign in posts."""
    return (client or Client()).post("/raadskamer/inloggen/", {"email": address, **values})


def links_in(text: str) -> list[str]:
    """Paths of the links to sign in that a mail holds."""
    return re.findall(r"https?://[^/\s]+(/raadskamer/link/\S+)", text)


def enter(address: str, area, *, name: str = "Andere raad") -> Client:
    """A browser in which somebody of a new council with this address is signed in."""
    from django.core import mail

    council = make.CouncilFactory(area=area, name=name, slug=name.lower().replace(" ", "-"))
    make.CouncilAddressFactory(council=council, email=address)
    return sign_in(address, mail.outbox)


def sign_in(address: str, outbox) -> Client:
    """A browser that followed the link in the mail."""
    client = Client()
    ask_link(address, client)
    (path,) = links_in(outbox[-1].body)
    assert client.post(path).status_code == 302
    return client


def fill(**values) -> dict:
    """What the form of a signal posts."""
    return {
        "soort": "signaal",
        "onderwerp": "Donker fietspad",
        "uitleg": "Er staat geen lamp.",
        "openbaar": "besloten",
        "sleutel": "een-formulier",
    } | values


@pytest.fixture
def council(north):
    cache.clear()
    council = make.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")
    for address in ("secretaris@example.nl", "voorzitter@example.nl"):
        make.CouncilAddressFactory(council=council, email=address)
    return council


@pytest.fixture
def room(council, mailoutbox):
    """A browser in which the secretary of the council is signed in."""
    return sign_in("secretaris@example.nl", mailoutbox)
