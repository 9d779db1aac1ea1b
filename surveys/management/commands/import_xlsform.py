"""`manage.py import_xlsform FILE`: the form of another program as the draft of a survey."""

import uuid
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from wagtail.models import Page

from surveys.models import SurveyPage
from surveys.xlsform.mapping import MappedForm, map_form
from surveys.xlsform.reading import MAX_BYTES, read_form, too_large
from surveys.xlsform.report import Place, RefusedFormError, Weight
from surveys.xlsform.services import make_draft, usable_documents, usable_images

LANGUAGE = "en"
HEADINGS = {
    Weight.LOST: "Not carried over",
    Weight.CHANGED: "Carried over in another way",
    Weight.TO_DO: "To put right before publishing",
}


class Command(BaseCommand):
    """Prints what the form becomes and what not, then makes a draft; --dry-run only prints."""

    help = (
        "Reads an XLSForm (xlsx or xls), reports what becomes a question and what does not and "
        "why, and makes the draft of a survey below the given page."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the form")
        parser.add_argument("--dry-run", action="store_true", help="only report, write nothing")
        parser.add_argument(
            "--parent", help="area or project to make the survey below: its id or its path"
        )
        parser.add_argument("--title", help="title of the survey, if not that of the form")

    def handle(self, *args, file, dry_run, parent, title, **options):
        with override(LANGUAGE):
            page = None if dry_run and not parent else self._parent(parent)
            try:
                mapped = map_form(
                    self._form(file),
                    may_use=usable_images(None),
                    may_use_documents=usable_documents(None),
                )
            except RefusedFormError as error:
                raise CommandError(self._refusal(file, error)) from error
            self._show(file, mapped)
            if dry_run:
                self.stdout.write("Nothing written: this was only to look.")
                return
            survey = make_draft(
                parent=page,
                title=title or mapped.title,
                stream=mapped.stream,
                translations=mapped.translations,
                key=uuid.uuid4(),
            )
            self.stdout.write(
                self.style.SUCCESS(
                    f"Draft made: “{survey.title}” (page {survey.pk}) below “{page.title}”. "
                    "Check its dates and texts, and publish it in the admin."
                )
            )

    def _form(self, file: Path):
        try:
            if file.stat().st_size > MAX_BYTES:
                raise too_large()
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: cannot be read ({error.strerror}).") from error
        return read_form(content, file_name=file.stem)

    def _parent(self, given: str | None) -> Page:
        if not given:
            raise CommandError("Say below which page with --parent, or look with --dry-run.")
        allowed = SurveyPage.allowed_parent_page_models()
        pages = Page.objects.type(tuple(allowed))
        found = (
            pages.filter(pk=int(given)) if given.isdecimal() and len(given) < 10 else pages.none()
        )
        path = f"/{given.strip('/')}/"
        if not found:
            found = [page for page in pages if (page.url_path or "").endswith(path)]
        if len(found) != 1:
            raise CommandError(
                f"No single area or project is “{given}”. Give its id, or more of its path."
            )
        return found[0]

    def _refusal(self, file: Path, error: RefusedFormError) -> str:
        place = where(error.place)
        told = f" (pyxform: {error.detail})" if error.detail else ""
        return f"{file.name}: {place + ': ' if place else ''}{error.message}{told}"

    def _show(self, file: Path, mapped: MappedForm) -> None:
        self.stdout.write(f"{file.name}: “{mapped.title}”, {len(mapped.stream)} items")
        for item in mapped.stream:
            self.stdout.write(f"  {item['type']}: {item['value'].get('label') or '–'}")
        for weight, heading in HEADINGS.items():
            notes = mapped.report.of(weight)
            if not notes:
                continue
            self.stdout.write(f"{heading} ({len(notes)}):")
            for note in notes:
                self.stdout.write(f"  {where(note.place)}: {note.message}")


def where(place: Place) -> str:
    """Where something stands, such as `survey row 4, relevant (name)`."""
    text = place.sheet
    if place.row:
        text += f" row {place.row}"
    if place.column:
        text += f", {place.column}"
    if place.name and place.name != place.column:
        text += f" ({place.name})"
    return text
