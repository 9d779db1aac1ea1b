"""One table of all versions: no column moves, and it says why an answer is not there."""

import json
import re

import pyreadstat
import pytest

from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, saved, sheets, variables
from tests.surveys.test_flow import only_if, when
from tests.surveys.test_results import csv_rows

pytestmark = pytest.mark.django_db

NOT_ASKED, SKIPPED, NOT_ANSWERED = -97, -98, -99


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def travel(label="Hoe gaat u?", **labels):
    labels = labels or {"o_fiets": "Met de fiets", "o_lopend": "Lopend"}
    return make.question("one_choice", make.ONE, label, options=make.options(**labels))


def street(label="Welke straat?"):
    return make.question("short_text", make.SHORT, label, max_length=40)


def several(**labels):
    labels = labels or {"o_schaduw": "Schaduw", "o_water": "Water"}
    return make.question("several_choices", make.SEVERAL, "Wat mist u?",
                         options=make.options(**labels))  # fmt: skip


@pytest.fixture
def changed(north):
    """A survey answered in two versions.

    In the second another question stands first, the choice has new words and another option in
    front, and the street is gone.
    """
    survey = make.SurveyPageFactory(parent=north, questions=[travel(), several(), street()])
    first = {make.ONE: {"option_id": make.WALK}, make.SEVERAL: {"option_id": make.SHADE},
             make.SHORT: {"text": "Dorpsstraat"}}  # fmt: skip
    make.respond(survey, **first)
    survey.questions = [
        kinds.nps(),
        several(o_bank="Een bank", o_schaduw="Schaduw"),
        travel("Hoe reist u?", o_bus="Met de bus", o_lopend="Te voet"),
    ]
    survey.save()
    second = {make.ONE: {"option_id": make.BUS}, make.SEVERAL: {"option_id": make.BENCH},
              kinds.NPS: {"number": 8}}  # fmt: skip
    make.respond(survey, **second)
    return survey


def test_new_columns_come_after_those_that_were_there(manager, changed):
    head, *lines = csv_rows(manager, changed)
    assert head == [
        "Datum", "Hoe reist u?", "Wat mist u?: Schaduw", "Wat mist u?: Water", "Welke straat?",
        "Raadt u deze plek aan?", "Wat mist u?: Een bank",
        "Ingang", "Ingang: voor wie", "Hoe ingevuld", "Taal van de vragen",
    ]  # fmt: skip
    assert sorted(line[1:-4] for line in lines) == [
        ["Met de bus", "0", "", "", "8", "1"],
        ["Te voet", "1", "0", "Dorpsstraat", "", ""],
    ]


def test_codes_and_names_stay_what_they_were(manager, changed, tmp_path):
    frame, meta = pyreadstat.read_sav(saved(manager, changed, "sav", tmp_path), user_missing=True)
    known = variables(manager, changed)
    name = known["Hoe reist u?"]["name"]
    labels = {code: label for code, label in meta.variable_value_labels[name].items() if code > 0}
    assert labels == {1: "Met de fiets", 2: "Te voet", 3: "Met de bus"}
    assert sorted(frame[name]) == [2, 3]
    assert sorted(frame[known["Wat mist u?: Een bank"]["name"]]) == [NOT_ASKED, 1]
    assert sorted(frame[known["Wat mist u?: Water"]["name"]]) == [NOT_ASKED, 0]


def test_a_new_version_changes_no_name(manager, north):
    survey = make.SurveyPageFactory(parent=north, questions=[travel(), several(), street()])
    before = variables(manager, survey)
    survey.questions = [kinds.nps(), street("In welke straat?"), travel(), several()]
    survey.save()
    after = variables(manager, survey)
    assert after["In welke straat?"]["name"] == before["Welke straat?"]["name"]
    for label in ("Hoe gaat u?", "Wat mist u?: Water"):
        assert after[label]["name"] == before[label]["name"]


def test_names_are_fit_for_any_program(manager, north):
    survey = make.SurveyPageFactory(
        parent=north, questions=[*make.all_questions(), *kinds.every_type()]
    )
    names = [entry["name"] for entry in variables(manager, survey).values()]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name), name


