"""Editions, subscriptions, lists of addresses and what was sent to whom."""

from .approval import Approval, CheckedLink, EditionApprovalTask, NewsletterSettings
from .area import AreaNewsletter, DraftMail, RhythmDraft
from .edition import NewsletterPage
from .lists import AddressList, ListImport, ListImportRow, ListMember
from .map_picture import MapPicture
from .overview import Overview
from .sending import Answer, Bounce, Delivery, Mailing, MailWorker, Pace
from .subscription import Subscription, Suppression

__all__ = [
    "AddressList",
    "Answer",
    "Approval",
    "AreaNewsletter",
    "Bounce",
    "CheckedLink",
    "Delivery",
    "DraftMail",
    "EditionApprovalTask",
    "ListImport",
    "ListImportRow",
    "ListMember",
    "MailWorker",
    "Mailing",
    "MapPicture",
    "NewsletterPage",
    "NewsletterSettings",
    "Overview",
    "Pace",
    "RhythmDraft",
    "Subscription",
    "Suppression",
]
