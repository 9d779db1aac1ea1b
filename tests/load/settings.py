"""Production, as it stands behind a proxy that took off the TLS, on one machine."""

import os
import secrets

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("BASE_URL", "https://127.0.0.1")
os.environ.setdefault("EMAIL_URL", "dummymail://")

from participation.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.load.urls"
# All load comes from one address; the limiter itself stays in the way.
SURVEY_RESPONSES_PER_ADDRESS = 1_000_000_000
SURVEY_MARK_PER_ADDRESS = 1_000_000_000
LOGGING["root"]["level"] = "ERROR"  # noqa: F405


def forget_documents(key: str, prefix: str, version: int) -> str:
    """A key of the cache; that of a PDF is never found again, so that each is made anew."""
    made_anew = f":{secrets.token_hex(8)}" if "-pdf:" in key else ""
    return f"{prefix}:{version}:{key}{made_anew}"


CACHES["default"]["KEY_FUNCTION"] = forget_documents  # noqa: F405
