"""What each part of an XLSForm becomes, and what is told of the rest."""

import pytest
from django.core.management import CommandError

from surveys.conditions import Condition, Rule
from tests.surveys.xlsforms import choices, imported, run, workbook

pytestmark = pytest.mark.django_db

YES_NO = choices("ja_nee", ja="Ja", nee="Nee")


@pytest.fixture
def make(tmp_path, north):
    """The questions of the draft that a form becomes."""

    def make_one(survey, choice_rows=(), **settings):
        return imported(tmp_path, north, survey, choice_rows, settings).asked

    return make_one


@pytest.fixture
def report(tmp_path, home):
    """What the command reports of a form, and a refusal as its message."""

    def look(survey, choice_rows=(), **settings):
        path = tmp_path / "formulier.xlsx"
        path.write_bytes(workbook(survey, choice_rows, settings))
        try:
            return run(path, "--dry-run")
        except CommandError as error:
            return str(error)

    return look


def row(row_type: str, name: str, **cells) -> dict:
    return {"type": row_type, "name": name, "label": f"Vraag {name}?"} | cells


@pytest.mark.parametrize(
    ("cells", "kind", "expected"),
    [
        (row("text", "a"), "short_text", {"max_length": 200}),
        (row("text", "a", appearance="multiline"), "long_text", {"max_length": 2000}),
        (row("text", "a", constraint="string-length(.) < 81"), "short_text", {"max_length": 80}),
        (row("text", "a", constraint="string-length(.) <= 900"), "long_text", {"max_length": 900}),
        (row("text", "email"), "email", {}),
        (row("integer", "a", constraint=". > 0 and . <= 12"), "number", {"low": "1", "high": "12"}),
        (
            row("decimal", "a", constraint="(. >= -1.5) and 9 >= ."),
            "number",
            {"low": "-1.5", "high": "9", "decimals": 2},
        ),
        (
            row("date", "a", constraint=". >= date('2026-01-01') and . <= '2026-12-31'"),
            "date",
            {"low": "2026-01-01", "high": "2026-12-31"},
        ),
        (row("geopoint", "a"), "point", {}),
        (row("geotrace", "a"), "shapes", {"shape": "line", "most": 1, "max_vertices": 50}),
        (row("geoshape", "a", required="yes"), "shapes", {"shape": "polygon", "required": True}),
        (row("acknowledge", "a", required="yes"), "consent", {"required": True}),
        (row("range", "a", parameters="start=1 end=5 step=1"), "scale", {"maximum": 5}),
        (row("range", "a", parameters="start=0 end=10 step=1"), "nps", {"maximum": 10}),
        (row("select_one ja_nee", "a"), "one_choice", {}),
        (
            row("select_one ja_nee", "a", appearance="minimal"),
            "one_choice",
            {"shown_as": "list"},
        ),
        (
            row("select_multiple ja_nee", "a", constraint="count-selected(.) <= 1"),
            "several_choices",
            {"max_choices": 1},
        ),
        (row("rank ja_nee", "a"), "ranking", {}),
        (row("text", "a", required="TRUE", hint="Kort."), "short_text", {"help_text": "Kort."}),
    ],
)
def test_types_and_limits(make, cells, kind, expected):
    (question,) = make([cells], YES_NO)

    assert question.kind == kind
    known = {**vars(question), **question.extra}
    assert {name: known[name] for name in expected} == expected


def test_a_range_takes_the_names_of_its_ends(make):
    ends = choices("einden", **{"1": "onveilig", "5": "veilig"})
    parameters = "start=1 end=5 step=1 tick_labelset=einden"
    (question,) = make([row("range", "a", parameters=parameters)], ends)

    assert (question.low_label, question.high_label) == ("onveilig", "veilig")


def test_own_answer_and_the_answer_that_excludes_others(make):
    listed = choices("lijst", bank="Bank", boom="Boom", geen="Geen van deze")
    only = "not(selected(., 'geen') and count-selected(.) > 1)"
    (question,) = make([row("select_multiple lijst or_other", "a", constraint=only)], listed)

    assert [option.label for option in question.options] == [
        "Bank",
        "Boom",
        "Anders, namelijk",
        "Geen van deze",
    ]
    assert [option.id for option in question.options][2:] == ["other", "none"]


def test_a_text_is_shown_as_words_whatever_it_holds(make):
    text = "Let op: <script>alert(1)</script>\n\nTweede & laatste."
    statement, _asked = make([row("note", "uitleg", label=text), row("text", "a")])

    assert statement.kind == "statement"
    assert statement.extra["text"] == (
        "<p>Let op: &lt;script&gt;alert(1)&lt;/script&gt;</p><p>Tweede &amp; laatste.</p>"
    )


