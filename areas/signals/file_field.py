"""A form field for several files that keeps the good ones when something else is wrong."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from cms.files.checking import CheckedFile, check_file, clean_name, megabytes

from .services.attachments import HeldFile, held_file, hold, name_of


def _help_text() -> str:
    return _(
        "Ten hoogste %(count)s foto's (JPEG, PNG of WebP) of PDF's van elk %(size)s. Uit een foto "
        "halen wij de plek en het tijdstip weg."
    ) % {
        "count": settings.SIGNAL_FILES_MAX,
        "size": megabytes(settings.UPLOAD_MAX_BYTES),
    }


class FilesInput(forms.Widget):
    """New files, and those that wait on the server since the last try, each with a tick."""

    template_name = "signals/widgets/files.html"
    needs_multipart_form = True
    input_type = "file"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.held: list[HeldFile] = []

    def value_from_datadict(self, data, files, name):
        tokens = data.getlist(f"{name}-bewaard") if hasattr(data, "getlist") else []
        uploads = files.getlist(name) if hasattr(files, "getlist") else []
        return {"tokens": tokens, "uploads": uploads}

    def value_omitted_from_data(self, data, files, name):
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        context["held"] = [
            {"token": file.token, "name": file.name, "size": megabytes(file.size)}
            for file in self.held
        ]
        return context


class FilesField(forms.Field):
    """Cleans to a list of CheckedFile and HeldFile; an error for each file that is refused.

    After cleaning `hold` puts the good ones aside, so that nobody chooses them twice.
    """

    widget = FilesInput

    def __init__(self, **kwargs):
        super().__init__(required=False, help_text=lazy(_help_text, str)(), **kwargs)
        self.good: list[CheckedFile | HeldFile] = []

    def clean(self, value) -> list[CheckedFile | HeldFile]:
        errors = []
        self.good = []
        room = settings.SIGNAL_FILES_MAX
        for token in dict.fromkeys(value["tokens"]):
            file = held_file(token)
            if file is not None and room > 0:
                self.good.append(file)
                room -= 1
            elif name := name_of(token):
                errors.append(
                    _("“%(name)s” hebben wij niet meer. Kies het bestand opnieuw.") % {"name": name}
                )
        for upload in value["uploads"]:
            if room == 0:
                errors.append(
                    _("“%(name)s” is er een te veel: u mag %(count)s bestanden meesturen.")
                    % {"name": clean_name(upload.name or ""), "count": settings.SIGNAL_FILES_MAX}
                )
                continue
            try:
                self.good.append(check_file(upload))
                room -= 1
            except ValidationError as error:
                errors.extend(error.messages)
        self.widget.held = [file for file in self.good if isinstance(file, HeldFile)]
        if errors:
            raise ValidationError([ValidationError(text, code="file") for text in errors])
        return self.good

    def hold(self) -> None:
        """Put new good files aside and show them with a tick in the form that comes back."""
        self.good = [file if isinstance(file, HeldFile) else hold(file) for file in self.good]
        self.widget.held = list(self.good)
