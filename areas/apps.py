from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    name = "areas"
    verbose_name = _("Gebieden")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from cms import navigation, search, sections
        from cms.pagecache import purge_on_change

        from . import layers, permissions  # noqa: F401
        from .models import Place, Theme
        from .search import find_places
        from .sections import AreasMapSection, PlacesSection
        from .services import renew_manager_permissions

        for model in (Place, Theme):
            purge_on_change(model)
        layers.register(layers.AreaLayer)
        layers.register(layers.PlaceLayer)
        search.register(find_places)
        sections.register("home-map", AreasMapSection)
        sections.register("area", PlacesSection)
        navigation.register(navigation.Entry(_("Kaart"), "map", order=20))
        navigation.register(navigation.Entry(_("Mijn gebied"), "my_area", order=10))
        post_migrate.connect(renew_manager_permissions, sender=self)
