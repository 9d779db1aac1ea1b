"""Where links lead: those of our own site by routing, others as they answered when last asked."""

import hashlib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, Site

from ..addresses import normalise
from ..models import CheckedLink
from .findings import Finding
from .parts import Link, Parts

#: What no text in PostgreSQL can hold, and so no address of a page.
_NUL = "\x00"
#: Digits of a number that a database can look up.
LONGEST = 18


def key_of(url: str) -> str:
    """The key under which what is known of an address is kept."""
    return hashlib.sha256(url.encode()).hexdigest()


def check_links(parts: Parts) -> Iterator[Finding]:
    """What is wrong with where links lead; no request is made. A few queries for all links."""
    public = _public_pages(parts.links)
    documents = _public_documents(parts.links)
    hosts = own_hosts()
    paths = _public_paths(parts.links, hosts)
    for link in parts.links:
        if link.page_id is not None:
            if link.page_id not in public:
                yield _error(link, _not_public(link))
        elif link.document_id is not None:
            if link.document_id not in documents:
                yield _error(link, _("Dit document bestaat niet meer of is niet openbaar."))
        elif message := _wrong_address(link.url, hosts, paths):
            yield _error(link, message)
        elif "utm_" in link.url:
            yield Finding(
                link.where,
                _("In dit adres staat een meetcode: %(url)s. Wij meten niet; haal de code weg.")
                % {"url": _short(link.url)},
            )
    yield from _outside(outside_links(parts, hosts))


def outside_links(parts: Parts, hosts: set[str] | None = None) -> dict[str, str]:
    """Addresses on other sites with the first place where each stands, in order."""
    hosts = own_hosts() if hosts is None else hosts
    found: dict[str, str] = {}
    for link in parts.links:
        parsed = _split(link.url)
        if parsed and parsed.scheme in ("http", "https") and parsed.hostname not in hosts:
            found.setdefault(link.url, link.where)
    return found


def own_hosts() -> set[str]:
    """Names under which this site is reached; one query."""
    hosts = set(Site.objects.values_list("hostname", flat=True))
    hosts.add(urlsplit(settings.BASE_URL).hostname or "")
    return {host for host in hosts if host}


def _error(link: Link, message: str) -> Finding:
    return Finding(link.where, message, is_error=True)


def _not_public(link: Link) -> str:
    if link.is_teaser:
        return _(
            "‘%(title)s’ staat niet openbaar op de site en valt daarom weg uit de mail. Publiceer "
            "de pagina of haal dit blok weg."
        ) % {"title": link.label}
    return _("De link ‘%(label)s’ gaat naar een pagina die niet openbaar op de site staat.") % {
        "label": link.label
    }


def _public_pages(links: list[Link]) -> set[int]:
    ids = {link.page_id for link in links if link.page_id is not None}
    if not ids:
        return set()
    return set(Page.objects.live().public().filter(pk__in=ids).values_list("pk", flat=True))


def _public_documents(links: list[Link]) -> set[int]:
    ids = {link.document_id for link in links if link.document_id is not None}
    if not ids:
        return set()
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    rows = get_document_model().objects.filter(pk__in=ids).values_list("pk", "collection__path")
    return {pk for pk, path in rows if not path.startswith(closed)}


def _split(url: str):
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _wrong_address(url: str, hosts: set[str], paths: set[str]) -> str:
    """What is wrong with an address, as far as can be said without a request."""
    parsed = _split(url)
    if parsed is None or not url or url.startswith("#"):
        return _("Een link heeft geen adres dat werkt: ‘%(url)s’.") % {"url": _short(url)}
    match parsed.scheme:
        case "mailto":
            try:
                normalise(unquote(parsed.path))
            except ValidationError:
                return _("‘%(url)s’ is geen geldig e-mailadres.") % {"url": _short(parsed.path)}
            return ""
        case "tel":
            return ""
        case "http" | "https":
            if parsed.hostname is None:
                return _("Een link heeft geen adres dat werkt: ‘%(url)s’.") % {"url": _short(url)}
            return _wrong_path(parsed.path, url, paths) if parsed.hostname in hosts else ""
        case "":
            return _wrong_path(parsed.path, url, paths)
    return _("‘%(url)s’ werkt niet in een mail. Gebruik een adres met https.") % {
        "url": _short(url)
    }


