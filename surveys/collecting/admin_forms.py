"""Forms of the admin about collectors."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from ..models import Collector
from .services import MOST_CODES, MOST_INVITED

SHORTEST_PASSWORD = 8
LARGEST_FILE = 1_000_000
Access = Collector.Access
#: Fields that count with one way in only; the page hides them with another.
ONLY_FOR = {
    "new_password": Access.PASSWORD,
    "is_kiosk": Access.OPEN,
    "letter_text": Access.CODE,
    "mail_subject": Access.INVITATION,
    "mail_text": Access.INVITATION,
    "reminder_days": Access.INVITATION,
}


def _moment(value) -> str:
    return date_format(timezone.localtime(value), "j F Y H:i")


class CollectorForm(forms.ModelForm):
    """A collector of one survey, whose `survey` is set before."""

    new_password = forms.CharField(
        label=gettext_lazy("Wachtwoord"),
        required=False,
        strip=False,
        min_length=SHORTEST_PASSWORD,
        max_length=128,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "min_length": gettext_lazy("Kies een wachtwoord van ten minste 8 tekens."),
        },
    )

    class Meta:
        model = Collector
        fields = (
            "name", "kind", "opens_at", "closes_at", "access", "new_password", "is_kiosk",
            "letter_text", "mail_subject", "mail_text", "reminder_days",
        )  # fmt: skip
        labels = {
            "is_kiosk": gettext_lazy("Ook op een tablet die iedereen gebruikt"),
            "access": gettext_lazy("Wie kan er antwoorden?"),
        }
        help_texts = {
            "name": gettext_lazy(
                "Zo heet de ingang in uw resultaten, zoals ‘Ondernemers Cruquius’. Bewoners zien "
                "deze naam niet."
            ),
            "kind": gettext_lazy(
                "Bij ‘Op papier’ en ‘Gesprek op het spreekuur’ leggen wij vast dat een medewerker "
                "de antwoorden invulde."
            ),
            "opens_at": gettext_lazy("Leeg: zodra de enquête opengaat."),
            "closes_at": gettext_lazy("Leeg: tot de enquête sluit."),
            "is_kiosk": gettext_lazy(
                "Voor een informatiemarkt. Het scherm begint na elke persoon vanzelf opnieuw. Kan "
                "alleen als iedereen met de link mag antwoorden."
            ),
            "letter_text": gettext_lazy(
                "Alleen bij codes. Leeg: onze standaardtekst. De code, de QR-code, het adres en "
                "hoe men u bereikt, zetten wij er zelf onder."
            ),
            "mail_subject": gettext_lazy("Alleen bij uitnodigingen. Leeg: ons standaardonderwerp."),
            "mail_text": gettext_lazy(
                "Alleen bij uitnodigingen. Leeg: onze standaardtekst. De persoonlijke link zetten "
                "wij er zelf onder."
            ),
            "reminder_days": gettext_lazy(
                "Alleen bij uitnodigingen. Wie dan nog niet antwoordde, krijgt één herinnering. "
                "Leeg: geen herinnering."
            ),
        }
        widgets = {
            "opens_at": AdminDateTimeInput(),
            "closes_at": AdminDateTimeInput(),
            "access": forms.RadioSelect(),
            "letter_text": forms.Textarea(attrs={"rows": 8}),
            "mail_text": forms.Textarea(attrs={"rows": 8}),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Geef de ingang een naam.")},
            "reminder_days": {
                "min_value": gettext_lazy("Kies 1 tot en met 60 dagen."),
                "max_value": gettext_lazy("Kies 1 tot en met 60 dagen."),
                "invalid": gettext_lazy("Vul een getal in, van 1 tot en met 60."),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, access in ONLY_FOR.items():
            self.fields[name].widget.attrs["data-only-for"] = access
        has_one = bool(self.instance.password)
        self.fields["new_password"].help_text = (
            _("Leeg: het wachtwoord dat er al is. Wij kunnen het niet laten zien.")
            if has_one
            else _("Alleen bij ‘Eén wachtwoord voor de groep’. Schrijf het op: wij bewaren het zo "
                   "dat niemand het kan lezen.")
        )  # fmt: skip

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = Collector.objects.filter(survey=self.instance.survey_id, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Er is al een ingang met deze naam. Kies een andere naam."))
        return name

    def clean(self):
        cleaned = super().clean()
        survey = self.instance.survey
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("De ingang sluit voordat zij opengaat. Kies later."))
        elif closes and closes > survey.closes_at:
            self.add_error(
                "closes_at",
                _("De enquête sluit al op %(moment)s. Kies een eerder moment, of laat eerst de "
                  "enquête langer open.") % {"moment": _moment(survey.closes_at)},
            )  # fmt: skip
        elif closes and closes <= survey.opens_at:
            self.add_error(
                "closes_at",
                _("De enquête gaat pas open op %(moment)s. Kies een later moment.")
                % {"moment": _moment(survey.opens_at)},
            )
        if opens and opens < survey.opens_at:
            self.add_error(
                "opens_at",
                _("De enquête gaat pas open op %(moment)s. Kies later, of laat dit leeg.")
                % {"moment": _moment(survey.opens_at)},
            )
        elif opens and opens >= survey.closes_at:
            self.add_error(
                "opens_at",
                _("De enquête is dan al gesloten, op %(moment)s. Kies een eerder moment.")
                % {"moment": _moment(survey.closes_at)},
            )
        access = cleaned.get("access")
        if cleaned.get("is_kiosk") and access and access != Access.OPEN:
            self.add_error(
                "is_kiosk",
                _("Op een tablet kan dit alleen als iedereen met de link mag antwoorden."),
            )
        if (
            access == Access.PASSWORD
            and not cleaned.get("new_password")
            and "new_password" not in self.errors
            and not self.instance.password
        ):
            self.add_error("new_password", _("Kies een wachtwoord voor de groep."))
        return cleaned


class MakeCodesForm(forms.Form):
    """How many codes to make."""

    count = forms.IntegerField(
        label=gettext_lazy("Hoeveel codes?"),
        min_value=1,
        max_value=MOST_CODES,
        help_text=gettext_lazy("Eén code per persoon of huishouden, ten hoogste 5.000 per ingang."),
        error_messages={
            "required": gettext_lazy("Vul in hoeveel codes u nodig hebt."),
            "invalid": gettext_lazy("Vul een heel getal in, zoals 200."),
            "min_value": gettext_lazy("Vul een getal in van 1 tot en met 5.000."),
            "max_value": gettext_lazy("Vul een getal in van 1 tot en met 5.000."),
        },
    )


class InviteForm(forms.Form):
    """Addresses, pasted or in a text file; cleaned: `found`, a list without doubles."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mailadressen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("Eén per regel, of met komma's ertussen. Dubbele tellen één keer."),
    )
    file = forms.FileField(
        label=gettext_lazy("Of een bestand"),
        required=False,
        help_text=gettext_lazy("Een tekst- of CSV-bestand met de adressen, van hoogstens 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
        error_messages={"empty": gettext_lazy("Dit bestand is leeg. Kies een ander bestand.")},
    )

    def clean_file(self) -> str:
        """The text in the file."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST_FILE:
            raise ValidationError(_("Dit bestand is te groot. Stuur hoogstens 1 MB."))
        content = file.read()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")

    def clean(self):
        cleaned = super().clean()
        text = f"{cleaned.get('addresses', '')}\n{cleaned.get('file', '')}"
        found, wrong = {}, []
        for part in re.split(r"[\s,;\"'<>\t]+", text):
            part = part.strip()
            if "@" not in part:
                continue  # names and headings beside the addresses
            try:
                validate_email(part)
            except ValidationError:
                wrong.append(part)
            else:
                found.setdefault(part.lower(), part)
        if wrong:
            shown = ", ".join(part[:60] for part in wrong[:5])
            more = _(" en nog %(n)s") % {"n": len(wrong) - 5} if len(wrong) > 5 else ""
            self.add_error(
                None,
                _("Deze adressen kloppen niet: %(wrong)s%(more)s. Verbeter ze of haal ze weg.")
                % {"wrong": shown, "more": more},
            )
        elif not self.errors and not found:
            self.add_error("addresses", _("Plak ten minste één e-mailadres."))
        elif len(found) > MOST_INVITED:
            self.add_error(None, _("Nodig ten hoogste 5.000 mensen uit langs één ingang."))
        cleaned["found"] = list(found.values())
        return cleaned
