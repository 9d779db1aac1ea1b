"""System checks that name a wrong setting before a visitor meets it."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register


@register()
def check_base_url(app_configs, **kwargs):
    """BASE_URL ends up in mails, calendars and sitemaps, so it must be a whole address."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme in {"http", "https"} and parts.netloc and parts.path in {"", "/"}:
        return []
    return [
        Error(
            f"BASE_URL is {settings.BASE_URL!r}; it must be an address such as https://plein.example.nl.",
            hint="Set the environment variable BASE_URL to scheme and host, without a path.",
            id="cms.E001",
        )
    ]


@register()
def check_tiles(app_configs, **kwargs):
    """A tile address without {z}, {x} and {y} shows an empty map."""
    if not settings.TILES["enabled"]:
        return []
    missing = [part for part in ("{z}", "{x}", "{y}") if part not in settings.TILES["url"]]
    if not missing:
        return []
    return [
        Error(
            f"TILES_URL lacks {', '.join(missing)}.",
            hint="Give a tile address with {z}, {x} and {y}, or set TILES_ENABLED=False.",
            id="cms.E002",
        )
    ]


@register(deploy=True)
def check_shared_cache(app_configs, **kwargs):
    """Rate limits count per process in a local-memory cache."""
    if "locmem" not in settings.CACHES["default"]["BACKEND"]:
        return []
    return [
        Warning(
            "The cache lives in each process, so rate limits count per process.",
            hint="Set CACHE_URL to a shared cache, for example redis://127.0.0.1:6379/1.",
            id="cms.W001",
        )
    ]


@register()
def check_private_files(app_configs, **kwargs):
    """What lies in MEDIA_ROOT a web server gives to everybody who asks."""
    private, public = (
        Path(folder).resolve() for folder in (settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT)
    )
    if not private.is_relative_to(public):
        return []
    return [
        Error(
            f"PRIVATE_MEDIA_ROOT ({private}) lies inside MEDIA_ROOT ({public}).",
            hint="Set the environment variable PRIVATE_MEDIA_ROOT to a folder elsewhere.",
            id="cms.E003",
        )
    ]
