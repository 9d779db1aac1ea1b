"""Councils in the search of the site."""

from cms.search import Hit

from .models import Council


def find_councils(query: str, limit: int) -> list[Hit]:
    """Active councils by name; one query."""
    councils = Council.objects.active().filter(name__icontains=query).select_related("area")
    return [
        Hit(
            title=council.name,
            url=council.get_absolute_url(),
            kind=council.get_kind_display(),
            area=council.area.title,
            summary=council.description,
        )
        for council in councils[:limit]
    ]
