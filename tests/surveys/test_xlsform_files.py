"""Forms that others made: most become a survey, the broken are refused by sheet and row."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from surveys.models import SurveyPage
from tests.conftest import SHARED
from tests.surveys.helpers import text_of
from tests.surveys.xlsforms import run, send_in

pytestmark = pytest.mark.django_db

#: Where and on what each form that cannot be a survey is refused: sheet, row, column, name.
REFUSED = {
    # There is no question in it, only a calculation or a hidden value.
    "bug_example_xls--bad_calc.xlsx": "survey row 2, type (badcalc)",
    "example_xls--bad_calc.xlsx": "survey row 2, type (badcalc)",
    "example_xls--default_time_demo.xls": "survey row 2, type (start_time)",
    "example_xls--hidden.xls": "survey row 2, type (hidden_test)",
    "example_xls--pull_data.xlsx": "survey row 2, type (fruit)",
    # It is broken.
    "bug_example_xls--duplicate_columns.xlsx": "survey row 1, label",
    "example_xls--unknown_question_type.xls": "survey row 1, relevance",
    "example_xls--include.xlsx": "survey row 3, type (yes_or_no_question)",
    "example_xls--include_json.xlsx": "survey row 2, type (how_old_are_you)",
}
FOLDER = SHARED / "xlsforms"
FORMS = sorted(path.name for path in FOLDER.glob("*.xls*")) or ["none"]


@pytest.fixture
def forms(shared) -> Path:
    """The folder with forms of others; skips where it is absent."""
    folder = shared / "xlsforms"
    if not folder.is_dir():
        pytest.skip("no xlsforms beside the project: the forms of others are not in this clone")
    return folder


def test_most_forms_of_others_become_a_survey(forms):
    assert set(REFUSED) < set(FORMS)
    assert len(FORMS) - len(REFUSED) == 20


@pytest.mark.parametrize("name", FORMS)
def test_each_form_becomes_a_draft_or_is_refused_by_sheet_and_row(forms, north, name):
    before = SurveyPage.objects.count()

    if name in REFUSED:
        with pytest.raises(CommandError) as refusal:
            run(forms / name, "--parent", str(north.pk))
        assert str(refusal.value).startswith(f"{name}: {REFUSED[name]}: ")
        assert SurveyPage.objects.count() == before
        return
    said = run(forms / name, "--parent", str(north.pk))

    survey = SurveyPage.objects.child_of(north).get()
    assert f"page {survey.pk}" in said
    assert not survey.live
    assert any(question.type.asks for question in survey.asked)


@pytest.mark.parametrize("name", FORMS)
def test_each_form_can_be_sent_in(forms, north, area_manager, login, name):
    page = send_in(login(area_manager), north, (forms / name).read_bytes(), name)

    if name in REFUSED:
        assert page.status_code == 422
        sheet, row = REFUSED[name].split(",")[0].split(" row ")
        assert f"Blad {sheet} Rij {row}" in text_of(page)
    else:
        assert page.status_code == 200
        assert "Er is nog niets gemaakt" in text_of(page)
    assert not SurveyPage.objects.exists()


def test_a_dry_run_reports_and_writes_nothing(forms, home):
    said = run(forms / "example_xls--xlsform_spec_test.xlsx", "--dry-run")

    assert "survey row 7, relevant (email_note)" in said
    assert "survey row 32, type (time_test)" in said
    assert "columns:" in said  # a sheet that is not used
    assert "Nothing written" in said
    assert not SurveyPage.objects.exists()


def test_the_same_form_gives_the_same_ids(forms, north, west):
    path = forms / "example_xls--xlsform_spec_test.xlsx"
    run(path, "--parent", str(north.pk))
    run(path, "--parent", str(west.pk))

    first, second = (SurveyPage.objects.child_of(area).get() for area in (north, west))
    assert first.asked == second.asked
    assert len({question.id for question in first.asked}) == len(first.asked)
