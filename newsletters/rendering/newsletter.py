"""An edition as a mail: HTML and plain text, with marks where each delivery's own links come."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from areas.models import AreaPage
from cms.mailing.frame import contact_text
from cms.mailing.mjml import render_mjml
from cms.mailing.text import wrap
from cms.services import absolute_url

from ..content import Entry, cover_image, entries
from .richtext import plain_text

REASON = "@@gp-reden@@"
LEAVE_URL = "@@gp-afmelden@@"
PREFERENCES_URL = "@@gp-voorkeuren@@"


@dataclass(frozen=True)
class Mail:
    """A mail for everybody; `for_recipient` makes one person's own."""

    html: str
    text: str

    def for_recipient(self, *, reason: str, leave_url: str, preferences_url: str) -> "Mail":
        """The mail with its marks filled in; all three are plain texts."""
        own = {REASON: reason, LEAVE_URL: leave_url, PREFERENCES_URL: preferences_url}
        html, text = self.html, self.text
        for mark, value in own.items():
            html = html.replace(mark, escape(value))
            text = text.replace(mark, value)
        return Mail(html=html, text=text)


def render_mail(edition) -> Mail:
    """The mail of an edition, in Dutch whatever language the editor works in."""
    with translation.override("nl"):
        found = entries(edition)
        cover = cover_image(edition)
        context = {
            "title": edition.title,
            "preview": edition.mail_preview,
            "kicker": kicker(edition),
            "summary": edition.summary,
            "image": cover,
            "entries": found,
            "reason": REASON,
            "leave_url": LEAVE_URL,
            "preferences_url": PREFERENCES_URL,
            "web_url": absolute_url(edition.url or "/"),
        }
        return Mail(html=render_mjml("mail/newsletter.mjml", context), text=_text(context))


def preview_mail(edition) -> Mail:
    """The mail as an example for the editor: its links of leaving lead to the home page."""
    return render_mail(edition).for_recipient(
        reason=_("dit een voorbeeld is voor de redactie"),
        leave_url=absolute_url("/"),
        preferences_url=absolute_url("/"),
    )


def kicker(edition) -> str:
    """The line above the title: what it is, of which areas, and when."""
    titles = AreaPage.objects.filter(pk__in=edition.area_ids).order_by("path")
    names = list(titles.values_list("title", flat=True))
    if not names and edition.area is not None:
        names = [edition.area.title]
    parts = [_("Nieuwsbrief"), ", ".join(names), date_format(edition.date, "j F Y")]
    return " · ".join(part for part in parts if part)


def _text(context: dict) -> str:
    """The plain text: reads well by itself, with every address in full."""
    title = context["title"]
    parts = [f"{wrap(title)}\n{'=' * min(76, len(title))}", wrap(context["kicker"])]
    if context["summary"]:
        parts.append(wrap(context["summary"]))
    parts += [text for text in map(_entry_text, context["entries"]) if text]
    parts.append("-" * 40)
    parts.append(contact_text())
    parts.append(wrap(_("U krijgt deze mail omdat %(reason)s.") % {"reason": REASON}))
    for label, url in (
        (_("Meld u af:"), context["leave_url"]),
        (_("Kies andere gebieden:"), context["preferences_url"]),
        (_("Lees op de website:"), context["web_url"]),
    ):
        parts.append(f"{label}\n{url}")
    parts.append(wrap(_("Wij meten niet of u deze mail opent en waar u op klikt.")))
    return "\n\n".join(parts) + "\n"


def _entry_text(entry: Entry) -> str:
    match entry.kind:
        case "heading":
            underline = "-" if entry.level == "h2" else ""
            text = wrap(entry.text)
            return f"{text}\n{underline * min(76, len(entry.text))}".rstrip("\n")
        case "text":
            return plain_text(entry.html)
        case "image":
            words = entry.text or entry.alt
            return wrap(_("[Foto: %(words)s]") % {"words": words}) if words else ""
        case "page":
            label = ", ".join(part for part in (entry.status, entry.place) if part)
            heading = f"{entry.label}: {entry.source}" if entry.label else entry.source
            lines = [wrap(f"{heading} ({label})" if label else heading)]
            lines += [wrap(entry.text)] if entry.text else []
            return "\n".join([*lines, entry.whole_url])
        case "button":
            return f"{wrap(entry.text)}:\n{entry.whole_url}"
        case "quote":
            quoted = wrap(f"“{entry.text}”", first="  ", rest="  ")
            return f"{quoted}\n  - {entry.source}" if entry.source else quoted
        case _:
            return "* * *"
