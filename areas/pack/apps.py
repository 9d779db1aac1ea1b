from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PackConfig(AppConfig):
    """What changed since …: as a page for everybody, and as the pack of a council."""

    name = "areas.pack"
    label = "pack"
    verbose_name = _("Overzichten voor raden")
