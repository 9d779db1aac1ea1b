"""The form on which an editor sends in an XLSForm.

What reads forms is imported where it is used: pyxform takes long to load, and few ask for it.
"""

from pathlib import PurePath
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from .report import RefusedFormError
from .services import usable_documents, usable_images

if TYPE_CHECKING:
    from .mapping import MappedForm

NAME_LONGEST = 100


class XlsFormUpload(forms.Form):
    """One file; `mapped` is what it becomes, `refused` why it cannot."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een XLSForm als xlsx of xls, van hoogstens 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={
            "required": _("Kies het bestand met uw formulier."),
            "empty": _("Dit bestand is leeg. Kies het bestand met uw formulier."),
            "max_length": _("De naam van dit bestand is te lang. Geef het een kortere naam."),
        },
    )
    mapped: "MappedForm | None" = None
    refused: RefusedFormError | None = None

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_file(self):
        """The form in the file, read and mapped."""
        from .mapping import map_form
        from .reading import MAX_BYTES, read_form, too_large

        file = self.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise too_large()
            name = PurePath(file.name).stem[:NAME_LONGEST]
            form = read_form(file.read(), file_name=name)
            self.mapped = map_form(
                form,
                may_use=usable_images(self.user),
                may_use_documents=usable_documents(self.user),
            )
        except RefusedFormError as error:
            self.refused = error
            raise forms.ValidationError(error.message) from error
        return file
