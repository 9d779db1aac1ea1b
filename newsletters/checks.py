"""System checks on what mail needs."""

from django.conf import settings
from django.core.checks import Warning, register

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
