from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from . import views

urlpatterns = [
    path("enquetes/bericht/gewist/", views.no_news_done, name="survey_no_news_done"),
    re_path(
        r"^enquetes/bericht/(?P<token>[0-9a-f]{56})/$",
        csrf_exempt(views.no_news),
        name="survey_no_news",
    ),
]
