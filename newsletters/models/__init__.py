"""Editions, subscriptions and what was sent to whom."""

from .approval import Approval, CheckedLink, EditionApprovalTask, NewsletterSettings
from .edition import NewsletterPage
from .sending import Bounce, Delivery, Mailing, MailWorker, Pace
from .subscription import Subscription, Suppression

__all__ = [
    "Approval",
    "Bounce",
    "CheckedLink",
    "Delivery",
    "EditionApprovalTask",
    "MailWorker",
    "Mailing",
    "NewsletterPage",
    "NewsletterSettings",
    "Pace",
    "Subscription",
    "Suppression",
]
