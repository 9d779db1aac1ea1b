"""The archive as RSS 2.0 and as Atom, whole or of one area: news without an address."""

import re
from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.services import absolute_url

from ..forms.public import open_areas
from ..models import NewsletterPage

LATEST = 30
NO_XML = re.compile(r"[\x00-\x1f\ufffe\uffff]")
SLUG_LENGTH = 255


class EditionsFeed(Feed):
    """`GET /nieuwsbrieven/rss/?gebied=…`: the latest editions; an area we do not have is a 404."""

    feed_type = Rss201rev2Feed
    name = "newsletters_rss"
    language = "nl"

    def get_object(self, request: HttpRequest):
        slug = request.GET.get("gebied", "")
        if not slug:
            return None
        known = len(slug) <= SLUG_LENGTH and "\x00" not in slug
        area = open_areas().filter(slug=slug).first() if known else None
        if area is None:
            raise Http404
        return area

    def title(self, area) -> str:
        if area is None:
            return _("Nieuwsbrieven van Gebiedsplein")
        return _("Nieuwsbrieven over %(area)s") % {"area": _words(area.title)}

    def description(self, area) -> str:
        return _("Wat er in uw gebied gebeurt, een paar keer per jaar op een rij.")

    subtitle = description

    def link(self, area) -> str:
        return absolute_url(reverse("newsletters") + _query(area))

    def feed_url(self, area) -> str:
        return absolute_url(reverse(self.name) + _query(area))

    def items(self, area):
        editions = NewsletterPage.objects.archive().with_area_titles()
        if area is not None:
            editions = editions.in_area(area)
        return editions[:LATEST]

    def item_title(self, edition) -> str:
        return _words(edition.title)

    def item_description(self, edition) -> str:
        return _words(edition.summary)

    def item_link(self, edition) -> str:
        return absolute_url(edition.url or "/")

    def item_guid(self, edition) -> str:
        return f"nieuwsbrief-{edition.pk}@{absolute_url('/').split('/')[2]}"

    item_guid_is_permalink = False

    def item_pubdate(self, edition):
        return edition.first_published_at or timezone.make_aware(
            datetime.combine(edition.date, time.min)
        )

    def item_updateddate(self, edition):
        return edition.last_published_at or self.item_pubdate(edition)

    def item_categories(self, edition) -> list[str]:
        return [_words(area.title) for area in edition.in_areas]


class EditionsAtomFeed(EditionsFeed):
    """`GET /nieuwsbrieven/atom/?gebied=…`: the same as Atom (RFC 4287)."""

    feed_type = Atom1Feed
    name = "newsletters_atom"

    def item_guid(self, edition) -> str:
        address = absolute_url("/").split("/")[2].partition(":")[0]
        return f"tag:{address},2026:nieuwsbrief-{edition.pk}"  # RFC 4151


def _words(text: str) -> str:
    """A text without what XML cannot hold: a line from slides ends in such a character."""
    return " ".join(NO_XML.sub(" ", text).split())


def _query(area) -> str:
    return f"?{urlencode({'gebied': area.slug})}" if area is not None else ""
