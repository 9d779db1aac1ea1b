"""Purge the page cache when content of the site changes."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site, get_page_models

from .models import SiteSettings
from .pagecache import purge_on_change

for model in [Site, SiteSettings, Redirect, get_image_model(), get_document_model()]:
    purge_on_change(model)
for model in get_page_models():
    purge_on_change(model)
