"""What the `constraint` of a row becomes in a question: lengths, numbers and days.

`maker` is the `questions.Maker` at work; what a survey cannot hold is reported with it.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ..types.numbers import HIGHEST, MOST_DECIMALS
from .constraints import Limits, whole_limit
from .expressions import UnsupportedError
from .reading import Row
from .report import Weight


def tell_unused(maker, row: Row, kind: str, limits: Limits) -> None:
    """Report limits that this kind of question does not have."""
    used = {
        "number": ("low", "high"),
        "date": ("low", "high"),
        "short_text": ("longest",),
        "long_text": ("longest",),
        "several_choices": ("fewest", "most", "exclusive"),
        "image_choice": ("most",),
    }.get(kind, ())
    for name in ("low", "high", "shortest", "longest", "fewest", "most", "exclusive"):
        if name not in used and getattr(limits, name) not in ("", None, 0, 1):
            maker.note(
                Weight.LOST,
                row,
                "constraint",
                _("Een deel van deze controle past niet bij dit soort vraag en is weggelaten."),
            )
            return


def longest(maker, row: Row, limits: Limits, low: int, normal: int, high: int) -> int:
    """How many characters fit, between what a survey can ask for."""
    if limits.longest is None:
        return normal
    kept = min(max(limits.longest, low), high)
    if kept != limits.longest:
        maker.note(
            Weight.CHANGED,
            row,
            "constraint",
            _("Er passen nu %(longest)s tekens in het antwoord.") % {"longest": kept},
        )
    return kept


def number(maker, row: Row, base: str, limits: Limits, more: dict) -> dict:
    """Limits, decimals and unit of a number."""
    decimals = 0
    if base == "decimal":
        own = more.get("decimals")
        decimals = own if isinstance(own, int) and 0 <= own <= MOST_DECIMALS else 2
    found: dict = {"low": None, "high": None}
    for name, strict, step in (("low", limits.above, 1), ("high", limits.below, -1)):
        text = getattr(limits, name)
        if not text:
            continue
        try:
            if strict and decimals:
                raise UnsupportedError
            limit = Decimal(text if decimals else whole_limit(text, exclusive=strict, step=step))
            if abs(limit) > HIGHEST:
                raise UnsupportedError
            found[name] = f"{limit:f}"
        except (UnsupportedError, InvalidOperation):
            maker.note(
                Weight.LOST, row, "constraint", _("Deze grens kan een enquête niet bewaken.")
            )
    unit = more.get("unit")
    return found | {"decimals": decimals, "unit": unit if isinstance(unit, str) else ""}


def day(maker, row: Row, text: str) -> str | None:
    """A limit of a date (ISO 8601), or None."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        maker.note(Weight.LOST, row, "constraint", _("Deze grens kan een enquête niet bewaken."))
        return None
