"""What managers and councils look at, made anew each time: years of work in six areas.

The aim is what a person waits for: 95 in 100 within so many milliseconds.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from tests.load.case import Load, case
from tests.load.cases.pages import contains

MOST_MS = 150
#: Credentials go past the page cache.
PAST_CACHE = [("Authorization", "Basic eA==")]


def administrator() -> list[tuple[str, str]]:
    """The headers of somebody who sees all areas, logged in."""
    users = get_user_model().objects
    user = users.filter(username="belasting").first()
    user = user or users.create_superuser("belasting", "belasting@example.nl")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return [("Cookie", f"{settings.SESSION_COOKIE_NAME}={session.session_key}")]


def since(days: int) -> str:
    """A day so long ago, as it stands in an address."""
    return f"sinds={timezone.localdate() - timedelta(days=days)}"


@case("agenda-work-list", content="work", aim_ms=MOST_MS)
def work_list(content, browser):
    """All that waits in six areas."""
    return Load(
        "/beheer/reports/werklijst/",
        headers=administrator(),
        check=lambda answer: contains(answer, "Werk in"),
    )


@case("agenda-changes", content="work", aim_ms=MOST_MS)
def changes(content, browser):
    """A month of everything."""
    return Load(
        f"/wat-veranderde/?{since(30)}",
        headers=PAST_CACHE,
        check=lambda answer: contains(answer, "Vraag of signaal ontvangen"),
    )


@case("agenda-changes-council", content="work", aim_ms=MOST_MS)
def changes_of_council(content, browser):
    """Half a year in the territory of one council."""
    return Load(
        f"/wat-veranderde/?raad={content['council']}&{since(180)}",
        headers=PAST_CACHE,
        check=lambda answer: contains(answer, content["council_name"]),
    )


@case("agenda-figures", content="work", aim_ms=MOST_MS)
def figures(content, browser):
    """How fast thousands of signals were answered."""
    return Load(
        "/zo-snel-antwoorden-wij/",
        headers=PAST_CACHE,
        check=lambda answer: contains(answer, content["council_name"]),
    )


@case("agenda-pack", content="work")
def pack(content, browser):
    """The overview of one council as a page; it is made for each talk, so no aim."""
    return Load(
        f"/beheer/raden/{content['council_id']}/overzicht/",
        headers=administrator(),
        check=lambda answer: contains(answer, content["council_name"]),
    )


def is_pdf(answer) -> None:
    assert answer.body.startswith(b"%PDF-"), "this is not a PDF"


@case("agenda-pack-pdf", content="work", aim_ms=3000)
def pack_as_pdf(content, browser):
    """The same to print, with its map drawn: 96 items on 18 sheets, made anew each time."""
    return Load(
        f"/beheer/raden/{content['council_id']}/overzicht.pdf",
        headers=administrator(),
        check=is_pdf,
    )
