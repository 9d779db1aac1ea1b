"""What counted answers come to: middle, mean and spread, in words.

The database counts how often each answer was given; the rest follows from those few numbers, so
that it is the same on every database (SQLite has no percentiles).
"""

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from .base import in_tenths

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def localized(number: Decimal) -> str:
    """A number in words of the reader's language, without useless zeros."""
    return number_format(Decimal(f"{Decimal(number).normalize():f}"), force_grouping=True)


def around(counts: dict, share: Fraction) -> tuple:
    """The values just below and above a share of all, such as the half; often the same."""
    ordered = sorted(counts)
    sums = list(accumulate(counts[value] for value in ordered))
    place = sums[-1] * share
    low = next(value for value, upto in zip(ordered, sums, strict=True) if upto >= place)
    high = next(
        (value for value, upto in zip(ordered, sums, strict=True) if upto > place), ordered[-1]
    )
    return low, high


def quantile(counts: dict[Decimal, int], share: Fraction) -> Decimal:
    """The number with that share of all at or below it; halfway where it lies between two.

    Definition 2 of Hyndman and Fan, The American Statistician 50 (1996).
    """
    low, high = around(counts, share)
    return (Decimal(low) + Decimal(high)) / 2


def median(counts: dict[Decimal, int]) -> Decimal:
    """The middle number of counted numbers; the mean of two where they are even in number."""
    return quantile(counts, HALF)


def middle(counts: dict):
    """The first value with half of all at or before it, of values without a mean such as days."""
    return around(counts, HALF)[0]


def mean(counts: dict[Decimal, int]) -> Decimal:
    """The mean of counted numbers."""
    total = sum(Decimal(number) * count for number, count in counts.items())
    return total / sum(counts.values())


def deviation(counts: dict[Decimal, int]) -> Decimal:
    """The standard deviation of counted numbers, as of a whole population."""
    centre = mean(counts)
    squares = sum((Decimal(n) - centre) ** 2 * count for n, count in counts.items())
    return (squares / sum(counts.values())).sqrt()


def spread(counts: dict[Decimal, int]) -> str:
    """How far counted numbers lie apart, in a sentence."""
    return _(
        "De middelste helft ligt van %(low)s tot en met %(high)s, "
        "de standaardafwijking is %(deviation)s."
    ) % {
        "low": localized(quantile(counts, QUARTER)),
        "high": localized(quantile(counts, 1 - QUARTER)),
        "deviation": in_tenths(deviation(counts)),
    }
