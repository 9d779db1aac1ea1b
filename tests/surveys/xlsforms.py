"""Forms that the tests of import and export make, and how they go through the front door."""

from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from surveys.models import SurveyPage
from tests.surveys.helpers import form_on


def workbook(survey: list[dict], choices: list[dict] = (), settings: dict | None = None) -> bytes:
    """A form with these rows; the headings are the names in the rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (("survey", survey), ("choices", choices), ("settings", [settings or {}])):
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if not columns:
            continue
        sheet = book.create_sheet(name)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def choices(list_name: str, **labels: str) -> list[dict]:
    """Rows of the sheet with choices."""
    return [
        {"list_name": list_name, "name": name, "label": label} for name, label in labels.items()
    ]


def run(path, *args: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("import_xlsform", str(path), *args, stdout=out)
    return out.getvalue()


def imported(tmp_path, parent, *args, **kwargs) -> SurveyPage:
    """The draft that the command makes of a workbook."""
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(workbook(*args, **kwargs))
    before = set(SurveyPage.objects.values_list("pk", flat=True))
    run(path, "--parent", str(parent.pk))
    return SurveyPage.objects.exclude(pk__in=before).get()


def upload_url(parent) -> str:
    return reverse("surveys_xlsform_import", args=[parent.pk])


def send_in(client, parent, content: bytes, name: str = "formulier.xlsx"):
    """Send a file in; the page with the report, or with why not."""
    return client.post(upload_url(parent), {"file": SimpleUploadedFile(name, content)})


def confirm(client, parent, page) -> SurveyPage:
    """Say yes on the page with the report; the draft that came of it."""
    response = client.post(upload_url(parent), {"kept": form_on(page).fields["kept"][0]})
    assert response.status_code == 302, response.content
    return SurveyPage.objects.get(pk=int(response.url.rstrip("/").split("/")[-2]))


def exported(client, survey) -> bytes:
    """The file that an editor downloads."""
    response = client.get(reverse("surveys_xlsform_export", args=[survey.pk]))
    assert response.status_code == 200
    return response.content


def cells(content: bytes, sheet: str = "survey") -> list[dict]:
    """Rows of a sheet, by heading."""
    rows = list(load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
