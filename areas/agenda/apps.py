from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "areas.agenda"
    label = "agenda"
    verbose_name = _("Gebiedsagenda")

    def ready(self) -> None:

        from areas import digest, layers, telling
        from cms import admin_panels, retention, sections

        from . import guard
        from .admin_home import (
            AgendaLinks,
            ItemsWithoutLead,
            ItemsWithoutPlace,
            OverdueItems,
            SilentItems,
        )
        from .bulk.services import purge_imports
        from .digest import AgendaSource
        from .layers import AgendaLayer
        from .sections import AgendaSection, ProgrammeSection
        from .telling import AgendaItemTeller

        guard.LEDGER.keep_up(self)
        retention.register("agenda-sheets", purge_imports)
        layers.register(AgendaLayer)
        digest.register(AgendaSource)
        telling.register(AgendaItemTeller)
        sections.register("area", AgendaSection)
        sections.register("area", ProgrammeSection)
        admin_panels.register_new_page(
            admin_panels.NewPage(
                "agenda.AgendaPage", _("Nieuwe gebiedsagenda"), "list-ul", order=15, on_home=False
            )
        )
        admin_panels.register_new_page(
            admin_panels.NewPage(
                "agenda.ProgrammePage",
                _("Nieuw gebiedsprogramma"),
                "list-ol",
                order=16,
                on_home=False,
            )
        )
        admin_panels.register_links(AgendaLinks)
        admin_panels.register_attention(OverdueItems)
        admin_panels.register_attention(SilentItems)
        admin_panels.register_attention(ItemsWithoutPlace)
        admin_panels.register_attention(ItemsWithoutLead)
