"""Sending through a backend of Django that takes a message as a whole: a file, or a provider's API.

With django-anymail the provider's name for the mail is kept, and our own mark goes along where it
takes one: by either we know which mail its reports are about (`bounces/webhooks.py`).
"""

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from ..bounces.address import mark_of
from ..models import Delivery
from .transport import Outcome, Result, ServerUnavailableError, describe

#: Answers of an API that are about us or about the moment, not about this mail.
NOT_THIS_MAIL = {401, 402, 403, 404, 405, 408, 425, 429}
REPLY_LENGTH = 500


def send_whole(backend, message: EmailMultiAlternatives, delivery: Delivery) -> Result:
    """Hand over one mail; ServerUnavailableError where no mail can go now."""
    if type(backend).__module__.startswith("anymail."):
        return _send_by_provider(backend, message, delivery)
    try:
        backend.send_messages([message])
    except OSError as error:
        raise ServerUnavailableError(describe(error)) from error
    return Result(Outcome.ACCEPTED)


def _send_by_provider(backend, message: EmailMultiAlternatives, delivery: Delivery) -> Result:
    from anymail.exceptions import AnymailAPIError, AnymailError, AnymailUnsupportedFeature

    message.metadata = {"delivery": mark_of(delivery.pk)}
    try:
        try:
            backend.send_messages([message])
        except AnymailUnsupportedFeature:  # found before anything goes out
            del message.metadata
            backend.send_messages([message])
    except AnymailAPIError as error:
        return _failed(error)
    except AnymailError as error:
        if not _kept_id(message, delivery):  # a wrong setting, found before anything went out
            raise ServerUnavailableError(_words(error)) from error
        return Result(Outcome.REFUSED, _words(error))  # it took the call and refuses the address
    _kept_id(message, delivery)
    return Result(Outcome.ACCEPTED)


def _failed(error) -> Result:
    """What it means that the API gave an error, or none."""
    from requests import ConnectionError as NoConnectionError
    from requests import ConnectTimeout

    words = _words(error)
    status = getattr(error, "status_code", None)
    if status is None:
        never_there = isinstance(error, ConnectTimeout) or (
            isinstance(error, NoConnectionError) and "NewConnectionError" in repr(error.__cause__)
        )
        if never_there:
            raise ServerUnavailableError(_("de dienst die onze mail verstuurt is niet te bereiken"))
        return Result(Outcome.UNKNOWN, words)  # the line broke: the provider may have it
    if status >= 500 or status in NOT_THIS_MAIL:
        raise ServerUnavailableError(words)
    return Result(Outcome.UNKNOWN if status < 400 else Outcome.REFUSED, words)


def _kept_id(message: EmailMultiAlternatives, delivery: Delivery) -> bool:
    """Keep the provider's name for this mail; whether it answered at all."""
    answered = getattr(message, "anymail_status", None)
    found = answered.recipients.get(delivery.address) if answered else None
    if found is not None and found.message_id not in (None, ""):
        Delivery.objects.filter(pk=delivery.pk).update(provider_id=str(found.message_id)[:200])
    return bool(answered and answered.status)


def _words(error: Exception) -> str:
    """The first line: what follows may show our key or the mail."""
    return " ".join((str(error).splitlines() or [type(error).__name__])[0].split())[:REPLY_LENGTH]
