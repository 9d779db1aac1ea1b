"""The archive of newsletters, and an edition on paper."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..forms.public import ArchiveFilterForm
from ..models import NewsletterPage

PAGE_SIZE = 12


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """`GET /nieuwsbrieven/?q=…&gebied=…&pagina=…`: editions, newest first.

    With a wrong filter the page shows all editions with the error, as status 400.
    """
    form = ArchiveFilterForm(request.GET)
    valid = form.is_valid()
    editions = NewsletterPage.objects.archive().with_area_titles()
    area = form.cleaned_data.get("gebied")
    if area is not None:
        editions = editions.in_area(area)
    query = form.cleaned_data.get("q", "")
    if query:
        editions = editions.matching(query)
    page = Paginator(editions, PAGE_SIZE).get_page(form.cleaned_data.get("pagina") or 1)
    return render(
        request,
        "newsletters/archive.html",
        {"form": form, "area": area, "query": query, "active": area or query, "page_obj": page},
        status=200 if valid else 400,
    )


def pdf_response(
    *, request: HttpRequest, edition: NewsletterPage, large: bool = False
) -> HttpResponse:
    """`GET <edition>/pdf/` or `prikbord/`: the edition as tagged PDF, with a validator."""
    from ..rendering.pdf import edition_pdf  # half a second, which only who asks should wait

    document = edition_pdf(edition, large=large)
    etag = quote_etag(document.digest)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(document.content, content_type="application/pdf")
        name = "prikbord" if large else "nieuwsbrief"
        response["Content-Disposition"] = f'inline; filename="{name}-{edition.slug}.pdf"'
    response["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response
