from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "areas.councils"
    label = "councils"
    verbose_name = _("Dorps- en wijkraden")

    def ready(self) -> None:
        from areas import digest, layers, services
        from cms import admin_panels, retention, scheduler, search, sections
        from cms.pagecache import purge_on_change

        from .admin_home import AgreementsToReview
        from .digest import CouncilSource
        from .invitations import send_invitations
        from .layers import CouncilLayer
        from .models import Agreement, Council, CouncilMeeting
        from .search import find_councils
        from .sections import CouncilsSection
        from .services import purge_meetings, purge_members

        for model in (Council, Agreement, CouncilMeeting):
            purge_on_change(model)
        layers.register(CouncilLayer)
        digest.register(CouncilSource)
        search.register(find_councils)
        sections.register("area", CouncilsSection)
        services.MANAGER_PERMISSIONS.update(
            {"councils.add_council", "councils.change_council", "councils.view_council"}
            | {
                f"councils.{action}_{model}"
                for action in ("add", "change", "delete", "view")
                for model in ("councilmember", "agreement")
            }
            | {f"councils.{action}_councilmeeting" for action in ("add", "change", "view")}
        )
        retention.register("council-members", purge_members)
        retention.register("council-meetings", purge_meetings)
        scheduler.register(
            scheduler.Job(
                name="councils-invitations",
                run=lambda stopping: send_invitations(stopping=stopping),
                seconds=300,
            )
        )
        admin_panels.register_attention(AgreementsToReview)
