"""The message of one delivery, with the headers that a newsletter owes its reader."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from cms.services import absolute_url

from ..bounces.address import message_id as signed_message_id
from ..bounces.address import return_address
from ..models import Delivery, Mailing
from ..rendering.newsletter import Mail
from ..tokens import leave_token, preferences_token
from .mailing import sender_domain


def message_id(delivery: Delivery) -> str:
    """The same for a delivery whenever it is made, so that receivers can tell a repetition."""
    return signed_message_id(
        mailing_id=delivery.mailing_id, delivery_id=delivery.pk, domain=sender_domain()
    )


def build_message(*, mailing: Mailing, delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of one delivery: text and HTML with its own links, and its headers.

    RFC 8058 (one-click unsubscribe), RFC 2919 (List-ID), RFC 2369 (List-Archive), RFC 3834
    (Auto-Submitted).
    """
    with translation.override("nl"):
        leave_url = absolute_url(reverse("newsletter_leave", args=[leave_token(delivery.pk)]))
        if delivery.subscription_id is not None:
            token = preferences_token(delivery.subscription_id)
            preferences_url = absolute_url(reverse("newsletter_preferences", args=[token]))
        else:
            preferences_url = absolute_url(reverse("newsletter_subscribe"))
        archive_url = absolute_url(reverse("newsletters"))
    mail = Mail(html=mailing.html, text=mailing.text).for_recipient(
        reason=delivery.reason, leave_url=leave_url, preferences_url=preferences_url
    )
    headers = {
        "Message-ID": message_id(delivery),
        "List-ID": mailing.list_id,
        "List-Archive": f"<{archive_url}>",
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    sender = mailing.from_email
    come_back = return_address(delivery.pk)
    if come_back:  # the sender on the envelope is not the one that people see
        sender, headers["From"] = come_back, sender
    message = EmailMultiAlternatives(
        subject=mailing.subject,
        body=mail.text,
        from_email=sender,
        to=[delivery.address],
        reply_to=[mailing.reply_to] if mailing.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(mail.html, "text/html")
    return message
