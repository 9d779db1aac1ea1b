"""Editions, subscriptions and what was sent to whom."""

from .edition import NewsletterPage
from .sending import Answer, Bounce, Delivery, Mailing, MailWorker, Pace
from .subscription import Subscription, Suppression

__all__ = [
    "Answer",
    "Bounce",
    "Delivery",
    "MailWorker",
    "Mailing",
    "NewsletterPage",
    "Pace",
    "Subscription",
    "Suppression",
]
