from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "areas.agenda"
    label = "agenda"
    verbose_name = _("Gebiedsagenda")

    def ready(self) -> None:
        from areas import layers
        from cms import admin_panels, sections

        from .admin_home import AgendaLinks, ItemsWithoutPlace, OverdueItems
        from .layers import AgendaLayer
        from .sections import AgendaSection

        layers.register(AgendaLayer)
        sections.register("area", AgendaSection)
        admin_panels.register_new_page(
            admin_panels.NewPage(
                "agenda.AgendaPage", _("Nieuwe gebiedsagenda"), "list-ul", order=15, on_home=False
            )
        )
        admin_panels.register_links(AgendaLinks)
        admin_panels.register_attention(OverdueItems)
        admin_panels.register_attention(ItemsWithoutPlace)
