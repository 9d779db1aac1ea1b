"""The link along which an answer came, in every file; in open data only for large groups."""

import csv
import json

import pyreadstat
import pytest
from pyogrio.raw import read

from surveys.models import Response
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, saved
from tests.surveys.test_collectors import collector_of

pytestmark = pytest.mark.django_db
SHOPS = "=Winkels", "Ondernemers", "Op een tablet van de gemeente"
PANEL = "Panel", "Digitaal panel", "Op de site"


@pytest.fixture
def answered(north):
    """Six answers of entrepreneurs on a tablet, two of a panel, four along no link."""
    survey = make.SurveyPageFactory(parent=north)
    shops = collector_of(survey, name="=Winkels", is_kiosk=True)
    panel = collector_of(survey, name="Panel", kind="panel")
    for collector, source, count in ((shops, "zuil", 6), (panel, "site", 2), (None, "site", 4)):
        made = [response.pk for response in make.respond(survey, count=count)]
        rows = Response.objects.filter(pk__in=made)
        rows.update(collector=collector, source=source)
    return survey


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def csv_rows(client, survey, variant: str = "enquete") -> list[list[str]]:
    text = fetched(client, survey, "csv", variant).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def test_every_file_says_how_an_answer_came_in(manager, answered, tmp_path):
    head, *lines = csv_rows(manager, answered)
    assert head[-4:] == ["Ingang", "Ingang: voor wie", "Hoe ingevuld", "Taal van de vragen"]
    assert head[1] == "Hoe gaat u meestal naar het centrum?"
    ways = [tuple(line[-4:-1]) for line in lines]
    assert (
        sorted(ways) == [("", "", "Op de site")] * 4 + [("'=Winkels", *SHOPS[1:])] * 6 + [PANEL] * 2
    )
    codebook = fetched(manager, answered, "csv", variant="codeboek").decode("utf-8-sig")
    assert "ingang;Ingang;" in codebook
    rows = json.loads(fetched(manager, answered, "json"))["responses"]
    assert {(row["ingang"], row["ingang_voor"], row["hoe_ingevuld"]) for row in rows} == {
        SHOPS, PANEL, (None, None, "Op de site"),
    }  # fmt: skip
    frame, meta = pyreadstat.read_sav(saved(manager, answered, "sav", tmp_path))
    assert meta.column_names_to_labels["ingang"] == "Ingang"
    assert sorted(frame["ingang"]).count("Panel") == 2
    path = saved(manager, answered, "gpkg", tmp_path)
    meta, _index, _geometry, values = read(path, layer="antwoorden")
    column = values[list(meta["fields"]).index("ingang_voor")]
    assert sum(value == "Ondernemers" for value in column) == 6


def test_small_groups_fall_out_of_open_data(manager, answered):
    head, *lines = csv_rows(manager, answered, variant="open-data")
    place = head.index("Ingang: voor wie")
    assert {line[place] for line in lines} <= {"", "Ondernemers"}
    assert "Panel" not in str(lines)
    assert "Winkels" not in str(lines)
