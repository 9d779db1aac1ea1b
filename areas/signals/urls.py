"""Public addresses of signals."""

from django.urls import path, register_converter

from . import views
from .models.signal import REFERENCE_ALPHABET


class ReferenceConverter:
    """A reference such as K7F3-94QX."""

    regex = f"[{REFERENCE_ALPHABET}]{{4}}-[{REFERENCE_ALPHABET}]{{4}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("signalen/<reference:reference>/", views.signal_page, name="signal"),
    path("zo-snel-antwoorden-wij/", views.figures_page, name="signal_figures"),
]
