from django.urls import path, re_path

from . import admin_views as views

ONE = "enquetes/<int:pk>/ingangen/<int:collector_pk>/"

urlpatterns = [
    path("enquetes/<int:pk>/ingangen/", views.CollectorsView.as_view(), name="surveys_collectors"),
    path(
        "enquetes/<int:pk>/ingangen/nieuw/",
        views.NewCollectorView.as_view(),
        name="surveys_collector_new",
    ),
    path(ONE, views.EditCollectorView.as_view(), name="surveys_collector"),
    path(f"{ONE}codes/", views.CodesView.as_view(), name="surveys_collector_codes"),
    path(f"{ONE}codes/voorbeeld.pdf", views.sample_letter, name="surveys_sample_letter"),
    re_path(
        r"^enquetes/(?P<pk>[0-9]{1,9})/ingangen/(?P<collector_pk>[0-9]{1,15})/codes/codes\.(?P<form>pdf|csv)$",
        views.code_letters,
        name="surveys_code_letters",
    ),
    path(f"{ONE}uitnodigingen/", views.InvitationsView.as_view(), name="surveys_invitations"),
]
