"""Downloading files of a survey in tests."""

import json
from contextlib import closing
from io import BytesIO
from pathlib import Path

from django.urls import reverse
from openpyxl import load_workbook


def address(survey, variant: str, format_name: str) -> str:
    return reverse("surveys_download", args=[survey.pk, variant, format_name])


def fetched(client, survey, format_name: str, variant: str = "enquete") -> bytes:
    """The bytes of a download; reading it to the end closes the file."""
    response = client.get(address(survey, variant, format_name))
    assert response.status_code == 200
    return response.getvalue()


def saved(client, survey, format_name: str, folder: Path, variant: str = "enquete") -> Path:
    """A download as a file."""
    path = folder / f"{variant}.{format_name}"
    path.write_bytes(fetched(client, survey, format_name, variant))
    return path


def sheets(client, survey, variant: str = "enquete") -> dict[str, list[list]]:
    """The sheets of an XLSX download."""
    with closing(load_workbook(BytesIO(fetched(client, survey, "xlsx", variant)))) as book:
        return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def variables(client, survey) -> dict[str, dict]:
    """What the JSON says of each variable, by label."""
    found = json.loads(fetched(client, survey, "json"))
    return {entry["label"]: entry for entry in found["variables"]}
