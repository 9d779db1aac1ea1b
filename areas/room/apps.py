from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoomConfig(AppConfig):
    name = "areas.room"
    label = "room"
    verbose_name = _("Omgeving voor raden")

    def ready(self) -> None:
        from areas.signals import readers
        from cms import navigation, retention, scheduler

        from .mails import send_links
        from .services import purge_links, purge_sessions
        from .session import may_read

        readers.register("council-room", may_read)
        navigation.register(navigation.Entry(_("Inloggen voor raden"), "room", slot="footer"))
        retention.register("room-sign-in-links", purge_links)
        retention.register("sessions", purge_sessions)
        scheduler.register(
            scheduler.Job(
                name="room-sign-in-links",
                run=lambda stopping: send_links(stopping=stopping),
                seconds=60,
            )
        )
