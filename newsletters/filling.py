"""Filling a draft with what changed, so that its writer begins with something."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from areas import digest
from areas.digest import Entry, Scope
from cms.services import absolute_url

from .blocks import ABOUT_A_PAGE
from .models import Mailing, NewsletterPage

TEXT_LENGTH = 400  # what the block takes
#: Subjects of one kind. A longer newsletter is not read.
LIMIT = 20


class CannotFillError(Exception):
    """Why a draft cannot be filled now, in words for the editor."""


@dataclass(frozen=True)
class Filled:
    """How many subjects were added, and how many stayed out because there were too many."""

    added: int
    left_out: int


@transaction.atomic
def fill_with_changes(*, edition: NewsletterPage, areas: Iterable, since: datetime, user) -> Filled:
    """Append what changed in the areas since a moment to the draft, as a new revision in Dutch.

    One block for each page, below a heading for each kind; the editor removes and shortens what
    does not fit. A page that is in the draft already does not come twice. Only what the public
    may see, and no other newsletters. Nothing is published. Raises CannotFillError where the
    edition was sent or somebody else has it locked.
    """
    NewsletterPage.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if Mailing.objects.filter(edition=edition.pk).exists():
        raise CannotFillError(
            _("Deze nieuwsbrief is al verzonden of staat klaar. Maak een nieuwe nieuwsbrief.")
        )
    if edition.permissions_for_user(user).page_locked():
        raise CannotFillError(
            _("Deze nieuwsbrief zit op slot, of wacht op goedkeuring. Probeer het daarna weer.")
        )
    draft = edition.get_latest_revision_as_object()
    present = {
        block["value"].get("page") for block in draft.body.raw_data if block["type"] in ABOUT_A_PAGE
    }
    with translation.override("nl"):
        found = digest.changed(
            Scope(since=since, until=timezone.now(), areas=tuple(areas), limit=LIMIT),
            without=["newsletters"],
        )
        added = 0
        for part in found.parts:
            blocks = _blocks(part, present)
            if blocks:
                heading = {"text": str(part.source.label), "level": "h2"}
                for kind, value in [("heading", heading), *blocks]:
                    draft.body.raw_data.append(
                        {"type": kind, "value": value, "id": str(uuid.uuid4())}
                    )
                added += len(blocks)
    if added:
        # Without checks: whoever publishes it fills in what is still missing.
        draft.save_revision(user=user, log_action=True, clean=False)
    return Filled(added=added, left_out=found.more)


def _blocks(part: digest.Part, present: set) -> list[tuple[str, object]]:
    """Blocks of one kind of news, each page once; notes which pages are present then."""
    by_page: dict[int, list[Entry]] = {}
    blocks = []
    for entry in part.entries:
        if entry.page_id is None:
            blocks.append(("text", _text(entry)))
        elif entry.page_id not in present:
            by_page.setdefault(entry.page_id, []).append(entry)
    present.update(by_page)
    kind = "agenda_item" if part.source.key == "agenda" else "page"
    return [
        *((kind, {"page": page, "text": _teaser(entries)}) for page, entries in by_page.items()),
        *blocks,
    ]


def _teaser(entries: list[Entry]) -> str:
    """What happened to one page, the newest first, as long as the block takes."""
    told = " ".join(
        f"{entry.label}: {entry.plain}" if entry.lines else f"{entry.label}." for entry in entries
    )
    return Truncator(told).chars(TEXT_LENGTH)


def _text(entry: Entry) -> str:
    """Something without a page of its own, as rich text with a link."""
    return format_html(
        '<p>{label}: <a href="{url}">{title}</a>. {text}</p>',
        label=entry.label,
        url=absolute_url(entry.url),
        title=entry.title,
        text=entry.plain,
    )
