"""Each format is read back by the program it is for, and holds what was answered."""

import json
from collections import Counter
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pandas
import pyogrio
import pyreadstat
import pytest
from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile
from odf.opendocument import load as load_ods
from odf.table import TableCell, TableRow
from odf.teletype import extractText

from tests.areas import uploads
from tests.factories import survey_shapes as draw
from tests.factories import survey_types as kinds
from tests.factories import survey_whole
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, saved, sheets, variables
from tests.surveys.helpers import field, form_on, full_answers
from tests.surveys.test_question_types import everything

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
NOT_ASKED, SKIPPED, NOT_ANSWERED = -97, -98, -99
TRAVEL = "Hoe gaat u meestal naar het centrum?"


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north, title="Speelplek & oversteek")


@pytest.fixture
def answered(survey):
    """Three responses: everything, one choice only, and a place in words only."""
    make.respond(survey, day=DAY)
    make.respond(survey, day=DAY, **{make.ONE: {"option_id": make.WALK}})
    make.respond(survey, day=DAY, **{make.POINT: {"text": "Achter de school"}})
    return survey


def ods_rows(data: bytes) -> list[list[tuple[str, str]]]:
    """(type, text) of each cell on the first sheet."""
    table = load_ods(BytesIO(data)).spreadsheet.childNodes[0]
    return [
        [
            (cell.getAttribute("valuetype"), extractText(cell))
            for cell in row.getElementsByType(TableCell)
        ]
        for row in table.getElementsByType(TableRow)
    ]


class TestSpss:
    def read(self, client, survey, folder):
        return pyreadstat.read_sav(saved(client, survey, "sav", folder), user_missing=True)

    def test_values_have_numbers_and_words(self, manager, answered, tmp_path):
        frame, meta = self.read(manager, answered, tmp_path)
        name = variables(manager, answered)[TRAVEL]["name"]
        assert meta.file_label == "Speelplek & oversteek"
        assert meta.column_names_to_labels[name] == TRAVEL
        labels = meta.variable_value_labels[name]
        assert labels == {
            1: "Met de fiets", 2: "Lopend", 3: "Met de bus",
            NOT_ASKED: "Niet gevraagd in deze versie",
            SKIPPED: "Niet getoond door een voorwaarde", NOT_ANSWERED: "Niet beantwoord",
        }  # fmt: skip
        assert sorted(frame[name]) == [NOT_ANSWERED, 1, 2]
        assert meta.variable_measure[name] == "nominal"

    def test_a_day_a_scale_a_text_and_a_place(self, manager, answered, tmp_path):
        frame, meta = self.read(manager, answered, tmp_path)
        known = {label: entry["name"] for label, entry in variables(manager, answered).items()}
        assert set(frame["datum"]) == {DAY}
        scale = known["Hoe veilig vindt u de oversteek?"]
        assert sorted(frame[scale]) == [NOT_ANSWERED, NOT_ANSWERED, 4]
        assert meta.variable_value_labels[scale][5] == "heel veilig"
        assert meta.variable_measure[scale] == "scale"
        assert sorted(frame[known["Wat wilt u ons nog vertellen?"]]) == [
            "", "", "Maak er meer groen.",
        ]  # fmt: skip
        latitudes = frame[known["Waar moet het veiliger? (breedtegraad)"]]
        assert max(latitudes) == pytest.approx(52.34)

    def test_what_is_missing_is_missing_for_statistics(self, manager, answered, tmp_path):
        path = saved(manager, answered, "sav", tmp_path)
        frame, _meta = pyreadstat.read_sav(path)
        known = variables(manager, answered)
        scale = known["Hoe veilig vindt u de oversteek?"]["name"]
        assert frame[scale].mean() == 4
        assert frame[scale].count() == 1
        _frame, meta = pyreadstat.read_sav(path, user_missing=True)
        assert sorted(r["lo"] for r in meta.missing_ranges[known[TRAVEL]["name"]]) == [
            NOT_ANSWERED, SKIPPED, NOT_ASKED,
        ]  # fmt: skip
        numeric = {entry["name"] for entry in known.values() if entry["type"] != "text"}
        assert numeric == set(meta.missing_ranges)

    def test_long_texts_with_accents_and_signs_stay_whole(self, manager, survey, tmp_path):
        text = "é€😀" * 60 + "=1"
        make.respond(survey, **{make.LONG: {"text": text}})
        frame, _meta = self.read(manager, survey, tmp_path)
        assert text in list(frame.iloc[0])

    def test_a_survey_nobody_answered(self, manager, survey, tmp_path):
        frame, meta = self.read(manager, survey, tmp_path)
        assert len(frame) == 0
        assert TRAVEL in meta.column_labels


