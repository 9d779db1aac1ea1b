"""The yearly values of an indicator, as an editor fills them in."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class YearValueBlock(blocks.StructBlock):
    """What was measured in one year."""

    year = blocks.IntegerBlock(label=_("jaar"), min_value=1990, max_value=2100)
    value = blocks.DecimalBlock(
        label=_("waarde"), min_value=-(10**12), max_value=10**12, max_digits=15, decimal_places=2
    )

    class Meta:
        label = _("Jaar en waarde")
        icon = "calendar-alt"
        form_layout = ["year", "value"]


class YearValuesBlock(blocks.StreamBlock):
    """Values by year, each year once."""

    value = YearValueBlock()

    class Meta:
        required = False
        max_num = 40

    def clean(self, value):
        cleaned = super().clean(value)
        seen, errors = set(), {}
        for position, child in enumerate(cleaned):
            year = child.value.get("year")
            if year is not None and year in seen:
                message = ValidationError(_("Dit jaar staat er al. Elk jaar mag één keer."))
                errors[position] = blocks.StructBlockValidationError(block_errors={"year": message})
            seen.add(year)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned
