"""The overview as a mail, with the marks of `rendering.newsletter` for everybody's own links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import AreaPage
from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.text import wrap
from cms.services import absolute_url

from ..models import NewsletterPage
from ..rendering.newsletter import LEAVE_URL, PREFERENCES_URL, REASON, Mail


@dataclass(frozen=True)
class Item:
    """One edition in an overview. `place`: number and title of the area that made it."""

    title: str
    summary: str
    url: str
    day: date
    place: tuple[int, str]


def items_of(editions: Sequence[NewsletterPage]) -> list[Item]:
    """What overviews show of each edition, in the same order; one query for all."""
    areas = list(AreaPage.objects.without_geometry().in_order().values_list("path", "title"))
    found = []
    for edition in editions:
        place = next(
            ((n, title) for n, (path, title) in enumerate(areas) if edition.path.startswith(path)),
            (len(areas), _("Hele gemeente")),
        )
        url = absolute_url(edition.url or "/")
        found.append(Item(edition.title, edition.summary, url, edition.date, place))
    return found


def subject_of(month: date) -> str:
    """The subject of the mail."""
    return _("Nieuwsoverzicht van %(month)s") % {"month": date_format(month, "F Y")}


def render_overview(*, month: date, items: Iterable[Item]) -> Mail:
    """The mail with these editions by area, in the language that is active; no queries."""
    groups: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        groups.setdefault(item.place, []).append(item)
    context = {
        "title": subject_of(month),
        "preview": " · ".join(item.title for item in items),
        "lead": _("Deze nieuwsbrieven kwamen uit in %(month)s. Het gaat om wat u volgt.")
        % {"month": date_format(month, "F")},
        "groups": [(place[1], found) for place, found in sorted(groups.items())],
        "reason": REASON,
        "leave_url": LEAVE_URL,
        "preferences_url": PREFERENCES_URL,
        "archive_url": absolute_url(reverse("newsletters")),
    }
    return Mail(html=render_mjml("mail/overview.mjml", context), text=_text(context))


def _text(context: dict) -> str:
    title = context["title"]
    parts = [f"{wrap(title)}\n{'=' * min(76, len(title))}", wrap(context["lead"])]
    for area, items in context["groups"]:
        parts.append(f"{wrap(area)}\n{'-' * min(76, len(area))}")
        for item in items:
            lines = [wrap(f"{item.title} ({date_format(item.day, 'j F')})")]
            lines += [wrap(item.summary)] if item.summary else []
            parts.append("\n".join([*lines, item.url]))
    parts += ["-" * 40, contact_text()]
    parts.append(wrap(_("U krijgt deze mail omdat %(reason)s.") % {"reason": REASON}))
    for label, url in (
        (_("Meld u af:"), context["leave_url"]),
        (_("Verander uw keuzes:"), context["preferences_url"]),
        (_("Alle nieuwsbrieven:"), context["archive_url"]),
    ):
        parts.append(f"{label}\n{url}")
    parts.append(wrap(_("Wij meten niet of u deze mail opent en waar u op klikt.")))
    return "\n\n".join(parts) + "\n"
