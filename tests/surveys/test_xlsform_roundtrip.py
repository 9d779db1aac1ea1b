"""A survey goes out as XLSForm and comes in again unchanged; other programs can read it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from surveys import types
from surveys.definition import to_json
from surveys.models import SurveyPage
from tests.factories import survey_shapes as draw
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.xlsforms import cells, confirm, exported, run, send_in

pytestmark = pytest.mark.django_db


def section(kind: str, item_id: str, label: str, **value) -> dict:
    return {"type": kind, "id": item_id, "value": {"label": label} | value}


def shown_if(*rules: tuple[str, str, str], match: str = "all") -> dict:
    """A condition as the StreamField stores it."""
    items = [
        {
            "type": "item",
            "id": str(number),
            "value": {"question": about, "operator": operator, "value": value},
        }
        for number, (about, operator, value) in enumerate(rules)
    ]
    return {"match": match, "rules": items}


def with_pages() -> list[dict]:
    """Pages and parts, some with a condition, and every comparison that there is."""
    asked = {question["id"]: question for question in [*make.all_questions(), *kinds.every_type()]}
    conditions = {
        make.SEVERAL: shown_if((make.ONE, "equals", make.BIKE)),
        make.SCALE: shown_if(
            (make.ONE, "differs", make.BUS), (make.SEVERAL, "contains", make.SHADE), match="any"
        ),
        make.SHORT: shown_if((make.SCALE, "more", "2"), (make.SCALE, "less", "5")),
        make.LONG: shown_if((make.SHORT, "contains", "straat"), (make.SHORT, "filled", "")),
        kinds.NUMBER: shown_if((make.SHORT, "equals", "de 'oude' \"haven\"")),
        kinds.DATE: shown_if((kinds.NUMBER, "equals", "12,5")),
        kinds.OTHER: shown_if((kinds.DATE, "more", "2026-05-01"), match="any"),
        kinds.MATRIX: shown_if((kinds.OTHER, "equals", "other")),
        kinds.RANKING: shown_if((kinds.MATRIX, "filled", "")),
        kinds.NPS: shown_if((make.POINT, "empty", "")),
        kinds.PICTURES: shown_if((kinds.MOST, "contains", "none")),
    }
    for question_id, condition in conditions.items():
        asked[question_id]["value"]["condition"] = condition
    items = list(asked.values())
    items.insert(3, section("section", "deel-1", "Over de plek"))
    items.insert(5, section("page", "pagina-2", "", condition=shown_if((make.SCALE, "more", "1"))))
    items.insert(
        8, section("section", "deel-2", "Cijfers", condition=shown_if((make.SHORT, "filled", "")))
    )
    items.insert(12, section("page", "pagina-3", "Tot slot"))
    return items


MESSAGES = {
    "required_message": "=Vul hier iets in, ook ${niets}.",
    "wrong_message": "Dit past niet\u00a0bij de vraag.",
}


def with_messages() -> list[dict]:
    """Every type with the messages that it may have."""
    asked = [*make.all_questions(), *kinds.every_type(), draw.drawing("line")]
    for item in asked:
        block = types.get(item["type"]).block_class
        item["value"] |= {
            name: text for name, text in MESSAGES.items() if name in block.base_blocks
        }
    return asked


SURVEYS = {
    "first": make.all_questions,
    "messages": with_messages,
    "random, from the link and with files": lambda: [
        kinds.with_other(shuffle=True, link_name="vervoer"),
        kinds.several(shuffle=True),
        kinds.pictures(shuffle=True, link_name="toestel"),
        kinds.matrix(shuffle=True),
        kinds.ranking(shuffle=True),
        kinds.nps(link_name="cijfer"),
        kinds.hidden("flyer", "krant"),
        kinds.hidden(link_name="wijk") | {"id": "tweede"},
        kinds.files(),
        kinds.files(kinds="pdf", max_files=1) | {"id": "brief"},
        kinds.files(kinds="") | {"id": "alles"},
    ],
    "types": kinds.every_type,
    "pages": with_pages,
    "begins with a page": lambda: [section("page", "p", "Begin"), *make.all_questions()],
    "several with own": lambda: [kinds.with_other("several_choices", none="Niets")],
    "one picture": lambda: [kinds.pictures(max_choices=1, required=True)],
    "a list": lambda: [kinds.with_other(shown_as="list", required=True)],
    "whole numbers": lambda: [kinds.number(decimals=0, high="0", low="-5", unit="")],
    "whole postcode": lambda: [kinds.postcode(whole=True)],
    "a table that must": lambda: [kinds.matrix(required=True, help_text="Kies per rij.")],
    "to ten": lambda: [
        make.question("scale", make.SCALE, "Cijfer?", maximum="10", low_label="a", high_label="b")
    ],
    "texts with links": lambda: [
        kinds.statement(
            text='<p data-block-key="a1">Lees <a href="https://voorbeeld.example.nl/?a=1&amp;b=2">'
            'dit</a> &amp; <a id="3" linktype="page">dat</a>.</p><ul><li data-block-key="b2">een'
            "</li></ul><p>regel<br/>regel</p>"
        ),
        *make.all_questions(),
    ],
    "drawings": lambda: [
        *draw.all_drawings(),
        draw.drawing("line", "lijn-2", fewest=2, most=10, inside=True, max_vertices=100),
    ],
    "equal words": lambda: [
        make.question("short_text", f"vraag-{number}", "Waarom?", max_length=100)
        for number in range(3)
    ],
    "hard words": lambda: (
        [
            make.question("short_text", f"vraag-{number}", label, help_text=label, max_length=100)
            for number, label in enumerate(
                [
                    "=1+1",
                    "'=1+1",
                    "@sum(A1)",
                    "Wat kost ${bedrag}?",
                    "vaste\xa0spatie",
                    "“aanhaling” en ‘enkel’",
                    "100 % & <b>vet</b>",
                    "日本語の質問",
                    "12",
                    "TRUE",
                    "- nee",
                ]
            )
        ]
        + [
            make.question(
                "one_choice",
                make.ONE,
                "Kies",
                options=make.options(a="=cmd", b="Ja", c="ja", d="other", e="${x}", f="1.0"),
            )
        ]
    ),
}


@pytest.fixture
def manager(login, administrator):
    """Who may choose every picture."""
    return login(administrator)


@pytest.mark.parametrize("name", SURVEYS)
def test_what_goes_out_comes_in_unchanged(manager, north, name):
    survey = make.SurveyPageFactory(parent=north, questions=SURVEYS[name](), title="Speelplek: =1")
    report = send_in(manager, north, exported(manager, survey))
    assert report.status_code == 200, report.content.decode()

    again = confirm(manager, north, report)

    assert to_json(again.asked) == to_json(survey.asked)
    assert again.title == survey.title
    assert exported(manager, again).startswith(b"PK")


@pytest.mark.parametrize("name", SURVEYS)
def test_other_programs_can_read_what_goes_out(manager, north, name):
    survey = make.SurveyPageFactory(parent=north, questions=SURVEYS[name]())

    form = convert(exported(manager, survey), file_type=".xlsx").xform

    assert form.count("<bind ") >= len([q for q in survey.asked if q.type.asks])


def test_an_answer_of_ones_own_goes_out_as_a_question_and_comes_in_as_one(manager, north):
    survey = make.SurveyPageFactory(parent=north, questions=[kinds.with_other()])
    content = exported(manager, survey)

    rows = cells(content)
    assert [row["type"] for row in rows] == ["select_one hoe_komt_u_er", "text"]
    assert rows[1]["relevant"] == "${hoe_komt_u_er} = 'other'"
    again = confirm(manager, north, send_in(manager, north, content))
    assert len(again.asked) == 1


def test_conditions_go_out_as_relevant(manager, north):
    survey = make.SurveyPageFactory(parent=north, questions=with_pages())

    rows = {row["gebiedsplein_id"]: row["relevant"] for row in cells(exported(manager, survey))}

    assert rows[make.SEVERAL] == "${hoe_gaat_u_meestal_naar_het_centrum} = 'met_de_fiets'"
    assert " or selected(${wat_mist_u_op_de_speelplek}, 'schaduw')" in rows[make.SCALE]
    assert rows["pagina-2"].endswith(" > 1")
    assert rows[kinds.OTHER].endswith(" > date('2026-05-01')")


def test_no_cell_that_goes_out_is_a_formula(manager, north):
    survey = make.SurveyPageFactory(
        parent=north, questions=SURVEYS["hard words"](), title="=HYPERLINK(1)"
    )

    book = load_workbook(BytesIO(exported(manager, survey)))

    found = [cell for sheet in book for cells in sheet.iter_rows() for cell in cells]
    assert all(cell.data_type != "f" for cell in found)
    assert not any(str(cell.value or "").startswith(("=", "@", "+")) for cell in found)


def test_who_changes_a_cell_means_the_change(manager, north, tmp_path):
    survey = make.SurveyPageFactory(
        parent=north,
        questions=[
            kinds.statement(),
            make.question("short_text", make.SHORT, "vaste\xa0spatie", max_length=90),
            *[question for question in make.all_questions() if question["id"] == make.ONE],
        ],
    )
    path = tmp_path / "veranderd.xlsx"
    path.write_bytes(exported(manager, survey))
    book = load_workbook(path)
    sheet = book["survey"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, column, text in (
        (2, "label", "Nieuwe tekst."),
        (3, "label", "Nieuwe vraag"),
        (3, "constraint", "string-length(.) <= 50"),
        (4, "type", "select_multiple hoe_gaat_u_meestal_naar_het_centrum"),
    ):
        sheet.cell(row, columns[column], text)
    book.save(path)
    run(path, "--parent", str(north.pk))

    statement, short, several = SurveyPage.objects.child_of(north).exclude(pk=survey.pk).get().asked
    assert statement.extra["text"] == "<p>Nieuwe tekst.</p>"
    assert (short.id, short.label, short.max_length) == (make.SHORT, "Nieuwe vraag", 50)
    assert (several.id, several.kind) == (make.ONE, "several_choices")
    assert [option.id for option in several.options] == [make.BIKE, make.WALK, make.BUS]
