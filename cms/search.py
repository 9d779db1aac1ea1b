"""Search over all that is public, with the kind and the area of each hit."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

PAGE_SIZE = 20
EXTRA_SIZE = 6
AREA_DEPTH = 3
WORDS = re.compile(r"[\w'’.@-]+")


@dataclass(frozen=True)
class Hit:
    """One result: all texts are plain."""

    title: str
    url: str
    kind: str
    area: str = ""
    summary: str = ""


class SearchForm(forms.Form):
    """`q` is what to look for; `pagina` the page of results."""

    q = forms.CharField(
        label=_("Waar zoekt u naar?"),
        max_length=100,
        error_messages={
            "required": _("Typ een woord om te zoeken, bijvoorbeeld de naam van uw dorp."),
            "max_length": _("Zoek met ten hoogste 100 tekens."),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    pagina = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.HiddenInput,
        error_messages={
            name: _("Dit paginanummer bestaat niet.")
            for name in ("invalid", "min_value", "max_value")
        },
    )


#: Finds hits that are no pages, such as places: (query, limit) -> hits.
Source = Callable[[str, int], list[Hit]]
_sources: list[Source] = []
#: Each gives the pages of one kind that search does not find.
_hidden: list[Callable[[], QuerySet]] = []


def register(source: Source) -> None:
    """Add a source of hits that are no pages; called in `AppConfig.ready()`."""
    _sources.append(source)


def hide(pages: Callable[[], QuerySet]) -> None:
    """Leave pages out of what is found; called in `AppConfig.ready()`."""
    _hidden.append(pages)


def search(*, query: str, page_number: int, request) -> dict:
    """What matches a query: {"query", "page_obj", "hits", "extra", "total"}.

    `hits` are the pages of one page of results, `extra` what the registered sources found.
    Words that match nothing are tried as beginnings of words. The number of queries depends on
    the number of page types, not on the number of hits.
    """
    public = Page.objects.live().public().filter(depth__gte=AREA_DEPTH)
    # As keys: what searches knows conditions on fields only. They are few.
    hidden = [key for pages in _hidden for key in pages().values_list("pk", flat=True)]
    if hidden:
        public = public.exclude(pk__in=hidden)
    words = " ".join(WORDS.findall(query))  # what else stands there is syntax to SQLite
    found = public.search(words) if words else public.none().search("")
    if words and not found.count():
        found = public.autocomplete(words)
    page_obj = Paginator(found, PAGE_SIZE).get_page(page_number)
    extra = [hit for source in _sources for hit in source(query, EXTRA_SIZE)]
    return {
        "query": query,
        "page_obj": page_obj,
        "hits": _describe([page.pk for page in page_obj.object_list], request),
        "extra": extra if page_obj.number == 1 else [],
        "total": page_obj.paginator.count + len(extra),
    }


def _describe(page_ids: list[int], request) -> list[Hit]:
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids).specific()}
    area_paths = {page.path[: AREA_DEPTH * Page.steplen] for page in pages.values()}
    titles = dict(Page.objects.filter(path__in=area_paths).values_list("path", "title"))
    hits = []
    for page_id in page_ids:
        page = pages.get(page_id)
        if page is None:
            continue
        area = titles.get(page.path[: AREA_DEPTH * Page.steplen], "")
        hits.append(
            Hit(
                title=page.title,
                url=page.get_url(request) or "",
                kind=str(getattr(page, "kind", page.get_verbose_name())),
                area=area if page.depth > AREA_DEPTH else "",
                summary=getattr(page, "summary", "") or page.search_description,
            )
        )
    return hits
