from django.urls import path

from . import poll_views, views

urlpatterns = [
    path("enquetes/", views.survey_list, name="surveys"),
    path("enquetes/<int:pk>/antwoorden/", views.submit, name="survey_submit"),
    path("peiling/<int:pk>/", poll_views.poll, name="poll"),
]
