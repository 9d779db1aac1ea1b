from django.urls import path

from . import admin_views, views

ONE = "enquetes/<int:pk>/papier/<int:batch_pk>/"

urlpatterns = [
    path("enquetes/<int:pk>/papier.pdf", views.paper_for_staff, name="surveys_paper_pdf"),
    path("enquetes/<int:pk>/papier/", admin_views.PaperView.as_view(), name="surveys_paper"),
    path(ONE, admin_views.EntryView.as_view(), name="surveys_paper_batch"),
    path(f"{ONE}<int:number>/", admin_views.CorrectView.as_view(), name="surveys_paper_correct"),
]