class TestGeoPackage:
    def test_a_layer_a_map_question_in_degrees(self, manager, answered, tmp_path):
        path = saved(manager, answered, "gpkg", tmp_path)
        name = variables(manager, answered)["Waar moet het veiliger? (omschrijving)"]["name"]
        assert {tuple(layer) for layer in pyogrio.list_layers(path)} == {
            (name, "Point"), ("antwoorden", None),
        }  # fmt: skip
        info = pyogrio.read_info(path, layer=name)
        assert info["crs"] == "EPSG:4326"
        frame = pyogrio.read_dataframe(path, layer=name)
        assert len(frame) == 1
        assert (frame.geometry[0].x, frame.geometry[0].y) == (4.80, 52.34)
        assert frame.omschrijving[0] == "Bij de brug"
        assert not frame.bij_benadering[0]

    def test_the_table_holds_the_other_answers(self, manager, answered, tmp_path):
        path = saved(manager, answered, "gpkg", tmp_path)
        known = variables(manager, answered)
        table = pyogrio.read_dataframe(path, layer="antwoorden")
        assert sorted(table.volgnummer) == [1, 2, 3]
        assert sorted(filter(None, table[known[TRAVEL]["name"]].fillna(""))) == [
            "Lopend", "Met de fiets",
        ]  # fmt: skip
        points = pyogrio.read_dataframe(
            path, layer=known["Waar moet het veiliger? (omschrijving)"]["name"]
        )
        assert set(points.volgnummer) < set(table.volgnummer)

    def test_more_than_one_chunk(self, manager, survey, tmp_path, monkeypatch):
        monkeypatch.setattr("surveys.exports.geopackage.CHUNK", 7)
        make.respond(survey, count=21)
        path = saved(manager, survey, "gpkg", tmp_path)
        counts = [pyogrio.read_info(path, layer=layer)["features"]
                  for layer, _kind in pyogrio.list_layers(path)]  # fmt: skip
        assert counts == [21, 21]

    def test_a_survey_nobody_answered_has_its_layers(self, manager, survey, tmp_path):
        path = saved(manager, survey, "gpkg", tmp_path)
        for layer, _kind in pyogrio.list_layers(path):
            assert pyogrio.read_info(path, layer=layer)["features"] == 0


class TestSheets:
    def test_xlsx_has_numbers_days_and_the_codebook(self, manager, answered):
        book = sheets(manager, answered)
        assert list(book) == ["Antwoorden", "Codeboek"]
        head, *lines = book["Antwoorden"]
        full = next(line for line in lines if "Met de fiets" in line)
        given = dict(zip(head, full, strict=True))
        assert given["Datum"] == datetime.fromisoformat("2026-05-04")
        assert given["Hoe veilig vindt u de oversteek?"] == 4
        assert given["Wat mist u op de speelplek?: Schaduw"] == 1
        assert given["Waar moet het veiliger? (breedtegraad)"] == 52.34
        assert [row[2] for row in book["Codeboek"]].count(TRAVEL) == 1

    def test_ods_has_them_too(self, manager, answered):
        data = fetched(manager, answered, "ods")
        head, *lines = ods_rows(data)
        assert head[1][1] == TRAVEL
        full = next(line for line in lines if ("string", "Met de fiets") in line)
        assert full[0] == ("date", "2026-05-04")
        assert ("float", "4") in full
        frames = pandas.read_excel(BytesIO(data), engine="odf", sheet_name=None)
        assert list(frames) == ["Antwoorden", "Codeboek"]
        assert len(frames["Antwoorden"]) == 3

    def test_ods_begins_with_its_type(self, manager, survey):
        with ZipFile(BytesIO(fetched(manager, survey, "ods"))) as book:
            first = book.infolist()[0]
            assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")

    def test_csv_is_read_by_pandas(self, manager, answered):
        data = fetched(manager, answered, "csv").decode("utf-8-sig")
        frame = pandas.read_csv(StringIO(data), sep=";", decimal=",")
        assert len(frame) == 3
        assert frame["Waar moet het veiliger? (breedtegraad)"].max() == 52.34
        assert frame["Hoe veilig vindt u de oversteek?"].sum() == 4


HOSTILE = [
    "=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("http://x")',
    "<b>&amp;</b>", "twee  spaties\nen een regel", "]]>", "a\x0bb",
]  # fmt: skip


class TestHostileCells:
    @pytest.fixture
    def hostile(self, north):
        survey = make.SurveyPageFactory(
            parent=north,
            title="=cmd()|A0",
            questions=[make.question("long_text", make.LONG, "=cmd()|A0", max_length=200)],
        )
        for text in HOSTILE:
            make.respond(survey, **{make.LONG: {"text": text}})
        return survey

    def shown(self, text: str) -> str:
        text = f"'{text}" if text.lstrip(" ")[0] in "=+-@\t\r＝" else text
        return text.replace("\r", "\n").replace("\x0b", "")

    def test_xlsx_runs_nothing_and_loses_nothing(self, manager, hostile):
        found = sheets(manager, hostile)
        assert found["Antwoorden"][0][1] == "'=cmd()|A0"
        assert {row[1] for row in found["Antwoorden"][1:]} == {self.shown(t) for t in HOSTILE}
        for rows in found.values():
            assert not [cell for row in rows for cell in row if str(cell).startswith("=")]

    def test_ods_runs_nothing_and_loses_nothing(self, manager, hostile):
        data = fetched(manager, hostile, "ods")
        head, *lines = ods_rows(data)
        assert head[1][1] == "'=cmd()|A0"
        assert {line[1][1] for line in lines} == {
            self.shown(text).replace("\n", "") for text in HOSTILE
        }
        assert b"table:formula" not in ZipFile(BytesIO(data)).read("content.xml")

    def test_json_and_spss_keep_them_as_they_are(self, manager, hostile, tmp_path):
        found = json.loads(fetched(manager, hostile, "json"))
        (name,) = (entry["name"] for entry in found["variables"])
        assert {row["answers"][name] for row in found["responses"]} == set(HOSTILE)
        frame, _meta = pyreadstat.read_sav(saved(manager, hostile, "sav", tmp_path))
        assert set(frame[name]) == set(HOSTILE)


