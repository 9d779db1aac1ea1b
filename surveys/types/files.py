"""Files with an answer: photos and PDFs."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from cms.files.checking import ENDINGS, PDF, megabytes

from ..definition import Question
from .base import QuestionBlock, QuestionField, QuestionType
from .parts import Part, Storage, read_text, read_whole

#: What a form carries along of the files that wait on the server.
HELD = "bewaard"
PHOTOS, PDFS = "photo", "pdf"
MOST_MEGABYTES = 10
MEGABYTE = 1024 * 1024


def kinds_of(question: Question) -> tuple[str, ...]:
    """The types of content that the question takes."""
    photos = tuple(kind for kind in ENDINGS if kind != PDF)
    return {PHOTOS: photos, PDFS: (PDF,)}.get(question.extra.get("kinds"), (*photos, PDF))


def most_files(question: Question) -> int:
    """How many files go with one answer."""
    return min(int(question.extra.get("max_files", 1)), settings.SURVEY_FILES_MAX)


def most_bytes(question: Question) -> int:
    """How large a file may be."""
    wanted = int(question.extra.get("max_mb", MOST_MEGABYTES)) * MEGABYTE
    return min(wanted, settings.UPLOAD_MAX_BYTES)


class FilesInput(forms.Widget):
    """New files, and those that wait on the server since an earlier page or try, with a tick."""

    template_name = "surveys/widgets/files.html"
    needs_multipart_form = True
    input_type = "file"
    question: Question

    def value_from_datadict(self, data, files, name):
        """Files that the form holds on to, and what went wrong (`surveys.files.sent`)."""
        tokens = data.getlist(f"{name}-{HELD}") if hasattr(data, "getlist") else []
        held = getattr(data, "held", {}).items()
        mine = {token: file for token, file in held if file.question_id == self.question.id}
        return {
            "held": {token: mine[token] for token in dict.fromkeys(tokens) if token in mine},
            "gone": any(token not in mine for token in tokens),
            "refused": getattr(data, "refused", {}).get(name, []),
        }

    def value_omitted_from_data(self, data, files, name):
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        held = value["held"] if isinstance(value, dict) else {}
        context["held"] = [
            {
                "name": f"{name}-{HELD}",
                "token": token,
                "words": file.own_name or file.name,
                "size": megabytes(file.size) if file.size else "",
            }
            for token, file in held.items()
        ]
        context["accept"] = ",".join(kinds_of(self.question))
        context["is_full"] = len(held) >= most_files(self.question)
        context["several"] = most_files(self.question) > 1
        return context


class FilesField(QuestionField):
    """Cleans to a list of `AnswerFile`."""

    def clean(self, value):
        value = value or {"held": {}, "gone": False, "refused": []}
        found = list(value["held"].values())
        errors = list(value["refused"])
        if value["gone"]:
            errors.append(
                _("Een bestand dat u eerder koos, hebben wij niet meer. Kies het opnieuw.")
            )
        most = most_files(self.question)
        if len(found) > most:
            errors.append(
                ngettext(
                    "U mag %(n)s bestand meesturen. Haal het vinkje weg bij de andere.",
                    "U mag %(n)s bestanden meesturen. Haal het vinkje weg bij de andere.",
                    most,
                )
                % {"n": most}
            )
        if not found and not errors and self.required:
            errors.append(_("Kies een bestand."))
        if errors:
            raise ValidationError([ValidationError(text, code="file") for text in errors])
        return found

    def values(self, cleaned):
        """How many files there are, and their names in a download."""
        if not cleaned:
            return []
        return [{"number": len(cleaned), "text": "; ".join(file.name for file in cleaned)}]

    def as_given(self, raw):
        return ", ".join(
            file.own_name or file.name for file in (raw or {}).get("held", {}).values()
        )


class FilesBlock(QuestionBlock):
    kinds = blocks.ChoiceBlock(
        label=_("wat mag iemand meesturen"),
        choices=[
            ("", _("Foto's en PDF's")),
            (PHOTOS, _("Alleen foto's (JPEG, PNG of WebP)")),
            (PDFS, _("Alleen PDF's")),
        ],
        required=False,
        default=PHOTOS,
    )
    max_files = blocks.IntegerBlock(
        label=_("ten hoogste zoveel bestanden"), min_value=1, max_value=5, default=1
    )
    max_mb = blocks.IntegerBlock(
        label=_("ten hoogste zoveel MB voor één bestand"),
        min_value=1,
        max_value=MOST_MEGABYTES,
        default=MOST_MEGABYTES,
        help_text=_("Een foto van een telefoon is 2 tot 8 MB."),
    )

    class Meta:
        label = _("Foto of PDF meesturen")
        icon = "upload"


class Files(QuestionType):
    kind = "file"
    seconds = 40
    block_class = FilesBlock

    def settings(self, value):
        return {name: value.get(name) for name in ("kinds", "max_files", "max_mb")}

    def make_field(self, question, **common):
        widget = FilesInput()
        widget.question = question
        return FilesField(widget=widget, **common)

    def help_parts(self, question):
        kinds = question.extra.get("kinds")
        what = {
            PHOTOS: _("Foto's: JPEG, PNG of WebP."),
            PDFS: _("PDF's."),
        }.get(kinds, _("Foto's (JPEG, PNG of WebP) of PDF's."))
        limit = ngettext(
            "Ten hoogste %(n)s bestand van %(size)s.",
            "Ten hoogste %(n)s bestanden van elk %(size)s.",
            most_files(question),
        ) % {"n": most_files(question), "size": megabytes(most_bytes(question))}
        parts = [*super().help_parts(question), what, limit]
        if kinds != PDFS:
            parts.append(
                _(
                    "Uit een foto halen wij de plek en het tijdstip weg. Let op wat er te zien "
                    "is: aan een gezicht, een huis of een nummerbord is te zien wie u bent."
                )
            )
        if kinds != PHOTOS:
            parts.append(
                _("In een PDF kan uw naam staan, ook waar u die niet ziet: bij de eigenschappen.")
            )
        return parts

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = tally.counts.get(question.id, {})
        total = sum(int(number or 0) * count for (_option, number), count in counts.items())
        result.notes.append(
            ngettext("%(n)s bestand in totaal.", "%(n)s bestanden in totaal.", total) % {"n": total}
        )
        return result

    def given_back(self, question, rows):
        """Nothing of the rows: which files they name stands in a table of its own."""
        return {}

    def columns(self, question):
        return [
            Part(
                str(label % {"question": question.label}), storage, question.id, read, key, (), True
            )
            for label, storage, read, key in (
                (_("%(question)s (aantal bestanden)"), Storage.RATING, read_whole, "aantal"),
                (_("%(question)s (bestanden)"), Storage.TEXT, read_text, "bestanden"),
            )
        ]
