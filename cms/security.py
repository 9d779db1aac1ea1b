"""Content Security Policy per part of the site, and the answer to too many log-in attempts."""

from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SELF = "'self'"
ADMIN_PREFIX = "/beheer/"


def _tile_origins() -> list[str]:
    """Origins the map may load tiles from: the one declared exception to no third parties."""
    if not settings.TILES["enabled"]:
        return []
    parts = urlsplit(settings.TILES["url"])
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def policy_for(*, admin: bool) -> dict[str, list[str]]:
    """Directives of the policy; the Wagtail admin sets style attributes, the public site none."""
    return {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"] if admin else [SELF],
        "img-src": [SELF, "data:", *(["blob:"] if admin else []), *_tile_origins()],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the strict policy on public pages and the admin's own under the admin.

    An editor who is logged in gets Wagtail's toolbar on public pages and in previews, which
    carries style attributes: those responses get the admin's policy.
    """

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        if report_only:
            return PolicyParts()
        user = getattr(request, "user", None)
        admin = request.path.startswith(ADMIN_PREFIX) or (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and user is not None
            and user.is_authenticated
        )
        return PolicyParts(config=policy_for(admin=admin))


def locked_out(request: HttpRequest, response=None, credentials=None, **kwargs) -> HttpResponse:
    """Answer to a log-in that was tried too often (called by django-axes)."""
    return render(request, "429.html", {"reason": "login"}, status=429)