def test_json_holds_every_response_and_what_was_asked(manager, answered):
    found = json.loads(fetched(manager, answered, "json"))
    assert found["survey"] == "Speelplek & oversteek"
    known = {entry["label"]: entry for entry in found["variables"]}
    full = next(row for row in found["responses"] if len(set(row["answers"].values())) > 4)
    assert full["date"] == "2026-05-04"
    assert full["answers"][known[TRAVEL]["name"]] == "Met de fiets"
    assert known[TRAVEL]["values"][0] == {"code": 1, "label": "Met de fiets"}
    assert [row["number"] for row in found["responses"]] == [1, 2, 3]


def test_every_type_of_question_in_every_format(client, manager, north, tmp_path):
    """What one visitor sent, with drawings, a photo and the value of a link."""
    survey = make.SurveyPageFactory(parent=north, questions=survey_whole.whole())
    form = form_on(client.get(f"{survey.url}?bron=flyer"))
    photo = SimpleUploadedFile("IMG_1.jpg", uploads.jpeg(), "image/jpeg")
    drawn = {
        field(draw.POINTS, "plek"): [draw.FIELD],
        field(draw.LINES, "vormen"): draw.sent((draw.LINE, "Donker"), draw.LINE[:2]),
        field(draw.POLYGONS, "vormen"): draw.sent(draw.SQUARE),
        field(kinds.FILES): photo,
    }
    second = client.post(form.action, form.fields | full_answers() | everything() | drawn)
    assert client.post(form.action, form_on(second).fields).status_code == 302

    known = {label: entry["name"] for label, entry in variables(manager, survey).items()}
    frame, meta = pyreadstat.read_sav(saved(manager, survey, "sav", tmp_path))
    table = pyogrio.read_dataframe(saved(manager, survey, "gpkg", tmp_path), layer="antwoorden")
    text = fetched(manager, survey, "csv").decode().removeprefix("\ufeff")
    by_pandas = pandas.read_csv(StringIO(text), sep=";", decimal=",")
    head, line = sheets(manager, survey)["Antwoorden"]
    sheet = dict(zip(head, line, strict=True))
    in_spss, in_table, in_csv = frame.iloc[0], table.iloc[0], by_pandas.iloc[0]
    for label, value in {
        "Hoe ver loopt u? (meter)": 12.5,
        "Hoe komt u er?: Anders, namelijk": "met de step",
        "Wat komt eerst?: Bomen": 2,
        "Raadt u deze plek aan?": 0,
        "Waar is het donker?: Speelveldje Dorpsstraat": 1,
        "Hoe loopt u? (aantal)": 2,
        "Hoe loopt u? (opmerkingen)": "1: Donker",
        "Hebt u een foto? (aantal bestanden)": 1,
        "Hoe u bij ons kwam": "flyer",
    }.items():
        cells = [in_spss[known[label]], in_csv[label], sheet[label]]
        if not label.startswith(("Waar is", "Hoe loopt")):  # drawings have layers of their own
            cells.append(in_table[known[label]])
        assert cells == [value] * len(cells), label
    assert in_spss[known["Wanneer was u er?"]] == DAY
    assert in_csv["Wanneer was u er?"] == "2026-05-04"
    assert in_spss[known["Hoe is de speelplek?: Veilig"]] == 3
    assert in_table[known["Hoe is de speelplek?: Veilig"]] == "goed"
    assert meta.variable_value_labels[known["Raadt u deze plek aan?"]][0] == "zeker niet"

    path = tmp_path / "enquete.gpkg"
    west, south, east, north_edge = north.geometry.extent
    counted = Counter()
    for name, kind in pyogrio.list_layers(path):
        layer = pyogrio.read_dataframe(path, layer=name)
        if kind:
            assert layer.crs == "EPSG:4326"
            assert layer.geom_type.isin([kind]).all()
            assert len(layer.cx[west:east, south:north_edge]) == len(layer)
            counted[kind] += len(layer)
    assert counted == {"LineString": 2, "Polygon": 1, "Point": 2}


def test_a_village_is_marked_as_about(manager, survey, tmp_path):
    spot = {"point": Point(4.7, 52.3, srid=4326), "text": "Nieuw-Vennep", "approximate": True}
    make.respond(survey, **{make.POINT: spot})
    path = saved(manager, survey, "gpkg", tmp_path)
    (layer, _kind), *_rest = pyogrio.list_layers(path)
    assert pyogrio.read_dataframe(path, layer=layer).bij_benadering[0]
