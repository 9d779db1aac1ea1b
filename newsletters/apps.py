from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    name = "newsletters"
    label = "newsletters"
    verbose_name = _("Nieuwsbrieven")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from areas import digest, layers
        from areas.services import MANAGER_PERMISSIONS
        from cms import admin_panels, navigation, scheduler, sections

        from . import checks, services  # noqa: F401
        from .bounces.fetching import fetch_set_up
        from .digest import NewsletterSource
        from .drafts.mails import send_waiting
        from .drafts.services import make_due_drafts
        from .layers import NewsletterLayer
        from .sections import NewslettersSection
        from .sending.worker import send_due

        MANAGER_PERMISSIONS.add("newsletters.change_areanewsletter")
        # An app below this one comes after it: by then Django made the permissions of this one.
        post_migrate.connect(services.renew_editor_permissions, sender=apps.get_app_config("areas"))
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
        scheduler.register(
            scheduler.Job(name="newsletters-purge", run=services.purge, seconds=6 * 3600)
        )
        scheduler.register(
            scheduler.Job(name="newsletters-drafts", run=make_due_drafts, seconds=300)
        )
        # By its name it comes after the other, so that a draft and its mail take one tick.
        scheduler.register(
            scheduler.Job(name="newsletters-drafts-mails", run=send_waiting, seconds=60)
        )
