from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignalsConfig(AppConfig):
    name = "areas.signals"
    label = "signals"
    verbose_name = _("Vragen en signalen")

    def ready(self) -> None:
        from cms import retention

        from .services.attachments import purge_files

        retention.register("signal-files", purge_files)
