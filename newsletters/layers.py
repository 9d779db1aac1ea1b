"""Newsletters on the map, at the areas they are about."""

from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import NewsletterPage


class NewsletterLayer(Layer):
    key = "nieuwsbrieven"
    label = _("Nieuwsbrieven")
    singular = _("Nieuwsbrief")
    letter = "N"
    shape = "envelope"
    color = "newsletter"
    order = 70
    default_on = False

    def get_queryset(self):
        return NewsletterPage.objects.live().public()
