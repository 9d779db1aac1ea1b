"""Places in the search of the site."""

from django.urls import reverse
from django.utils.http import urlencode

from cms.search import Hit

from .models import Place


def find_places(query: str, limit: int) -> list[Hit]:
    """Places by name, with the address of My area; one query."""
    places = Place.objects.named(query).filter(area__live=True).select_related("area")
    return [
        Hit(
            title=place.name,
            url=f"{reverse('my_area')}?{urlencode({'plaats': place.slug})}",
            kind=place.get_kind_display(),
            area=place.area.title,
        )
        for place in places[:limit]
    ]
