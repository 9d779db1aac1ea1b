from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeHoursConfig(AppConfig):
    name = "participation.officehours"
    label = "officehours"
    verbose_name = _("Spreekuren")

    def ready(self) -> None:
        from areas import digest, layers, telling
        from cms import admin_panels, navigation, scheduler, sections

        from .digest import OfficeHourSource
        from .layers import OfficeHourLayer
        from .sections import OfficeHoursSection
        from .telling import OfficeHourTeller

        layers.register(OfficeHourLayer)
        digest.register(OfficeHourSource)
        telling.register(OfficeHourTeller)
        sections.register(["home", "area"], OfficeHoursSection)
        navigation.register(navigation.Entry(_("Spreekuren"), "office_hours", order=45))
        admin_panels.register_new_page(
            admin_panels.NewPage(
                "officehours.OfficeHourPage", _("Nieuw spreekuur"), "time", order=50
            )
        )
        scheduler.register(scheduler.Job(name="top-up-office-hours", run=top_up, seconds=24 * 3600))


def top_up(stopping) -> None:
    """The daily job of the scheduler."""
    from .services import top_up_occurrences

    top_up_occurrences(stopping=stopping)
