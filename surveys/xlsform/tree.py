"""The rows of a form as groups with questions in them."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from pyxform import aliases

from .reading import Form, Row
from .report import RefusedFormError

_BEGIN = re.compile(
    rf"begin[ _]({'|'.join(map(re.escape, aliases.control))})(?: over .*)?", re.IGNORECASE
)
_END = re.compile(rf"end[ _](?:{'|'.join(map(re.escape, aliases.control))})", re.IGNORECASE)
_OFF = ("yes", "true", "true()", "1")


@dataclass
class Group:
    """A group and what is in it; `kind` is group, repeat or loop."""

    row: Row
    kind: str
    children: list["Group | Row"] = field(default_factory=list)


def tree_of(form: Form) -> list[Group | Row]:
    """The rows with a type, in their groups; rows that are off or hold a comment are left out.

    Raises RefusedFormError where a group does not begin or end.
    """
    top: list[Group | Row] = []
    open_groups: list[Group] = []
    for row in form.rows:
        kind = row.get("type")
        if not kind or row.get("disabled").lower() in _OFF:
            continue
        inside = open_groups[-1].children if open_groups else top
        if found := _BEGIN.fullmatch(kind):
            word = aliases.control[found[1].lower()]
            group = Group(row, word if word in ("repeat", "loop") else "group")
            inside.append(group)
            open_groups.append(group)
        elif _END.fullmatch(kind):
            if not open_groups:
                raise RefusedFormError(
                    _("Hier eindigt een groep die niet begon. Haal deze rij weg."),
                    row.place("type"),
                )
            open_groups.pop()
        else:
            inside.append(row)
    if open_groups:
        raise RefusedFormError(
            _("Deze groep eindigt niet. Zet na de laatste vraag een rij met ‘end group’."),
            open_groups[-1].row.place("type"),
        )
    return top
