"""Queries that every page type shares."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageQuerySet, PageViewRestriction


def guarded(path: str) -> Exists:
    """Whether a password, log-in or group guards a page, or one above it; `path` names its path."""
    outer = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(guarded=outer)
    return Exists(restrictions.filter(guarded__startswith=F("page__path")))


class PublicPageQuerySet(PageQuerySet):
    """Wagtail's queries of pages, with `public` in one statement.

    Wagtail first fetches all restrictions, at every call; a page with six lists would do so six
    times.
    """

    def public(self):
        """Pages that no password, log-in or group guards, on themselves or above them."""
        return self.filter(~guarded("path"))
