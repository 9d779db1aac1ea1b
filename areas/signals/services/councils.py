"""What a change of a council means for its signals."""

from areas.councils.models import Council
from areas.models import AreaPage

from ..models import Signal
from .handling import move_to_area
from .intake import area_of


def remember_area(*, instance: Council, raw: bool = False, **kwargs) -> None:
    """Before a council is saved: note the area that it moves out of."""
    instance.moved_from = None
    if instance.pk and not raw:
        rows = Council.objects.filter(pk=instance.pk).exclude(area_id=instance.area_id)
        instance.moved_from = rows.values_list("area_id", flat=True).first()


def move_along(*, instance: Council, raw: bool = False, **kwargs) -> None:
    """After a council was saved in another area: what is open and has no place goes along.

    A signal with a place stays with the managers of that place; what was answered stays with
    those who answered.
    """
    if raw or instance.moved_from is None:
        return
    area = AreaPage.objects.without_geometry().get(pk=instance.area_id)
    rows = Signal.objects.open().of_council(instance).filter(area_id=instance.moved_from)
    for signal in rows:
        if area_of(geometry=signal.geometry, council=instance) == area:
            move_to_area(signal=signal, area=area)
