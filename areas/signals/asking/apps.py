from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AskingConfig(AppConfig):
    """The forms for residents and the files that come in with signals; it has no models."""

    name = "areas.signals.asking"
    label = "asking"
    verbose_name = _("Vraag of initiatief")

    def ready(self) -> None:
        from areas.signals.services.attachments import purge_files
        from cms import navigation, retention, sections

        from .sections import AskSection

        sections.register(["home", "area"], AskSection)
        for slot in ("footer", "contact"):
            navigation.register(
                navigation.Entry(_("Vraag of initiatief"), "signal_ask", order=20, slot=slot)
            )
        retention.register("signal-files", purge_files)
