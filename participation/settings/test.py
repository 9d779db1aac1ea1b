"""Tests: quick passwords, mail in memory, no tiles, no page cache unless a test asks for it."""

import tempfile

from .base import *
from .base import BASE_DIR

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SERVE_MEDIA = True
MEDIA_ROOT = tempfile.mkdtemp(prefix="gebiedsplein-media-")
PRIVATE_MEDIA_ROOT = tempfile.mkdtemp(prefix="gebiedsplein-private-")
STATIC_ROOT = BASE_DIR / "var" / "test-static"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PAGE_CACHE_ENABLED = False
TILES["enabled"] = False
ADDRESS_SEARCH_ENABLED = False
AXES_ENABLED = False
LOGGING["root"]["level"] = "ERROR"

if DATABASES["default"]["ENGINE"].endswith("spatialite"):
    # A name of its own: with several processes the test database is a file beside this one.
    # What a crash of the machine would lose need not be kept.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
