"""Queries that every page type shares."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageQuerySet, PageViewRestriction


class PublicPageQuerySet(PageQuerySet):
    """Wagtail's queries of pages, with `public` in one statement.

    Wagtail first fetches all restrictions, at every call; a page with six lists would do so six
    times.
    """

    def public(self):
        """Pages that no password, log-in or group guards, on themselves or above them."""
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        restrictions = PageViewRestriction.objects.annotate(guarded=path)
        return self.filter(~Exists(restrictions.filter(guarded__startswith=F("page__path"))))
