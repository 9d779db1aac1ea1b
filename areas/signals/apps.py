from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignalsConfig(AppConfig):
    name = "areas.signals"
    label = "signals"
    verbose_name = _("Vragen en signalen")

    def ready(self) -> None:
        from django.db.models.signals import post_save, pre_save

        from areas import digest, layers, services
        from areas.agenda.services import item_saved
        from areas.councils.models import ActionPoint, Council
        from cms import admin_panels, navigation, retention, scheduler, search, sections
        from cms.pagecache import purge_on_change

        from .admin_home import LateSignals, SignalsNearTerm
        from .digest import SignalSource
        from .layers import SignalLayer
        from .mails import send_mails
        from .models import Signal
        from .search import find_signals
        from .sections import SignalsSection
        from .services import councils, progress
        from .services.purge import purge_contacts, purge_unconfirmed
        from .services.watch import watch_terms

        purge_on_change(Signal)
        layers.register(SignalLayer)
        digest.register(SignalSource)
        search.register(find_signals)
        sections.register("area", SignalsSection)
        navigation.register(
            navigation.Entry(_("Zo snel antwoorden wij"), "signal_figures", order=60, slot="footer")
        )
        services.MANAGER_PERMISSIONS.update({"signals.view_signal", "signals.change_signal"})
        admin_panels.register_attention(LateSignals)
        admin_panels.register_attention(SignalsNearTerm)
        retention.register("signal-contacts", purge_contacts)
        retention.register("signals-unconfirmed", purge_unconfirmed)
        scheduler.register(
            scheduler.Job(
                name="signals-terms",
                run=lambda stopping: watch_terms(stopping=stopping),
                seconds=1800,
            )
        )
        scheduler.register(
            scheduler.Job(
                name="signals-mails",
                run=lambda stopping: send_mails(stopping=stopping),
                seconds=300,
            )
        )
        item_saved.connect(progress.tell_of_item, dispatch_uid="signals.item")
        pre_save.connect(progress.remember_if_done, sender=ActionPoint)
        post_save.connect(progress.tell_of_action, sender=ActionPoint)
        pre_save.connect(councils.remember_area, sender=Council)
        post_save.connect(councils.move_along, sender=Council)
