"""What is sent from the translation screen, and the upload of a translator's table."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.sheets.cells import clean
from cms.sheets.reading import MAX_BYTES, Sheet, SheetError, read_sheet, too_large

from .services import Given, wrong_words
from .state import Entry


class TranslationsForm:
    """The boxes of the translation screen: one for each entry that is shown.

    Not a Django form: its hundreds of boxes are all alike. `errors` are messages by key.
    """

    def __init__(self, shown: Iterable[Entry], data: QueryDict | None = None) -> None:
        self.shown = list(shown)
        self.data = data
        self.errors: dict[str, str] = {}

    def given(self) -> dict[str, Given]:
        """What was filled in, by key; fills `errors`."""
        found = {}
        for entry in self.shown:
            key = entry.text.key
            if f"t:{key}" not in self.data:
                continue
            words = clean(self.data[f"t:{key}"])
            if wrong := wrong_words(entry.text, words):
                self.errors[key] = wrong
            found[key] = Given(words, self.data.get(f"b:{key}", ""), f"g:{key}" in self.data)
        return found

    def groups(self, conflicts: dict[str, Entry] | None = None) -> list[dict]:
        """The boxes by page of the survey, with what was typed and what is wrong."""
        found: list[dict] = []
        for number, entry in enumerate(self.shown):
            if not found or found[-1]["title"] != entry.text.group:
                found.append({"title": entry.text.group, "boxes": []})
            key = entry.text.key
            theirs = (conflicts or {}).get(key)
            typed = self.data.get(f"t:{key}") if self.data is not None else None
            found[-1]["boxes"].append(
                {
                    "id": f"tekst-{number}",
                    "entry": theirs or entry,
                    "words": entry.words if typed is None else typed,
                    "error": self.errors.get(key, ""),
                    "conflict": theirs,
                    "base": (
                        theirs.base if theirs else (self.data or {}).get(f"b:{key}", entry.base)
                    ),
                    "rows": min(12, max(1, len(entry.text.dutch) // 60 + 1)),
                }
            )
        return found


class TextsUpload(forms.Form):
    """A table of a translator; `sheet` is what it holds."""

    file = forms.FileField(
        label=_("Bestand met vertalingen"),
        help_text=_("Een xlsx-, ods- of csv-bestand dat u hier eerder downloadde."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        error_messages={
            "required": _("Kies het bestand met de vertalingen."),
            "empty": _("Dit bestand is leeg. Kies het bestand met uw tabel."),
            "max_length": _("De naam van dit bestand is te lang. Geef het een kortere naam."),
        },
    )
    sheet: Sheet | None = None

    def clean_file(self):
        """The table in the file."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise too_large()
            self.sheet = read_sheet(file.read())
        except SheetError as error:
            raise forms.ValidationError(str(error)) from error
        return file
