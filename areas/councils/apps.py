from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "areas.councils"
    label = "councils"
    verbose_name = _("Dorps- en wijkraden")

    def ready(self) -> None:
        from areas import layers, services
        from cms import search, sections
        from cms.pagecache import purge_on_change

        from .layers import CouncilLayer
        from .models import Council
        from .search import find_councils
        from .sections import CouncilsSection

        purge_on_change(Council)
        layers.register(CouncilLayer)
        search.register(find_councils)
        sections.register("area", CouncilsSection)
        services.MANAGER_PERMISSIONS.update(
            {"councils.add_council", "councils.change_council", "councils.view_council"}
        )
