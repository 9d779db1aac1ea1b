"""Addresses in the admin; they stand below `/beheer/enquetes/<survey>/`."""

from django.urls import path

from . import map_views, tag_views, views, word_views

urlpatterns = [
    path("labels/", tag_views.TagsView.as_view(), name="surveys_tags"),
    path("labels/<int:tag_id>/", tag_views.TagView.as_view(), name="surveys_tag"),
    path("resultaten/<str:question_id>/", views.AnswersView.as_view(), name="surveys_answers"),
    path("resultaten/<str:question_id>/label/", views.toggle_tag, name="surveys_toggle_tag"),
    path(
        "resultaten/<str:question_id>/woorden/",
        word_views.WordsView.as_view(),
        name="surveys_words",
    ),
    path(
        "resultaten/<str:question_id>/kaart/",
        map_views.MapView.as_view(),
        name="surveys_answer_map",
    ),
    path(
        "resultaten/<str:question_id>/plekken.geojson",
        map_views.PointsView.as_view(),
        name="surveys_answer_points",
    ),
    path(
        "resultaten/<str:question_id>/vakken.geojson",
        map_views.GridView.as_view(),
        name="surveys_answer_grid",
    ),
]
