"""Addresses of the site. Public pages come in Dutch without and in English with a prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms import views as cms_views
from cms.media import media_document
from cms.styleguide import styleguide
from cms.wagtail_hooks import admin_overrides
from newsletters.views.webhooks import mail_webhook

handler400 = "cms.views.bad_request"
handler403 = "cms.views.permission_denied"
handler404 = "cms.views.page_not_found"
handler500 = "cms.views.server_error"

urlpatterns = [
    path("beheer/", include(admin_overrides)),
    path("beheer/", include(wagtailadmin_urls)),
    re_path(
        r"^documenten/(?P<document_id>[0-9]{1,9})/(?P<filename>[^/]*\.(?i:mp4|webm|vtt))$",
        media_document,
    ),
    path("documenten/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", cms_views.robots, name="robots"),
    path("webhooks/mail/<slug:provider>/", mail_webhook, name="mail_webhook"),
    path(".well-known/security.txt", cms_views.security_txt, name="security_txt"),
]

if settings.SERVE_MEDIA:
    urlpatterns += [
        re_path(
            rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.*)$",
            cms_views.media,
        )
    ]

if settings.DEBUG:
    urlpatterns += [path("stijlgids/", styleguide, name="styleguide")]

urlpatterns += i18n_patterns(
    path("zoeken/", cms_views.search_view, name="search"),
    path("", include("areas.urls")),
    path("", include("areas.councils.urls")),
    path("", include("areas.pack.urls")),
    path("", include("areas.signals.urls")),
    path("", include("areas.signals.asking.urls")),
    path("", include("areas.room.urls")),
    path("", include("surveys.urls")),
    path("", include("newsletters.urls")),
    path("", include("participation.projects.urls")),
    path("", include("participation.officehours.urls")),
    path("", include("participation.figures.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
