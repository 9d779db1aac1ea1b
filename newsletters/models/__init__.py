"""Editions, subscriptions and what was sent to whom."""

from .edition import NewsletterPage
from .map_picture import MapPicture
from .sending import Bounce, Delivery, Mailing, MailWorker, Pace
from .subscription import Subscription, Suppression

__all__ = [
    "Bounce",
    "Delivery",
    "MailWorker",
    "Mailing",
    "MapPicture",
    "NewsletterPage",
    "Pace",
    "Subscription",
    "Suppression",
]
