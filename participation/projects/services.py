"""Write paths of projects."""

from django.db import transaction

from areas.placed import Placed
from areas.services import derive_place

from .models import ProjectPage


@transaction.atomic
def derive_children(*, project: ProjectPage) -> None:
    """Derive the places of pages below a project that have none of their own.

    They stand on the map where the project stands, so they move when it moves.
    """
    if not project.numchild:
        return
    for child in project.get_children().specific():
        if isinstance(child, Placed) and child.geometry is None:
            derive_place(placed=child)
