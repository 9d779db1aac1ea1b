"""What the forms of councils and of residents share."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.point_field import PointField
from cms.files.checking import CheckedFile

from .file_field import FilesField
from .models import Signal

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_PLACE = 120, 3000, 98


def new_key() -> str:
    """What tells one form that was opened from another."""
    return uuid.uuid4().hex


class LongText(forms.CharField):
    """A text of more lines; a line end counts as one character, as it does in the browser."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class SignalForm(forms.Form):
    """Subject, text, place and files. A form that is not right keeps the files that are."""

    use_required_attribute = False  # the browser's own messages are not in our words

    onderwerp = forms.CharField(
        label=_("Onderwerp"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Een paar woorden, zoals: Licht langs het fietspad."),
        error_messages={
            "required": _("Vul in waar het over gaat."),
            "max_length": _(
                "Het onderwerp is te lang. Gebruik ten hoogste %(limit_value)s tekens."
            ),
        },
    )
    uitleg = LongText(
        label=_("Uw uitleg"),
        max_length=LONGEST_TEXT,
        help_text=_("Wat speelt er, en wat wilt u van ons? Ten hoogste 3.000 tekens."),
        error_messages={
            "required": _("Schrijf op wat er speelt en wat u van ons wilt."),
            "max_length": _(
                "Uw uitleg is te lang: %(show_value)s tekens. Er passen er %(limit_value)s."
            ),
        },
    )
    plek = PointField(
        label=_("Waar gaat het over?"),
        required=False,
        longest=LONGEST_PLACE,
        help_text=_("Kies een plek op de kaart, kies een dorp of wijk, of schrijf op waar het is."),
    )
    bijlagen = FilesField(label=_("Foto's of PDF's"))
    sleutel = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    @property
    def has_new_files(self) -> bool:
        """Whether files came along that are right and wait nowhere yet."""
        return any(isinstance(file, CheckedFile) for file in self.fields["bijlagen"].good)

    def hold_files(self) -> None:
        """Keep the files that are right for the next try; call it for a form with errors."""
        self.fields["bijlagen"].hold()

    @property
    def values(self) -> dict:
        """Arguments for the services of a valid form."""
        data = self.cleaned_data
        return {
            "kind": data.get("soort") or Signal.Kind.SIGNAL,
            "subject": data["onderwerp"],
            "text": data["uitleg"],
            "geometry": data["plek"].point,
            "place_name": data["plek"].text.replace("\n", " "),
            "files": data["bijlagen"],
            "form_key": data["sleutel"],
        }
