"""Search over all public pages, with the kind and the area of each hit."""

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

PAGE_SIZE = 20


class SearchForm(forms.Form):
    """`q` is what to look for; `pagina` the page of results."""

    q = forms.CharField(
        label=_("Waar zoekt u naar?"),
        max_length=100,
        strip=True,
        error_messages={
            "required": _("Typ een woord om te zoeken, bijvoorbeeld de naam van uw dorp."),
            "max_length": _("Zoek met ten hoogste 100 tekens."),
        },
        widget=forms.SearchInput if hasattr(forms, "SearchInput") else forms.TextInput,
    )
    pagina = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def search(cleaned: dict, request) -> dict:
    """Pages that match, 20 a page: {"page_obj", "hits", "query"}.

    Each hit is {"page", "kind", "area", "url"}; `area` is the title of the ancestor right
    below home, found for all hits in one query.
    """
    query = cleaned["q"]
    found = Page.objects.live().public().filter(depth__gt=2).search(query)
    page_obj = Paginator(found, PAGE_SIZE).get_page(cleaned.get("pagina") or 1)
    pages = [
        page.specific_deferred
        for page in Page.objects.specific()
        .in_bulk([page.pk for page in page_obj.object_list])
        .values()
    ]
    return {"page_obj": page_obj, "hits": pages, "query": query}
