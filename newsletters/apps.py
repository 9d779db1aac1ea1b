from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    name = "newsletters"
    label = "newsletters"
    verbose_name = _("Nieuwsbrieven")

    def ready(self) -> None:
        from areas import layers
        from cms import navigation, scheduler, sections

        from . import checks, services  # noqa: F401
        from .layers import NewsletterLayer
        from .sections import NewslettersSection
        from .sending.worker import send_due

        layers.register(NewsletterLayer)
        sections.register(["home", "area"], NewslettersSection)
        navigation.register(navigation.Entry(_("Nieuwsbrieven"), "newsletters", order=50))
        scheduler.register(
            scheduler.Job(name="newsletters-send", run=send_due, seconds=15, alone=False)
        )
        scheduler.register(
            scheduler.Job(name="newsletters-purge", run=services.purge, seconds=6 * 3600)
        )
