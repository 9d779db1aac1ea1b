from django.urls import path

from .views import archive, feeds, personal, subscriptions

urlpatterns = [
    path("nieuwsbrieven/", archive.archive, name="newsletters"),
    path("nieuwsbrieven/rss/", feeds.EditionsFeed(), name="newsletters_rss"),
    path("nieuwsbrieven/atom/", feeds.EditionsAtomFeed(), name="newsletters_atom"),
    path("nieuwsbrieven/aanmelden/", subscriptions.subscribe, name="newsletter_subscribe"),
    path(
        "nieuwsbrieven/aanmelden/kijk-in-uw-mail/",
        subscriptions.subscribe_sent,
        name="newsletter_subscribe_sent",
    ),
    path(
        "nieuwsbrieven/bevestigen/<str:token>/",
        subscriptions.confirm,
        name="newsletter_confirm",
    ),
    path("nieuwsbrieven/aangemeld/", subscriptions.confirmed, name="newsletter_confirmed"),
    path(
        "nieuwsbrieven/voorkeuren/<str:token>/",
        subscriptions.preferences,
        name="newsletter_preferences",
    ),
    path("nieuwsbrieven/link-kwijt/", subscriptions.lost_link, name="newsletter_lost_link"),
    path(
        "nieuwsbrieven/link-kwijt/kijk-in-uw-mail/",
        subscriptions.link_sent,
        name="newsletter_link_sent",
    ),
    path("nieuwsbrieven/gegevens/<str:token>/", personal.personal, name="newsletter_personal"),
    path(
        "nieuwsbrieven/gegevens/<str:token>/mijn-gegevens.json",
        personal.personal_file,
        name="newsletter_personal_file",
    ),
    path("nieuwsbrieven/afmelden/<str:token>/", subscriptions.leave, name="newsletter_leave"),
    path("nieuwsbrieven/afgemeld/", subscriptions.left, name="newsletter_left"),
    path("nieuwsbrieven/verwijderd/", subscriptions.forgotten, name="newsletter_forgotten"),
]
