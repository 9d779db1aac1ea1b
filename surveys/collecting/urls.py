from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from . import views

KEY = "(?P<key>[A-Za-z0-9_-]{6,20})"

urlpatterns = [
    re_path(rf"^enquetes/via/{KEY}/$", views.via, name="survey_via"),
    re_path(rf"^enquetes/via/{KEY}/zuil/$", views.kiosk_start, name="survey_kiosk"),
    re_path(
        rf"^enquetes/via/{KEY}/zuil/vragen/$", views.kiosk_questions, name="survey_kiosk_questions"
    ),
    re_path(rf"^enquetes/via/{KEY}/zuil/bedankt/$", views.kiosk_thanks, name="survey_kiosk_thanks"),
    path(
        "enquetes/uitnodiging/<slug:token>/",
        csrf_exempt(views.no_reminder),
        name="survey_no_reminder",
    ),
]
