from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Website")

    def ready(self) -> None:
        from . import admin_panels, admin_scripts, checks, retention, scheduler, signals  # noqa: F401
        from .admin_home import Drafts, WaitingForApproval

        admin_scripts.install()
        admin_panels.register_attention(WaitingForApproval)
        admin_panels.register_attention(Drafts)
        admin_panels.register_new_page(
            admin_panels.NewPage(
                "cms.ContentPage", _("Nieuwe tekstpagina"), "doc-full", order=90, on_home=False
            )
        )
        scheduler.register(
            scheduler.Job(
                name="purge-expired",
                run=lambda stopping: retention.purge_expired(),
                seconds=24 * 3600,
            )
        )
