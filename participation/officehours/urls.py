from django.urls import path

from . import views

urlpatterns = [
    path("spreekuren/", views.office_hour_list, name="office_hours"),
    path("spreekuren/agenda.ics", views.feed, name="office_hours_feed"),
    path("spreekuren/<slug:slug>.ics", views.area_feed, name="office_hours_area_feed"),
    path("spreekuren/<int:pk>/spreekuur.ics", views.download, name="office_hour_ics"),
]
