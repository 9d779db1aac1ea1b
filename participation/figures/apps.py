from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "participation.figures"
    label = "figures"
    verbose_name = _("Dienstverlening in cijfers")

    def ready(self) -> None:
        from cms import navigation

        navigation.register(
            navigation.Entry(_("Dienstverlening in cijfers"), "figures", order=40, slot="footer")
        )
