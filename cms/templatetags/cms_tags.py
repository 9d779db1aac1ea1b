"""Template tags of the site: navigation, breadcrumbs, languages, sections and addresses."""

import json

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.urls import translate_url
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import navigation, pagecache, sections
from cms.geometry.mapconfig import map_config
from cms.querysets import guarded
from cms.services import absolute_url

register = template.Library()

#: What a link to a page needs of it.
LINK_COLUMNS = ("title", "url_path", "path", "depth", "locale", "content_type", "live")


@register.simple_tag(takes_context=True)
def main_navigation(context) -> list[dict]:
    """Links of the main navigation as {title, url, current}."""
    return navigation.links("main", _path(context))


@register.simple_tag(takes_context=True)
def footer_navigation(context) -> list[dict]:
    """Links of the footer as {title, url, current}: pages below home, then those of the apps.

    An editor puts a page there with "show in menus". One query, kept as long as a page.
    """
    request, path = context.get("request"), _path(context)
    host = pagecache.host_key(request) if request is not None else ""
    key = ("footer", host, translation.get_language())
    pages = pagecache.remember(key, lambda: _footer_pages(request))
    links = [
        {"title": title, "url": url, "current": path == url, "lang": "nl"} for title, url in pages
    ]
    return links + navigation.links("footer", path)


def _footer_pages(request) -> list[tuple[str, str]]:
    pages = Page.objects.live().in_menu().filter(~guarded("path"), depth=3)
    pages = pages.order_by("path").only(*LINK_COLUMNS)
    return [(page.title, url) for page in pages if (url := page.get_url(request))]


@register.simple_tag(takes_context=True)
def contact_navigation(context) -> list[dict]:
    """Links below the ways to reach somebody, as {title, url, current}."""
    return navigation.links("contact", _path(context))


def _path(context) -> str:
    request = context.get("request")
    return request.path if request is not None else ""


@register.simple_tag(takes_context=True)
def breadcrumbs(context, page=None) -> list[dict]:
    """The way from home to the parent of `page` as {title, url, lang}."""
    request = context.get("request")
    if page is None or not getattr(page, "pk", None) or page.depth <= 2:
        return []
    return [
        {
            "title": _("Home") if ancestor.depth == 2 else ancestor.title,
            "url": ancestor.get_url(request),
            "lang": "" if ancestor.depth == 2 else "nl",
        }
        for ancestor in page.pages_above
    ]


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """This page in each interface language as {code, name, url, current}.

    A view whose address holds a language of its own says in `request.language_path` what the
    address is without it.
    """
    request = context.get("request")
    path = "/"
    if request is not None:
        path = getattr(request, "language_path", "") or request.get_full_path()
    current = translation.get_language()
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(path, code),
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def render_sections(context, slot: str, area=None):
    """Render every registered section of a slot that has something to show."""
    request = context.get("request")
    output = []
    for section in sections.sections_for(slot):
        items = section.get_items(request=request, area=area, limit=section.limit)
        if not items and not section.show_empty:
            continue
        content = get_template(section.template)
        output.append(
            content.render(
                {
                    **context.flatten(),
                    "section": section,
                    "items": items,
                    "area": area,
                    "more_url": section.get_more_url(area=area),
                },
                request,
            )
        )
    return mark_safe("\n".join(output))  # noqa: S308 - rendered by templates that escape


@register.simple_tag
def theme_stylesheet() -> str:
    """Path of the theme's tokens below static, or an empty text for the neutral theme."""
    return f"css/themes/{settings.THEME}.css" if settings.THEME else ""


@register.filter
def full_url(path: str) -> str:
    """An address that also works outside this site, as in mails and PDFs."""
    return absolute_url(path)


@register.simple_tag
def place_map(value) -> dict | None:
    """Config of a map with the one place of a "place" block, or None without a place."""
    geometry = value.get("geometry")
    if not geometry:
        return None
    number = hash((value["title"], geometry.wkt)) % 10**8
    west, south, east, north = geometry.extent
    config = map_config(
        [
            {
                "key": "plek",
                "label": value["title"],
                "singular": value["title"],
                "letter": "•",
                "shape": "pin",
                "color": "place",
                "data": {
                    "type": "FeatureCollection",
                    "features": [
                        {
                            "type": "Feature",
                            "id": 1,
                            "geometry": json.loads(geometry.geojson),
                            "properties": {"title": value["title"], "url": ""},
                        }
                    ],
                },
            }
        ],
        bounds=(west - 0.006, south - 0.004, east + 0.006, north + 0.004),
        label=value["title"],
    )
    return {**config, "id": f"plek-{number}", "config_id": f"plek-{number}-config"}
