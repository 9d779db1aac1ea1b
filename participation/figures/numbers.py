"""Numbers as people read them, in the language of the page."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SHORT = {"procent": "%(number)s%%", "euro": "€ %(number)s"}


def formatted(value: Decimal, *, decimals: int, unit: str) -> str:
    """A value with its thousands grouped, and with % or € where that is its unit."""
    number = number_format(value, decimal_pos=decimals, force_grouping=True)
    if unit == "dagen":
        return _("%(number)s dagen") % {"number": number}
    if unit == "minuten":
        return _("%(number)s minuten") % {"number": number}
    return SHORT.get(unit, "%(number)s") % {"number": number}
