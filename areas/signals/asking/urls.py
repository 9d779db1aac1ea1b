from django.urls import path

from . import views
from .attachment import attachment

BASE = "vraag-of-initiatief"

urlpatterns = [
    path(f"{BASE}/", views.start, name="signal_ask"),
    path(f"{BASE}/formulier/", views.ask_form, name="signal_ask_form"),
    path(f"{BASE}/puzzel/", views.puzzle, name="signal_puzzle"),
    path(f"{BASE}/verstuurd/", views.ask_sent, name="signal_ask_sent"),
    path(f"{BASE}/bevestigen/<str:token>/", views.confirm, name="signal_confirm"),
    path(f"{BASE}/status/<str:token>/", views.status, name="signal_status"),
    path("signalen/bijlage/<uuid:pk>/", attachment, name="signal_attachment"),
]
