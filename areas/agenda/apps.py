from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "areas.agenda"
    label = "agenda"
    verbose_name = _("Gebiedsagenda")

    def ready(self) -> None:
        from areas import layers
        from cms import sections

        from .layers import AgendaLayer
        from .sections import AgendaSection

        layers.register(AgendaLayer)
        sections.register("area", AgendaSection)
