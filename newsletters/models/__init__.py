"""Editions, subscriptions and what was sent to whom."""

from .edition import NewsletterPage
from .overview import Overview
from .sending import Bounce, Delivery, Mailing, MailWorker, Pace
from .subscription import Subscription, Suppression

__all__ = [
    "Bounce",
    "Delivery",
    "MailWorker",
    "Mailing",
    "NewsletterPage",
    "Overview",
    "Pace",
    "Subscription",
    "Suppression",
]
