"""Filling a draft with what changed and what comes, so that its writer begins with something."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.html import linebreaks
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from .findings import Group, Period, find, without_present
from .letterhead import letterhead_of
from .models import AreaNewsletter, Mailing, NewsletterPage
from .sending.mailing import ALIAS


class CannotFillError(Exception):
    """Why a draft cannot be filled now, in words for the editor."""


@dataclass(frozen=True)
class Filled:
    """How many subjects were added, and how many that were chosen are not there any more."""

    added: int
    gone: int


def offered(*, edition: NewsletterPage, areas: Iterable, period: Period) -> list[Group]:
    """What can be added to the newest draft of an edition, in Dutch; see `findings.find`."""
    draft = edition.get_latest_revision_as_object()
    with translation.override("nl"):
        return without_present(find(areas=areas, period=period), draft.body.raw_data)


@transaction.atomic
def fill(
    *, edition: NewsletterPage, areas: Iterable, period: Period, chosen: Collection[str], user
) -> Filled:
    """Add the chosen subjects (keys of `offered`) to the draft, as a new revision in Dutch.

    They come at the end, but before the fixed closing of the area; an empty draft gets that and
    the fixed opening too. What is in the draft already does not come twice. Nothing is
    published. Raises CannotFillError where the edition was sent or somebody else has it locked.
    """
    NewsletterPage.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if Mailing.objects.filter(edition=edition.pk).exists():
        raise CannotFillError(
            _("Deze nieuwsbrief is al verzonden of staat klaar. Maak een nieuwe nieuwsbrief.")
        )
    if edition.alias_of_id:
        raise CannotFillError(str(ALIAS))
    if edition.permissions_for_user(user).page_locked():
        raise CannotFillError(
            _("Deze nieuwsbrief zit op slot, of wacht op goedkeuring. Probeer het daarna weer.")
        )
    draft = edition.get_latest_revision_as_object()
    wanted = set(chosen)
    groups = []
    for group in offered(edition=edition, areas=areas, period=period):
        subjects = [subject for subject in group.subjects if subject.key in wanted]
        if subjects:
            groups.append(Group(group.heading, subjects))
    added = sum(len(group.subjects) for group in groups)
    if added:
        letterhead = letterhead_of(edition.area)
        blocks = draft.body.raw_data
        if not len(blocks):
            blocks.extend(framed([], letterhead))
        at = len(blocks)
        if at and letterhead.closing and blocks[at - 1]["value"] == fixed(letterhead.closing):
            at -= 1
        for number, block in enumerate(blocks_of(groups)):
            blocks.insert(at + number, block)
        # Without checks: whoever publishes it fills in what is still missing.
        draft.save_revision(user=user, log_action=True, clean=False)
    return Filled(added=added, gone=len(wanted) - added)


def blocks_of(groups: Iterable[Group]) -> list[dict]:
    """Blocks as they are stored: a heading for each group, and one for each subject."""
    blocks = []
    for group in groups:
        blocks.append(_block("heading", {"text": group.heading, "level": "h2"}))
        blocks += [_block(*subject.block) for subject in group.subjects]
    return blocks


def framed(blocks: list[dict], letterhead: AreaNewsletter) -> list[dict]:
    """The blocks between the fixed opening and closing of the area."""
    first = [_block("text", fixed(letterhead.opening))] if letterhead.opening else []
    last = [_block("text", fixed(letterhead.closing))] if letterhead.closing else []
    return [*first, *blocks, *last]


def fixed(text: str) -> str:
    """A fixed text of an area as rich text: an empty line begins a paragraph."""
    html = linebreaks(normalize_newlines(text.strip()), autoescape=True)
    # Wagtail's editor reads stored text as XML: it cannot open a draft with a tag left open.
    return html.replace("<br>", "<br/>")


def _block(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
