"""Editions, subscriptions and what was sent to whom."""

from .edition import NewsletterPage
from .sending import Delivery, Mailing, MailWorker
from .subscription import Subscription, Suppression

__all__ = [
    "Delivery",
    "MailWorker",
    "Mailing",
    "NewsletterPage",
    "Subscription",
    "Suppression",
]
