"""System checks on what mail needs."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail import get_connection

from .addresses import normalise
from .bounces.address import return_address
from .bounces.mailboxes import in_clear
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


@register
def check_mailboxes(app_configs, **kwargs):
    """Passwords of mailboxes must not go over the network for all to read."""
    return [
        Warning(
            f"{name} asks for TLS only after the connection is made.",
            hint="Use imaps://. With imap:// nothing is read where the server offers no TLS.",
            id="newsletters.W003",
        )
        for name in ("NEWSLETTER_BOUNCE_MAILBOX", "NEWSLETTER_ANSWERS_MAILBOX")
        if in_clear(getattr(settings, name))
    ]


@register
def check_mail_provider(app_configs, **kwargs):
    """A provider must be one that we can talk to, and its reports need a secret."""
    found = []
    if settings.EMAIL_WEBHOOKS:
        from .bounces.webhooks import view_of  # takes a while to load, and most sites have none

        if ":" not in settings.ANYMAIL.get("WEBHOOK_SECRET", ""):
            found.append(
                Error(
                    "EMAIL_WEBHOOKS is set without EMAIL_WEBHOOK_SECRET.",
                    hint="Make up a name and a long password, as in name:password, and give the "
                    "provider https://name:password@… as the address of the webhook.",
                    id="newsletters.E003",
                )
            )
        found += [
            Error(
                f"EMAIL_WEBHOOKS names {provider}, which django-anymail does not know.",
                hint="Use its name there, such as postmark, mailjet, brevo or amazon_ses.",
                id="newsletters.E004",
            )
            for provider in settings.EMAIL_WEBHOOKS
            if view_of(provider) is None
        ]
    if settings.EMAIL_PROVIDER:
        try:
            get_connection()
        except (ImportError, ImproperlyConfigured) as error:
            found.append(
                Error(
                    f"EMAIL_PROVIDER cannot be used: {error}",
                    hint="Use its name in django-anymail, with EMAIL_PROVIDER_SETTINGS.",
                    id="newsletters.E005",
                )
            )
    return found
