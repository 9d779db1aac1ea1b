from django.urls import path, re_path

from . import begun_views, poll_views, submit_views, views
from .collecting.urls import urlpatterns as collecting
from .outcomes.urls import urlpatterns as outcomes
from .paper.views import paper_form
from .receipts import views as receipts

urlpatterns = [
    path("enquetes/", views.survey_list, name="surveys"),
    # Nine digits at most: SQLite cannot look for a number of more than 64 bits.
    re_path(
        r"^enquetes/(?P<pk>[0-9]{1,9})/antwoorden/$", submit_views.submit, name="survey_submit"
    ),
    re_path(r"^enquetes/(?P<pk>[0-9]{1,9})/begonnen/$", begun_views.begun, name="survey_begun"),
    re_path(
        r"^enquetes/(?P<pk>[0-9]{1,9})/verder/(?P<token>[A-Za-z0-9_-]{32})/$",
        views.go_on,
        name="survey_go_on",
    ),
    re_path(r"^enquetes/(?P<pk>[0-9]{1,9})/papier[.]pdf$", paper_form, name="survey_paper"),
    re_path(r"^enquetes/(?P<pk>[0-9]{1,9})/verwijderd/$", views.forgotten, name="survey_forgotten"),
    path("enquetes/ontvangst/", receipts.receipt, name="survey_receipt"),
    path("enquetes/ontvangst/veranderen/", receipts.change, name="survey_receipt_change"),
    path("enquetes/ontvangst/intrekken/", receipts.withdrawal, name="survey_receipt_withdraw"),
    re_path(
        r"^enquetes/(?P<pk>[0-9]{1,9})/verstuurd/(?P<sealed>[A-Za-z0-9:_-]{40,200})/bedankt/$",
        receipts.sent,
        name="survey_sent",
    ),
    re_path(
        r"^enquetes/(?P<pk>[0-9]{1,9})/ontvangst/(?P<what>veranderd|ingetrokken)/$",
        receipts.done,
        name="survey_receipt_done",
    ),
    re_path(r"^peiling/(?P<pk>[0-9]{1,9})/$", poll_views.poll, name="poll"),
    *collecting,
    *outcomes,
]
