"""An edition as a mail: HTML and plain text, with marks where each delivery's own links come."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from areas.models import AreaPage
from cms.mailing.mjml import render_mjml
from cms.services import absolute_url

from ..content import cover_image, entries
from .text import mail_text

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
        return Mail(html=render_mjml("mail/newsletter.mjml", context), text=mail_text(context))


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
