"""Who may read a signal that is not public, with its files: a registry for rooms above this one."""

from collections.abc import Callable

from django.http import HttpRequest

from areas.permissions import managed_areas

from .models import Signal

Reader = Callable[[HttpRequest, Signal], bool]

_readers: dict[str, Reader] = {}


def register(name: str, reader: Reader) -> None:
    """Add somebody who may read; `reader` tells it of a request and a signal."""
    _readers[name] = reader


def may_read(request: HttpRequest, signal: Signal) -> bool:
    """Whether who asks may have all of a signal, with its files."""
    return any(reader(request, signal) for reader in _readers.values())


def is_manager(request: HttpRequest, signal: Signal) -> bool:
    """The managers of the signal's area, and administrators."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    return managed_areas(user).filter(pk=signal.area_id).exists()


register("manager", is_manager)