CONDITIONS = [
    ("${keuze} = 'ja'", "all", [("keuze", "equals", "ja")]),
    ("'ja' = ${keuze}", "all", [("keuze", "equals", "ja")]),
    ("${keuze} != “ja”", "all", [("keuze", "differs", "ja")]),
    ("not(${keuze} = 'ja')", "all", [("keuze", "differs", "ja")]),
    ("not(selected(${keuze}, 'ja'))", "all", [("keuze", "differs", "ja")]),
    ("selected(${meer}, 'nee')", "all", [("meer", "contains", "nee")]),
    ("${meer} != ''", "all", [("meer", "filled", "")]),
    ("string-length(${tekst}) > 0", "all", [("tekst", "filled", "")]),
    ("${tekst} = ''", "all", [("tekst", "empty", "")]),
    ("contains(${tekst}, 'bank')", "all", [("tekst", "contains", "bank")]),
    ("${getal} >= 18", "all", [("getal", "more", "17")]),
    ("${getal} < 65 and ${getal} > 12", "all", [("getal", "less", "65"), ("getal", "more", "12")]),
    ("${dag} > date('2026-05-01')", "all", [("dag", "more", "2026-05-01")]),
    ("${akkoord} = 'OK'", "all", [("akkoord", "filled", "")]),
    (
        "${keuze} = 'ja' or (${getal} = 3 or ${tekst} = 'x')",
        "any",
        [("keuze", "equals", "ja"), ("getal", "equals", "3"), ("tekst", "equals", "x")],
    ),
]
BEFORE = [
    row("select_one ja_nee", "keuze"),
    row("select_multiple ja_nee", "meer"),
    row("integer", "getal"),
    row("decimal", "maat"),
    row("text", "tekst"),
    row("date", "dag"),
    row("acknowledge", "akkoord", required="yes"),
]


@pytest.mark.parametrize(("relevant", "match", "rules"), CONDITIONS)
def test_relevant_becomes_a_condition(make, relevant, match, rules):
    *before, asked = make([*BEFORE, row("text", "laatste", relevant=relevant)], YES_NO)

    names = dict(zip((row["name"] for row in BEFORE), before, strict=True))
    expected = []
    for name, operator, value in rules:
        about = names[name]
        labels = {option.label.lower(): option.id for option in about.options}
        expected.append(
            Rule(about.id, operator, labels.get(value, value), about.type.compares or "")
        )
    assert asked.condition == Condition(match, tuple(expected))


@pytest.mark.parametrize(
    "relevant",
    [
        "${keuze} = 'ja' and (${getal} = 3 or ${tekst} = 'x')",
        "${getal} + 1 = 3",
        "not(selected(${meer}, 'ja'))",
        "${maat} >= 1.5",
        "regex(${tekst}, 'a+')",
        "${keuze} = ${tekst}",
        "${keuze} = 'misschien'",
        "today() > date('2026-01-01')",
        "(" * 60 + "${getal} = 1" + ")" * 60,
        " and ".join(["${getal} > 1"] * 9),
    ],
)
def test_a_condition_that_a_survey_cannot_hold_is_told(make, report, relevant):
    rows = [*BEFORE, row("text", "laatste", relevant=relevant)]

    assert "survey row 9, relevant (laatste)" in report(rows, YES_NO)
    assert make(rows, YES_NO)[-1].condition is None


def test_groups_become_parts_and_pages_with_their_conditions(make):
    asked = make(
        [
            row("select_one ja_nee", "keuze"),
            row("begin group", "deel", label="Deel", relevant="${keuze} = 'ja'"),
            row("begin group", "binnen", label="Binnen", relevant="${keuze} != 'nee'"),
            row("text", "a"),
            {"type": "end group"},
            {"type": "end group"},
            row("text", "erna"),
            row("begin group", "pagina", label="Pagina", appearance="field-list"),
            row("text", "b"),
            {"type": "end group"},
        ],
        YES_NO,
    )

    assert [(question.kind, question.label) for question in asked] == [
        ("one_choice", "Vraag keuze?"),
        ("section", "Deel"),
        ("section", "Binnen"),
        ("short_text", "Vraag a?"),
        ("page", ""),  # so that what follows is not in the part before it
        ("short_text", "Vraag erna?"),
        ("page", "Pagina"),
        ("short_text", "Vraag b?"),
    ]
    assert len(asked[2].condition.rules) == 2
    assert asked[4].condition is None


