from django.urls import path, re_path

from . import views

urlpatterns = [
    path("spreekuren/", views.office_hour_list, name="office_hours"),
    path("spreekuren/agenda.ics", views.feed, name="office_hours_feed"),
    path("spreekuren/<slug:slug>.ics", views.area_feed, name="office_hours_area_feed"),
    # Nine digits at most: SQLite cannot look for a number of more than 64 bits.
    re_path(
        r"^spreekuren/(?P<pk>[0-9]{1,9})/spreekuur\.ics$", views.download, name="office_hour_ics"
    ),
]
