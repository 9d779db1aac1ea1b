"""E-mail addresses as we keep and compare them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets

INVALID = _("Vul een geldig e-mailadres in, zoals naam@example.nl.")
NOT_ASCII = _(
    "Dit e-mailadres heeft een bijzonder teken, zoals é of ü. Daar kunnen wij niet naar mailen. "
    "Vul een adres in met gewone letters, of bel ons."
)
TOO_LONG = _("Dit e-mailadres is te lang. Vul een adres in van ten hoogste 254 tekens.")

_validate = EmailValidator(message=INVALID)
#: What looks like an address in a text.
_WITHIN = re.compile(r"""[^\s<>()\[\]"',;:]+@[^\s<>()\[\]"',;:]+""")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def normalise(address: str) -> str:
    """The address in lower case without spaces around it; raises ValidationError in Dutch.

    Lower case throughout: the part before the @ may by RFC 5321 depend on case, but no mail
    provider that people use does so, and two spellings of one mailbox must not get two mails.
    """
    found = address.strip(" ").lower()
    if _CONTROL.search(found):
        raise ValidationError(INVALID, code="invalid")
    if len(found) > MAX_LENGTH:
        raise ValidationError(TOO_LONG, code="too_long")
    if not address.strip(" ").isascii():  # before lower(), which makes a k of the Kelvin sign
        raise ValidationError(NOT_ASCII, code="not_ascii")
    _validate(found)
    return found


def masked(address: str) -> str:
    """The address as somebody may see it who got hold of a link: j•••@example.nl."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"


def masked_in(text: str) -> str:
    """A text of a mail server with all addresses masked: also that which mail is forwarded to."""
    return _WITHIN.sub(lambda found: masked(found[0]), text)
