"""Search, error pages and the small files that machines ask for."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.static import serve

from .models import SiteSettings
from .search import SearchForm, search
from .services import absolute_url


@require_safe
def search_view(request: HttpRequest) -> HttpResponse:
    """`GET /zoeken/?q=…&gebied=…&soort=…&pagina=…`: everything public, with kind and area."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    results = None
    if form.is_valid():
        results = search(
            query=form.cleaned_data["q"],
            page_number=form.cleaned_data["pagina"] or 1,
            request=request,
        )
    return render(request, "cms/search.html", {"form": form, "results": results})


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """`GET /media/…`: an uploaded picture, where no proxy hands them out.

    Documents are not among them: Wagtail gives those to who may have them, at `/documenten/`.
    """
    if "\0" in path:
        raise Http404
    inside = Path(settings.MEDIA_ROOT, path.lstrip("/")).resolve()
    if inside.is_relative_to(Path(settings.MEDIA_ROOT, "documents").resolve()):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines in, but not into searches and the admin."""
    lines = [
        "User-agent: *",
        "Disallow: /beheer/",
        "Disallow: /zoeken/",
        "Disallow: /en/zoeken/",
        f"Sitemap: {absolute_url('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness; the expiry moves along, well below a year."""
    site_settings = SiteSettings.for_request(request)
    if not site_settings.security_contact:
        raise Http404
    first_of_month = timezone.localdate().replace(day=1)
    expires = datetime.combine(first_of_month + timedelta(days=180), time(), tzinfo=UTC)
    lines = [
        f"Contact: mailto:{site_settings.security_contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {absolute_url('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: the database may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from another site: say how to go on."""
    return render(request, "403.html", {"reason": "csrf"}, status=403)
