from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    name = "newsletters"
    label = "newsletters"
    verbose_name = _("Nieuwsbrieven")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from areas import digest, layers
        from areas import services as area_services
        from cms import admin_panels, navigation, retention, scheduler, sections

        from . import checks, personal, services  # noqa: F401
        from .approval import mails as approval_mails
        from .approval.workflow import ensure_after_migrate
        from .bounces.answers import count_set_up
        from .bounces.fetching import fetch_set_up
        from .digest import NewsletterSource
        from .drafts.mails import send_waiting
        from .drafts.services import make_due_drafts
        from .layers import NewsletterLayer
        from .lists import importing as list_files
        from .lists import personal as own_lists
        from .lists import services as lists
        from .overview.services import make_due
        from .sections import NewslettersSection
        from .sending.worker import send_due

        area_services.MANAGER_PERMISSIONS.update(
            f"newsletters.{action}_addresslist" for action in ("add", "change", "delete", "view")
        )
        retention.register("newsletter-lists", lists.purge_lists)
        retention.register("newsletter-list-files", list_files.purge_imports)
        approval_mails.connect()
        post_migrate.connect(ensure_after_migrate, sender=self)
        area_services.MANAGER_PERMISSIONS.add("newsletters.change_areanewsletter")
        # An app below this one comes after it: by then Django made the permissions of this one.
        post_migrate.connect(services.renew_editor_permissions, sender=apps.get_app_config("areas"))
        layers.register(NewsletterLayer)
        personal.register("newsletters", personal.own_data)
        personal.register("lists", own_lists.held)
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
        scheduler.register(scheduler.Job(name="newsletters-overview", run=make_due, seconds=1800))
        scheduler.register(scheduler.Job(name="newsletters-bounces", run=fetch_set_up, seconds=300))
        scheduler.register(scheduler.Job(name="newsletters-answers", run=count_set_up, seconds=900))
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
