"""Editions, subscriptions and what was sent to whom."""

from .area import AreaNewsletter, DraftMail, RhythmDraft
from .edition import NewsletterPage
from .sending import Bounce, Delivery, Mailing, MailWorker, Pace
from .subscription import Subscription, Suppression

__all__ = [
    "AreaNewsletter",
    "Bounce",
    "Delivery",
    "DraftMail",
    "MailWorker",
    "Mailing",
    "NewsletterPage",
    "Pace",
    "RhythmDraft",
    "Subscription",
    "Suppression",
]
