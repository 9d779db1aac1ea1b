"""System checks on what mail needs."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.exceptions import ValidationError

from .addresses import normalise
from .bounces.address import return_address
from .sending.signing import SigningError, check_key

NO_REAL_MAIL = ("console", "filebased", "dummy", "locmem")


@register(deploy=True)
def check_mail_server(app_configs, **kwargs):
    """In production newsletters must reach a mail server, over links that mail programs trust."""
    found = []
    if any(f".{name}." in settings.EMAIL_BACKEND for name in NO_REAL_MAIL):
        found.append(
            Warning(
                "Mail goes to the console or to files, so nobody gets newsletters.",
                hint="Set EMAIL_URL to a mail server, such as smtp+tls://user:password@mail.example.nl:587.",
                id="newsletters.W001",
            )
        )
    if not settings.BASE_URL.startswith("https://"):
        found.append(
            Warning(
                "BASE_URL is not https, so mail programs do not show one-click unsubscribe.",
                hint="RFC 8058 asks for an https address: set BASE_URL to one.",
                id="newsletters.W002",
            )
        )
    return found


@register
def check_bounces_and_signing(app_configs, **kwargs):
    """What is set about bounces and DKIM must work before an edition goes out."""
    found = []
    pattern = settings.NEWSLETTER_BOUNCE_ADDRESS
    if pattern:
        try:
            normalise(return_address(10**17))
            complete = pattern.count("{}") == 1
        except ValidationError:
            complete = False
        if not complete:
            found.append(
                Error(
                    "NEWSLETTER_BOUNCE_ADDRESS is no address with one {} in it.",
                    hint="Such as terug+{}@example.nl or {}@terug.example.nl.",
                    id="newsletters.E001",
                )
            )
    try:
        check_key()
    except SigningError as error:
        found.append(
            Error(
                str(error),
                hint="DKIM_PRIVATE_KEY_FILE must be an RSA key in PEM that this process can read.",
                id="newsletters.E002",
            )
        )
    return found
