"""Columns about the way an answer came in; behind the questions, so that those keep their places.

One row of this table is a column: its name, its label, and how it is read from a response.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Response
from .rows import Row


@dataclass(frozen=True)
class Way:
    """A column that is no question; `read` gives a text, or nothing."""

    name: str
    label: Any
    read: Callable[[Row], str]


SOURCES = dict(Response.Source.choices)
WAYS = (
    Way("ingang", _("Ingang"), lambda row: row.collector.name if row.collector else ""),
    Way(
        "ingang_voor",
        _("Ingang: voor wie"),
        lambda row: row.collector.get_kind_display() if row.collector else "",
    ),
    Way("hoe_ingevuld", _("Hoe ingevuld"), lambda row: str(SOURCES.get(row.source, row.source))),
    Way("taal", _("Taal van de vragen"), lambda row: row.language),
)
