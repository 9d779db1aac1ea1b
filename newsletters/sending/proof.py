"""A test mail to oneself, before anybody else gets the edition."""

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from ..addresses import normalise
from ..models import NewsletterPage
from ..rendering.newsletter import preview_mail
from .mailing import reply_address, sender
from .transport import describe


class ProofError(Exception):
    """Why the test mail did not go out, in words for the editor."""


def send_proof(*, edition: NewsletterPage, user) -> str:
    """Mail the newest draft of an edition to the user; returns the address.

    Raises ProofError. Its links of leaving do nothing.
    """
    try:
        address = normalise(user.email or "")
    except ValidationError:
        raise ProofError(
            _("Bij uw account staat geen geldig e-mailadres. Vul het in bij uw instellingen.")
        ) from None
    draft = edition.get_latest_revision_as_object()
    mail = preview_mail(draft)
    message = EmailMultiAlternatives(
        subject=_("[Proef] %(subject)s") % {"subject": draft.mail_subject},
        body=mail.text,
        from_email=sender(edition),
        to=[address],
        reply_to=[reply_address(edition)],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except OSError as error:
        raise ProofError(
            _("De mailserver neemt de proefmail niet aan: %(words)s") % {"words": describe(error)}
        ) from error
    return address
