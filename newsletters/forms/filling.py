"""What an editor chooses to fill a draft with."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from areas.models import AreaPage
from areas.permissions import areas_for

from ..findings import Period
from ..models import NewsletterPage

USUAL = timedelta(days=30)
LONGEST = timedelta(days=730)
AHEAD = timedelta(weeks=6)
INVALID_DAY = _("Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026.")


class FillForm(forms.Form):
    """Areas of the editor's own, the days between which there is news, and how far ahead."""

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
        label=_("Wat er veranderde: vanaf welke dag?"),
        widget=AdminDateInput,
        help_text=_("Wij vullen in wanneer de vorige nieuwsbrief van dit gebied verscheen."),
        error_messages={"required": _("Kies een dag."), "invalid": INVALID_DAY},
    )
    until = forms.DateField(
        label=_("Tot en met welke dag?"),
        widget=AdminDateInput,
        error_messages={"required": _("Kies een dag."), "invalid": INVALID_DAY},
    )
    ahead = forms.DateField(
        label=_("Wat eraan komt: tot en met welke dag?"),
        widget=AdminDateInput,
        required=False,
        help_text=_("Leeg: alleen wat er veranderde."),
        error_messages={"invalid": INVALID_DAY},
    )

    def __init__(self, data=None, *, edition: NewsletterPage, user):
        """Without data the usual choice, which counts as chosen."""
        super().__init__(usual_choice(edition) if data is None else data)
        own = areas_for(user).order_by().values("pk")
        area = edition.area
        self.fields["areas"].queryset = (
            AreaPage.objects.live()
            .filter(Q(pk__in=own) | Q(pk=area.pk if area else None))
            .without_geometry()
            .in_order()
        )

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

    def clean_until(self):
        day = self.cleaned_data["until"]
        since = self.cleaned_data.get("since")
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag komt nog. Kies vandaag of een dag ervoor."))
        if since is not None and day < since:
            raise forms.ValidationError(_("Deze dag ligt voor de eerste. Kies een latere dag."))
        return day

    def clean_ahead(self):
        day = self.cleaned_data["ahead"]
        today = timezone.localdate()
        if day is None:
            return None
        if day < today:
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies vandaag of later."))
        if day > today + LONGEST:
            raise forms.ValidationError(
                _("Dit is te ver weg. Kies een dag in de komende twee jaar.")
            )
        return day

    @property
    def period(self) -> Period:
        """The chosen days as moments, whole days each, but the last no further than now."""
        ahead = self.cleaned_data["ahead"]
        return Period(
            since=_begin_of(self.cleaned_data["since"]),
            until=min(_begin_of(self.cleaned_data["until"] + timedelta(days=1)), timezone.now()),
            ahead=_begin_of(ahead + timedelta(days=1)) if ahead else None,
        )

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Name and value of hidden fields that hold the choice."""
        chosen = [("areas", str(area.pk)) for area in self.cleaned_data["areas"]]
        for name in ("since", "until", "ahead"):
            day = self.cleaned_data[name]
            chosen.append((name, day.strftime("%d-%m-%Y") if day else ""))
        return chosen


def usual_choice(edition: NewsletterPage) -> dict:
    """The areas that get the edition, since the one before it, and the coming weeks."""
    area = edition.area
    today = timezone.localdate()
    return {
        "areas": edition.area_ids or ([area.pk] if area else []),
        "since": last_edition_date(edition),
        "until": today,
        "ahead": today + AHEAD,
    }


def last_edition_date(edition: NewsletterPage) -> date:
    """When the edition before this one came out, or a month ago; one query."""
    before = NewsletterPage.objects.live().sibling_of(edition, inclusive=False)
    today = timezone.localdate()
    dates = before.filter(date__lte=today, date__gte=today - LONGEST).order_by("-date")
    return dates.values_list("date", flat=True).first() or today - USUAL


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
