"""Forms of lists: the list itself, one address, a file of addresses, and the search."""

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from areas.models import AreaPage
from areas.permissions import ALL_AREAS, managed_areas
from cms.sheets.reading import too_large

from ..addresses import normalise
from ..models import AddressList, ListMember
from ..models.lists import SOURCE_LENGTH
from .columns import NAME_LENGTH

LONGEST_YEARS = 5


class AddressListForm(WagtailAdminModelForm):
    """A list of one of the user's areas; of the whole municipality for who works everywhere."""

    class Meta:
        model = AddressList
        fields = ["name", "area", "purpose", "consent", "keep_until"]
        widgets = {"keep_until": AdminDateInput, "consent": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "name": {"required": _("Geef de lijst een naam.")},
            "purpose": {"required": _("Schrijf waarvoor mensen op deze lijst staan.")},
            "consent": {"required": _("Schrijf hoe mensen toestemming gaven.")},
            "keep_until": {
                "required": _("Kies tot wanneer u de lijst nodig hebt."),
                "invalid": _("Dit is geen datum. Schrijf de dag zo: 31-12-2027."),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field, user = self.fields["area"], self.for_user
        field.queryset = AreaPage.objects.none()
        if user is None:
            return
        areas = AreaPage.objects.without_geometry().in_order()
        field.queryset = areas.filter(
            Q(pk__in=managed_areas(user).values("pk")) | Q(pk=self.instance.area_id)
        )
        field.empty_label = _("De hele gemeente")
        if not user.has_perm(ALL_AREAS):
            field.required = True
            field.empty_label = _("Kies een gebied")
            field.error_messages["required"] = _("Kies het gebied van de lijst.")
            own = list(field.queryset[:2])
            if self.instance.pk is None and len(own) == 1:
                self.initial["area"] = own[0].pk

    def clean_keep_until(self):
        day, today = self.cleaned_data["keep_until"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies een latere dag."))
        if day.year > today.year + LONGEST_YEARS:
            raise forms.ValidationError(
                _("Bewaar adressen niet langer dan nodig: kies een dag binnen vijf jaar.")
            )
        return day


def _past(day):
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(_("Deze dag ligt in de toekomst."))
    return day


class MemberForm(forms.Form):
    """One address, with where its consent comes from."""

    email = forms.CharField(
        label=_("E-mailadres"),
        max_length=300,
        error_messages={"required": _("Vul het e-mailadres in.")},
    )
    name = forms.CharField(label=_("Naam"), required=False, max_length=NAME_LENGTH)
    consent_source = forms.CharField(
        label=_("Bron van toestemming"),
        max_length=SOURCE_LENGTH,
        help_text=_("Zoals: formulier braderie 2026, of: mail van 3 november."),
        error_messages={"required": _("Schrijf waar de toestemming vandaan komt.")},
    )
    consent_date = forms.DateField(
        label=_("Datum van toestemming"),
        required=False,
        widget=AdminDateInput,
        error_messages={"invalid": _("Dit is geen datum. Schrijf de dag zo: 31-12-2026.")},
    )

    def clean_email(self) -> str:
        return normalise(self.cleaned_data["email"])

    def clean_consent_date(self):
        return _past(self.cleaned_data["consent_date"])


class FileForm(forms.Form):
    """A file of addresses, and what holds for rows that do not say it themselves."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een tabel als csv, xlsx of ods. Met meer dan 20.000 adressen: csv."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
        error_messages={
            "required": _("Kies het bestand met uw tabel."),
            "empty": _("Dit bestand is leeg. Kies het bestand met uw tabel."),
        },
    )
    consent_source = forms.CharField(
        label=_("Bron van toestemming voor het hele bestand"),
        max_length=SOURCE_LENGTH,
        required=False,
        help_text=_("Geldt voor rijen die zelf geen bron hebben, zoals: formulier braderie 2026."),
    )
    consent_date = forms.DateField(
        label=_("Datum van toestemming voor het hele bestand"),
        required=False,
        widget=AdminDateInput,
        error_messages={"invalid": _("Dit is geen datum. Schrijf de dag zo: 31-12-2026.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.NEWSLETTER_LIST_MAX_BYTES:
            raise forms.ValidationError(str(too_large(settings.NEWSLETTER_LIST_MAX_BYTES)))
        return file

    def clean_consent_date(self):
        return _past(self.cleaned_data["consent_date"])


class MemberFilterForm(forms.Form):
    """Search in the members of a list."""

    q = forms.CharField(label=_("Zoek op adres, naam of bron"), required=False, max_length=254)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("Iedereen")),
            *ListMember.State.choices,
            ("blocked", _("Geblokkeerd: krijgt geen mail")),
        ],
    )
