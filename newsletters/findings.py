"""What a newsletter could tell: subjects from the digest registry, grouped and in readable order.

First what changed, by kind and the newest first, and then what comes, by day. One page is one
subject, with all that happened to it and all that is to come.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from areas import digest
from areas.digest import Entry, Scope
from cms.services import absolute_url

TEXT_LENGTH = 400  # what the block takes
#: Subjects of one kind. A longer newsletter is not read.
LIMIT = 20
#: Entries of one source that are looked at: several of them may be about one page.
FETCHED = 60
#: A sentence ends where another begins; "o.a. de" and "17.00 uur" are no ends.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]?(?=\s+[\"'“‘(]?[A-Z0-9À-Þ])")


#: The block that tells of a page, by the source that found it.
BLOCKS = {
    "agenda": "agenda_item",
    "projects": "project",
    "surveys": "survey",
    "officehours": "office_hour",
}


@dataclass(frozen=True)
class Period:
    """What is news: from `since` up to `until`; and what comes, up to `ahead`, or None."""

    since: datetime
    until: datetime
    ahead: datetime | None = None


@dataclass
class Subject:
    """One page, or one thing without a page, with what happened to it and what is to come.

    `key` names it in a form, and is the same whenever it is found again. `text` is what is told.
    """

    source: str
    title: str
    url: str
    page_id: int | None
    news: list[Entry] = field(default_factory=list)
    coming: list[Entry] = field(default_factory=list)
    key: str = ""
    text: str = ""

    @property
    def link(self) -> SafeString:
        """The link by which something without a page is known in a text."""
        return format_html('<a href="{}">{}</a>', absolute_url(self.url), self.title)

    @property
    def block(self) -> tuple[str, object]:
        """Type and value of the block that tells of it."""
        if self.page_id is None:
            return "text", format_html("<p><b>{}</b>. {}</p>", self.link, self.text)
        return BLOCKS.get(self.source, "page"), {"page": self.page_id, "text": self.text}


@dataclass
class Group:
    """Subjects under one heading, and how many there were no room for."""

    heading: str
    subjects: list[Subject]
    more: int = 0


def find(*, areas: Iterable, period: Period) -> list[Group]:
    """What there is to tell of the areas in a period, for everybody; no newsletters.

    Texts in the language that is active. A fixed number of queries.
    """
    areas = tuple(areas)
    changed = digest.changed(
        Scope(since=period.since, until=period.until, areas=areas, limit=FETCHED),
        without=["newsletters"],
    )
    known: dict[str, Subject] = {}
    groups = []
    for part in changed.parts:
        subjects = []
        for entry in part.entries:
            if not entry.minor:
                subjects += _note(known, entry, "news")
        if subjects:
            heading = str(part.source.headline or part.source.label)
            groups.append(Group(heading, subjects, part.more))
    if period.ahead is not None:
        now = timezone.now()
        coming = digest.coming(
            Scope(since=now, until=max(period.ahead, now), areas=areas, limit=FETCHED),
            without=["newsletters"],
        )
        subjects = []
        for entry in coming.entries:
            if not entry.minor:
                subjects += _note(known, entry, "coming")
        if subjects:
            groups.append(Group(_("Dit komt eraan"), subjects, coming.more))
    for group in groups:
        group.more += len(group.subjects[LIMIT:])
        del group.subjects[LIMIT:]
        for subject in group.subjects:  # now, in the language that is active now
            subject.text = _text_of(subject)
    return groups


def _note(known: dict[str, Subject], entry: Entry, what: str) -> list[Subject]:
    """Add an entry to the subject that it is about; the subject where it is a new one."""
    about = entry.page_id or (entry.source, entry.row, entry.url, entry.title)
    key = sha256(repr(about).encode()).hexdigest()[:16]
    fresh = key not in known
    if fresh:
        known[key] = Subject(entry.source, entry.title, entry.url, entry.page_id, key=key)
    getattr(known[key], what).append(entry)
    return [known[key]] if fresh else []


def without_present(groups: Iterable[Group], blocks: Collection[dict]) -> list[Group]:
    """The groups without what these blocks of a draft, as stored, tell already."""
    pages = {block["value"].get("page") for block in blocks if isinstance(block.get("value"), dict)}
    texts = [block["value"] for block in blocks if block.get("type") == "text"]

    def is_new(subject: Subject) -> bool:
        if subject.page_id is not None:
            return subject.page_id not in pages
        return not any(subject.link in text for text in texts)

    left = [Group(group.heading, [*filter(is_new, group.subjects)], group.more) for group in groups]
    return [group for group in left if group.subjects]


def _text_of(subject: Subject) -> str:
    """What is told, within what a block takes; what comes is never cut for what was."""
    ahead = shortened(" ".join(map(_told_ahead, subject.coming)), TEXT_LENGTH)
    news = shortened(" ".join(map(_told, subject.news)), max(0, TEXT_LENGTH - len(ahead) - 1))
    return " ".join(filter(None, [news, ahead]))


def shortened(text: str, limit: int) -> str:
    """The text within `limit` characters: whole sentences, or else whole words with "…"."""
    if len(text) <= limit:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if found.end() <= limit]
    if ends and ends[-1] >= limit // 3:
        return text[: ends[-1]]
    words = text[: max(0, limit - 2)].rpartition(" ")[0].rstrip(" ,;:")
    return f"{words} …" if words else ""


def _told(entry: Entry) -> str:
    """What happened, in a sentence or more."""
    return f"{entry.label}: {entry.plain}" if entry.plain else f"{entry.label}."


def _told_ahead(entry: Entry) -> str:
    """What is to come, and when."""
    plain = entry.plain
    told = entry.label
    if entry.day is not None:
        told = _("%(what)s op %(day)s") % {"what": told, "day": _day(entry.day)}
        time = date_format(timezone.localtime(entry.at), "G.i") if entry.has_time else ""
        if time and time not in plain:
            told = _("%(told)s om %(time)s uur") % {"told": told, "time": time}
    return f"{told}. {plain}".strip()


def _day(day: date) -> str:
    """The day of the week, the day and the month; the year where it is far away."""
    far = abs(day - timezone.localdate()) > timedelta(days=180)
    return date_format(day, "l j F Y" if far else "l j F")