class TestWhyThereIsNoAnswer:
    @pytest.fixture
    def survey(self, north):
        """A street that only cyclists are asked; then a second version with a number."""
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[travel(), only_if(street(), when(make.ONE, "equals", make.BIKE)),
                       only_if(kinds.nps(), when(make.ONE, "equals", make.BIKE))],
        )  # fmt: skip
        make.respond(survey, **{make.ONE: {"option_id": make.WALK}})
        make.respond(survey, **{make.ONE: {"option_id": make.BIKE}})
        survey.questions = [travel(), only_if(kinds.nps(), when(make.ONE, "equals", make.BIKE)),
                            make.question("scale", make.SCALE, "Hoe veilig?", maximum="5",
                                          low_label="niet", high_label="wel")]  # fmt: skip
        survey.save()
        make.respond(survey, **{make.SCALE: {"number": 2}})
        return survey

    def test_in_spss(self, manager, survey, tmp_path):
        frame, _meta = pyreadstat.read_sav(
            saved(manager, survey, "sav", tmp_path), user_missing=True
        )
        known = variables(manager, survey)
        by_travel = frame.set_index(known["Hoe gaat u?"]["name"])
        nps, scale = (known[label]["name"] for label in ("Raadt u deze plek aan?", "Hoe veilig?"))
        assert by_travel.loc[1, nps] == NOT_ANSWERED
        assert by_travel.loc[2, nps] == SKIPPED
        assert by_travel.loc[1, scale] == NOT_ASKED
        assert by_travel.loc[NOT_ANSWERED, scale] == 2

    def test_in_json(self, manager, survey):
        found = json.loads(fetched(manager, survey, "json"))
        known = {entry["label"]: entry["name"] for entry in found["variables"]}
        travel_name, nps, scale, street_name = (
            known[label]
            for label in ("Hoe gaat u?", "Raadt u deze plek aan?", "Hoe veilig?", "Welke straat?")
        )
        rows = {row["answers"][travel_name]: row for row in found["responses"]}
        assert rows["Lopend"]["skipped"] == [street_name, nps]
        assert nps not in rows["Lopend"]["answers"]
        assert rows["Met de fiets"]["answers"][nps] is None
        assert "skipped" not in rows["Met de fiets"]
        assert scale not in rows["Met de fiets"]["answers"]
        assert rows[None]["version"] == 2


class TestCodebook:
    def test_it_tells_versions_and_words(self, manager, changed):
        rows = sheets(manager, changed, "codeboek")["Codeboek"]
        book = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
        travel_row = book["Hoe reist u?"]
        assert travel_row["Gevraagd in versie"] == "1, 2"
        assert travel_row["Waarden (SPSS)"] == "1 = Met de fiets\n2 = Te voet\n3 = Met de bus"
        assert travel_row["Woorden per versie"] == (
            "vanaf versie 1: Hoe gaat u?\nvanaf versie 2: Hoe reist u?"
        )
        assert travel_row["Soort vraag"] == "Eén antwoord kiezen"
        assert "-97 = Niet gevraagd in deze versie" in travel_row["Geen antwoord (SPSS)"].replace(
            "\u2212", "-"
        )
        assert book["Welke straat?"]["Gevraagd in versie"] == "1"
        assert book["Wat mist u?: Een bank"]["Gevraagd in versie"] == "2"
        assert book["Wat mist u?: Water"]["Waarden (SPSS)"] == "0 = Nee\n1 = Ja"

    def test_it_is_there_as_text_too(self, manager, changed):
        text = fetched(manager, changed, "csv", "codeboek").decode("utf-8-sig")
        assert text.startswith("Variabele;Kolom;Vraag;")

    def test_a_hostile_question_is_only_text(self, manager, north):
        asked = travel("=cmd()", o_fiets="=1+1", o_lopend="Lopend")
        survey = make.SurveyPageFactory(parent=north, questions=[asked])
        rows = sheets(manager, survey, "codeboek")["Codeboek"]
        assert not [cell for row in rows for cell in row if cell and str(cell).startswith(
            ("=", "+", "-", "@"))]  # fmt: skip
        assert rows[1][1] == "'=cmd()"


def test_a_response_without_answers_counts_too(manager, north):
    survey = make.SurveyPageFactory(parent=north, questions=[street()])
    make.respond(survey, **{make.SHORT: []})
    assert len(csv_rows(manager, survey)) == 2
