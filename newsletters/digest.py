"""Newsletters in digests: editions that came out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.digest import Entry, Found, Source, area_titles, bounded
from cms.languages import dutch

from .models import NewsletterPage


class NewsletterSource(Source):
    key = "newsletters"
    label = gettext_lazy("Nieuwsbrieven")
    order = 60

    def get_changed(self, scope):
        """Two queries."""
        editions = NewsletterPage.objects.live().public().defer("body")
        rows, total = bounded(
            scope.placed(editions).filter(scope.days("date")).order_by("-date", "-pk"), scope
        )
        areas = area_titles(NewsletterPage, (row.pk for row in rows))
        return Found(
            tuple(
                Entry(
                    source=self.key,
                    label=_("Nieuwsbrief verschenen"),
                    at=row.date,
                    title=row.title,
                    url=row.url or "",
                    lines=(dutch(row.summary),) if row.summary else (),
                    place=row.place_name,
                    areas=areas.get(row.pk, ()),
                    page_id=row.pk,
                )
                for row in rows
            ),
            total,
        )