def _public_paths(links: list[Link], hosts: set[str]) -> set[str]:
    """Paths of our own site, ending in a slash, at which public pages live; two queries."""
    wanted = set()
    for link in links:
        parsed = _split(link.url)
        if parsed and (parsed.hostname in hosts or not parsed.scheme) and parsed.path:
            path = unquote(parsed.path)
            if _NUL not in path:
                wanted.add(_slashed(path))
    site = _default_site() if wanted else None
    if site is None:
        return set()
    root = site.root_page.url_path
    pages = (
        Page.objects.live()
        .public()
        .filter(url_path__in=[f"{root}{path.removeprefix('/')}" for path in wanted])
    )
    return {f"/{path.removeprefix(root)}" for path in pages.values_list("url_path", flat=True)}


def _slashed(path: str) -> str:
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def _default_site() -> Site | None:
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


def _wrong_path(path: str, url: str, paths: set[str]) -> str:
    """What is wrong with a path of our own site; `paths` are known to be public."""
    path = unquote(path) or "/"
    if _slashed(path) in paths or path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return ""
    gone = _("Deze pagina bestaat niet op de site: %(url)s.") % {"url": _short(url)}
    if _NUL in path:
        return gone
    try:
        match = resolve(path)
    except Resolver404:
        return gone
    if match.route.startswith("beheer/"):
        return _("Deze link gaat naar het beheer, waar lezers niet in kunnen: %(url)s.") % {
            "url": _short(url)
        }
    if match.view_name == "wagtaildocs_serve" or "document_id" in match.kwargs:
        number = str(match.kwargs.get("document_id") or match.args[0])
        known = number.isdecimal() and len(number) <= LONGEST
        link = Link("", "", document_id=int(number) if known else 0)
        if not _public_documents([link]):
            return _("Dit document bestaat niet meer of is niet openbaar.")
        return ""
    if match.view_name == "wagtail_serve":
        return "" if _is_public_path(path) else gone
    return ""


def _is_public_path(path: str) -> bool:
    """Whether a page of the tree answers at a path below its own, for everybody."""
    site = _default_site()
    if site is None:
        return False
    components = [component for component in path.split("/") if component]
    request = HttpRequest()
    request.method, request.path = "GET", path
    try:
        page = site.root_page.specific.route(request, components).page
    except Http404:
        return False
    return page.live and not page.get_view_restrictions().exists()


def _outside(links: dict[str, str]) -> Iterator[Finding]:
    """What is known of addresses elsewhere, with the moment at which they were asked."""
    if not settings.LINK_CHECK_ENABLED or not links:
        return
    known = CheckedLink.objects.in_bulk([key_of(url) for url in links])
    unknown = 0
    for url, where in links.items():
        checked = known.get(key_of(url))
        if checked is None:
            unknown += 1
        elif checked.outcome != CheckedLink.Outcome.WORKS:
            moment = date_format(localtime(checked.checked_at), "j F H.i")
            yield Finding(
                where,
                _("%(url)s: %(words)s Gekeken op %(moment)s uur.")
                % {"url": _short(url), "words": checked.words, "moment": moment},
                is_error=checked.outcome == CheckedLink.Outcome.GONE,
            )
    if unknown:
        yield Finding(
            _("Links"),
            ngettext(
                "Van %(number)s link naar een andere site is nog niet gekeken of hij werkt. Kies "
                "‘Controleer de links naar andere sites’.",
                "Van %(number)s links naar andere sites is nog niet gekeken of ze werken. Kies "
                "‘Controleer de links naar andere sites’.",
                unknown,
            )
            % {"number": unknown},
        )


def _short(url: str) -> str:
    return url if len(url) <= 90 else f"{url[:90]}…"
