"""The mail to an editor that a draft waits, or that there was nothing to make it of."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.mailing.mjml import render_mjml
from cms.mailing.outbox import AUTOMATIC_ATTEMPTS, send_rows
from cms.mailing.text import wrap
from cms.services import absolute_url

from ..models import DraftMail, RhythmDraft


def send_waiting(stopping=lambda: False) -> tuple[int, int]:
    """Send the mails that wait; (sent, failed)."""
    rows = DraftMail.objects.waiting(timezone.now()).filter(attempts__lt=AUTOMATIC_ATTEMPTS)
    load = DraftMail.objects.select_related("draft__area", "draft__page").defer(
        "draft__area__geometry", "draft__page__body"
    )
    return send_rows(rows, load=load, message_of=message_of, stopping=stopping)


def message_of(row: DraftMail) -> EmailMultiAlternatives:
    """The mail about one draft to one editor, in HTML and plain text."""
    with translation.override("nl"):
        title, paragraphs, button, url = _content(row.draft)
        context = {
            "title": title,
            "preview": paragraphs[0],
            "paragraphs": paragraphs,
            "button": button,
            "url": url,
        }
        text = [wrap(title), *map(wrap, paragraphs), f"{button}:\n{url}"]
        message = EmailMultiAlternatives(
            subject=title,
            body="\n\n".join(text) + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[row.address],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        message.attach_alternative(render_mjml("mail/newsletter_draft.mjml", context), "text/html")
    return message


def _content(draft: RhythmDraft) -> tuple[str, list[str], str, str]:
    """Title, paragraphs, and a button with its address."""
    area = " ".join(draft.area.title.split())
    since = date_format(timezone.localtime(draft.since), "j F Y")
    settings_url = absolute_url(reverse("newsletter_area", args=[draft.area_id]))
    if draft.subjects == 0:
        return (
            _("Geen nieuwsbrief gemaakt voor %(area)s") % {"area": area},
            [
                _(
                    "Vandaag is de dag van de nieuwsbrief van %(area)s. Sinds %(since)s veranderde "
                    "er niets op de site, en er komt de eerste weken niets aan. Daarom staat er "
                    "geen concept klaar."
                )
                % {"area": area, "since": since},
                _(
                    "Heeft u zelf nieuws? Dan kunt u een nieuwsbrief maken. Anders hoeft u niets "
                    "te doen."
                ),
            ],
            _("Bekijk hoe vaak er een concept komt"),
            settings_url,
        )
    count = ngettext(
        "Er staat %(number)d onderwerp in.", "Er staan %(number)d onderwerpen in.", draft.subjects
    ) % {"number": draft.subjects}
    paragraphs = [
        _(
            "Het concept van de nieuwsbrief van %(area)s is gemaakt, met wat er sinds %(since)s "
            "veranderde en wat eraan komt. %(count)s"
        )
        % {"area": area, "since": since, "count": count},
        _(
            "Er is niets gepubliceerd en niets verzonden. Kijk het na: haal weg wat er niet in "
            "hoort, maak teksten korter en schrijf erbij wat mist."
        ),
    ]
    if draft.page is None:  # removed before the mail could go
        return (
            _("Er was een concept voor %(area)s") % {"area": area},
            [paragraphs[0], _("Het is intussen verwijderd.")],
            _("Bekijk hoe vaak er een concept komt"),
            settings_url,
        )
    return (
        _("Er staat een nieuwsbrief klaar: %(title)s")
        % {"title": " ".join(draft.page.title.split())},
        paragraphs,
        _("Open het concept"),
        absolute_url(reverse("wagtailadmin_pages:edit", args=[draft.page.pk])),
    )
