from django.urls import path

from areas.signals import urls as signal_urls  # noqa: F401 - brings the converter of references

from . import pack_views, sign_in_views, views

BASE = "raadskamer"

urlpatterns = [
    path(f"{BASE}/", views.overview, name="room"),
    path(f"{BASE}/inloggen/", sign_in_views.sign_in, name="room_sign_in"),
    path(f"{BASE}/inloggen/verstuurd/", sign_in_views.sent, name="room_sent"),
    path(f"{BASE}/link/<str:token>/", sign_in_views.link, name="room_link"),
    path(f"{BASE}/uitloggen/", sign_in_views.sign_out, name="room_sign_out"),
    path(f"{BASE}/uitgelogd/", sign_in_views.signed_out, name="room_signed_out"),
    path(f"{BASE}/overleg/", views.meetings, name="room_meetings"),
    path(f"{BASE}/stukken/", pack_views.pack, name="room_pack"),
    path(f"{BASE}/stukken.pdf", pack_views.pack_pdf, name="room_pack_pdf"),
    path(f"{BASE}/signalen/", views.signals, name="room_signals"),
    path(f"{BASE}/signalen/nieuw/", views.signal_new, name="room_signal_new"),
    path(f"{BASE}/signalen/<reference:reference>/", views.signal, name="room_signal"),
    path(
        f"{BASE}/signalen/<reference:reference>/geplaatst/",
        views.signal_placed,
        name="room_signal_placed",
    ),
]
