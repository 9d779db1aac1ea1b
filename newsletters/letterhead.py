"""What an area puts on all its newsletters: the name of the sender, where answers go, the subject.

The address of the sender stays that of the site: mail servers check that it may send (SPF, DKIM,
DMARC), and it is the one that the site signs for.
"""

from email.utils import parseaddr

from django.conf import settings

from areas.models import AreaPage
from cms.services import default_site_settings

from .models import AreaNewsletter


def letterhead_of(area: AreaPage | None) -> AreaNewsletter:
    """The settings of an area, unsaved and empty where it has none; one query for an instance."""
    if area is None:
        return AreaNewsletter()
    try:
        return area.newsletter_settings
    except AreaNewsletter.DoesNotExist:
        return AreaNewsletter(area=area)


def sender_of(area: AreaPage | None) -> str:
    """The sender as it stands above a mail: the area's name, the site's address."""
    name = _one_line(letterhead_of(area).sender_name)
    if not name:
        return settings.DEFAULT_FROM_EMAIL
    return f'"{name}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'


def reply_address_of(area: AreaPage | None) -> str:
    """Where an answer goes: what the area chose, its manager, or else the municipality."""
    if area is not None:
        chosen = letterhead_of(area).reply_to or area.manager_email
        if chosen:
            return chosen
    return default_site_settings().email


def subject_of(area: AreaPage | None, subject: str) -> str:
    """The subject with what the area begins it with, unless it does so already."""
    prefix = _one_line(letterhead_of(area).subject_prefix)
    if not prefix or subject.lower().startswith(prefix.lower()):
        return subject
    return f"{prefix} {subject}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
