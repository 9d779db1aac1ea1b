"""Purge the page cache when content of the site changes."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from .models import SiteSettings
from .pagecache import purge, purge_on_change

purge_on_change(
    Page,
    PageViewRestriction,
    Site,
    SiteSettings,
    Redirect,
    get_image_model(),
    get_document_model(),
)


def purge_after_move(**kwargs) -> None:
    """Moving and reordering write the tree's columns without saving a page."""
    purge()


post_page_move.connect(purge_after_move, dispatch_uid="cms.signals.purge_after_move")