def test_a_table_becomes_one_question(make):
    cijfers = choices("cijfers", slecht="slecht", goed="goed")
    (question,) = make(
        [
            row("begin group", "tabel", label="Hoe is de plek?", appearance="table-list"),
            row("select_one cijfers", "veilig", label="Veilig", required="yes"),
            row("select_one cijfers", "schoon", label="Schoon", required="yes"),
            {"type": "end group"},
        ],
        cijfers,
    )

    assert (question.kind, question.label, question.required) == ("matrix", "Hoe is de plek?", True)
    assert [item.label for item in question.rows] == ["Veilig", "Schoon"]
    assert [item.label for item in question.options] == ["slecht", "goed"]


def test_a_table_that_is_too_wide_becomes_questions(make, report):
    wide = choices("breed", **{f"k{number}": f"Kolom {number}" for number in range(8)})
    rows = [
        row("begin group", "tabel", appearance="table-list"),
        row("select_one breed", "a"),
        row("select_one breed", "b"),
        {"type": "end group"},
    ]

    assert [question.kind for question in make(rows, wide)] == ["section", *["one_choice"] * 2]
    assert "survey row 2, appearance (tabel)" in report(rows, wide)


def test_dutch_is_taken_of_several_languages(make, report):
    cells = {
        "type": "text",
        "name": "a",
        "label::English (en)": "Your street?",
        "label::Nederlands (nl)": "Uw straat?",
        "label::Frysk (fy)": "Jo strjitte?",
        "hint::Nederlands (nl)": "Zonder nummer.",
    }

    (question,) = make([cells], default_language="English (en)")
    assert (question.label, question.help_text) == ("Uw straat?", "Zonder nummer.")
    said = report([cells])
    # A language that a survey can be offered in comes along as a translation.
    assert "english (en)" not in said
    assert "frysk (fy)" in said
    assert "nederlands (nl)" in said


def test_files_and_hidden_values_of_others_become_ours(make):
    photo, paper, source, _asked = make(
        [row("photo", "a"), row("file", "b"), row("hidden", "Bron_2"), row("text", "c")]
    )
    assert (photo.kind, photo.extra["kinds"]) == ("file", "photo")
    assert (paper.kind, "kinds" in paper.extra) == ("file", False)
    assert (source.kind, source.extra["link_name"]) == ("hidden", "bron-2")


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        (row("text", "a", default="x"), "default (a)"),
        (row("text", "a", constraint="regex(., '[0-9]+')"), "constraint (a)"),
        (row("geopoint", "a", constraint_message="Nee"), "constraint_message (a)"),
        (
            row("text", "a", constraint="pulldata(.)", constraint_message="Nee"),
            "constraint_message (a)",
        ),
        (row("text", "a", required="${b} = 1"), "required (a)"),
        (row("text", "a", label="Dag ${b}"), "label (a)"),
        (row("text", "a", appearance="numbers"), "appearance (a)"),
        (row("text", "a", parameters="rows=3"), "parameters (a)"),
        (row("audio", "a"), "type (a)"),
        (row("range", "a", parameters="start=1 end=5 step=1"), "survey row 3 (a)"),
        (row("text", "a", label="x" * 300), "survey row 3 (a)"),
    ],
)
def test_what_is_not_carried_over_is_told_with_its_place(report, cells, where):
    said = report([row("integer", "b"), cells])

    assert "survey row 3" in said
    assert where in said


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([row("select_one nergens", "a")], "survey row 2"),
        ([row("integer", "b"), row("tekst", "a")], "survey row 3, type (a)"),
        ([row("integer", "b"), row("text", "a", label=None)], "survey row 3 (a)"),
        ([row("text", "a"), row("text", "a")], "survey row 3"),
        ([row("text", "een naam")], "survey row 2"),
        ([row("text", "a", label="Uw ${b}?")], "survey row 2"),
        ([row("begin group", "g"), row("text", "a")], "survey row 2"),
        ([row("text", "a"), {"type": "end group"}], "survey row 3"),
        ([row("integer", "a", parameters="start")], "survey row 2"),
        ([{"type": "text"}], "survey row 1, name"),
        ([row("text", "a", label="x" * 20_000)], "survey row 2, label"),
        ([row("text", f"v{number}") for number in range(1001)], "survey row 1002"),
    ],
)
def test_a_broken_form_is_refused_with_sheet_and_row(report, rows, where):
    assert f"formulier.xlsx: {where}" in report(rows, YES_NO)
