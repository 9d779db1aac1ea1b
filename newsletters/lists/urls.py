"""Addresses of the screens of one list, below `/beheer/nieuwsbrieven/lijsten/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/", views.MembersView.as_view(), name="newsletter_list"),
    path("<int:pk>/toevoegen/", views.AddMemberView.as_view(), name="newsletter_list_add"),
    path(
        "<int:pk>/verwijderen/<int:member_id>/",
        views.RemoveMemberView.as_view(),
        name="newsletter_list_remove",
    ),
    path("<int:pk>/importeren/", views.ImportView.as_view(), name="newsletter_list_import"),
    path(
        "<int:pk>/importeren/<int:import_id>/",
        views.PlanView.as_view(),
        name="newsletter_list_plan",
    ),
    path("<int:pk>/exporteren/", views.ExportView.as_view(), name="newsletter_list_export"),
]
