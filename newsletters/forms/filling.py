"""What an editor chooses to fill a draft with."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from areas.models import AreaPage
from areas.permissions import areas_for

from ..models import NewsletterPage

USUAL = timedelta(days=30)
LONGEST = timedelta(days=730)


class FillForm(forms.Form):
    """Areas of the editor's own, and the day since when."""

    areas = forms.ModelMultipleChoiceField(
        label=_("Over welke gebieden?"),
        queryset=AreaPage.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies ten minste één gebied."),
            "invalid_choice": _("Dit gebied is niet van u. Kies er een uit de lijst."),
            "invalid_pk_value": _("Dit gebied is niet van u. Kies er een uit de lijst."),
        },
    )
    since = forms.DateField(
        label=_("Vanaf welke dag?"),
        widget=AdminDateInput,
        help_text=_("Wij vullen in wanneer de vorige nieuwsbrief van dit gebied verscheen."),
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026."),
        },
    )

    def __init__(self, *args, edition: NewsletterPage, user, **kwargs):
        super().__init__(*args, **kwargs)
        area = edition.area
        own = areas_for(user).order_by().values("pk")
        self.fields["areas"].queryset = (
            AreaPage.objects.live()
            .filter(Q(pk__in=own) | Q(pk=area.pk if area else None))
            .without_geometry()
            .in_order()
        )
        self.initial.setdefault("areas", edition.area_ids or [area.pk if area else None])
        self.initial.setdefault("since", last_edition_date(edition))

    def clean_since(self):
        day = self.cleaned_data["since"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("Deze dag komt nog. Kies vandaag of een dag ervoor."))
        if day < today - LONGEST:
            raise forms.ValidationError(
                _("Dit is te lang geleden. Kies een dag in de laatste twee jaar.")
            )
        return day

    @property
    def moment(self) -> datetime:
        """The first moment of the chosen day."""
        return datetime.combine(
            self.cleaned_data["since"], time(), tzinfo=timezone.get_default_timezone()
        )


def last_edition_date(edition: NewsletterPage):
    """When the edition before this one came out, or a month ago; one query."""
    before = NewsletterPage.objects.live().sibling_of(edition, inclusive=False)
    today = timezone.localdate()
    dates = before.filter(date__lte=today, date__gte=today - LONGEST).order_by("-date")
    return dates.values_list("date", flat=True).first() or today - USUAL
