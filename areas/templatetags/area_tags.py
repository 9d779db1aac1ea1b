"""Template tags of areas."""

from django import template
from django.utils.translation import gettext as _

from areas import layers, maps
from cms.geometry.mapconfig import map_config

register = template.Library()


@register.simple_tag
def areas_map_config() -> dict:
    """Config of the map with only the areas, each a link to its page."""
    return map_config(
        maps.layer_links([layers.get("gebieden")]), label=_("Kaart van de gebieden"), fit=True
    )
