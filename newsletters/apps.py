from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    name = "newsletters"
    label = "newsletters"
    verbose_name = _("Nieuwsbrieven")

    def ready(self) -> None:
        from areas import digest, layers
        from cms import admin_panels, navigation, scheduler, sections

        from . import checks, services  # noqa: F401
        from .bounces.answers import count_set_up
        from .bounces.fetching import fetch_set_up
        from .digest import NewsletterSource
        from .layers import NewsletterLayer
        from .sections import NewslettersSection
        from .sending.worker import send_due

        layers.register(NewsletterLayer)
        digest.register(NewsletterSource)
        sections.register(["home", "area"], NewslettersSection)
        navigation.register(navigation.Entry(_("Nieuwsbrieven"), "newsletters", order=50))
        admin_panels.register_new_page(
            admin_panels.NewPage(
                "newsletters.NewsletterPage", _("Nieuwe nieuwsbrief"), "mail", order=60
            )
        )
        scheduler.register(
            scheduler.Job(name="newsletters-send", run=send_due, seconds=15, alone=False)
        )
        scheduler.register(scheduler.Job(name="newsletters-bounces", run=fetch_set_up, seconds=300))
        scheduler.register(scheduler.Job(name="newsletters-answers", run=count_set_up, seconds=900))
        scheduler.register(
            scheduler.Job(name="newsletters-purge", run=services.purge, seconds=6 * 3600)
        )
