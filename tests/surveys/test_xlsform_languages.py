"""Columns of an XLSForm in other languages become translations, and go out as such again."""

import pytest

from surveys.definition import to_json
from surveys.models import SurveyPage
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys import test_xlsform_roundtrip as roundtrip
from tests.surveys.xlsforms import cells, confirm, exported, imported, send_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(login, administrator):
    return login(administrator)


def everything() -> list[dict]:
    """Every question of the tests of export, each once, and a page with a title."""
    found = {
        item["id"]: item
        for name in ("types", "drawings", "hard words", "texts with links", "first")
        for item in roundtrip.SURVEYS[name]()
    }
    page = {"type": "page", "id": "blz-2", "value": {"label": "Over u"}}
    number = make.question("number", "getal", "Hoe ver?", unit="meter", **roundtrip.MESSAGES)
    found[kinds.MATRIX]["value"] |= {"required": True, "required_message": "Kies in elke rij."}
    return [*found.values(), page, number]


def test_translations_go_out_and_come_in_unchanged(manager, north):
    from surveys.languages.texts import texts_of

    survey = make.SurveyPageFactory(parent=north, questions=everything(), languages=["en", "ar"])
    texts = [text for text in texts_of(survey, survey.asked) if "/" in text.key]
    survey.translations = {
        "en": {
            text.key: [f"=English ${{x}} {number}", text.dutch] for number, text in enumerate(texts)
        },
        "ar": {f"{make.ONE}/label": ["سؤال", "Een oude tekst"]},
    }
    survey.save_revision().publish()

    content = exported(manager, survey)
    rows = cells(content)
    first = next(row for row in rows if row.get("gebiedsplein_id") == make.ONE)
    assert first["label::English (en)"].startswith("'=English")
    assert first["label::العربية (ar)"] == "سؤال"
    again = confirm(manager, north, send_in(manager, north, content))
    again = SurveyPage.objects.get(pk=again.pk)
    assert again.languages == ["en", "ar"]
    assert to_json(again.asked, again.languages) == to_json(survey.asked, survey.languages)
    assert again.translations == {
        code: {key: pair for key, pair in stored.items() if "/" in key}
        for code, stored in survey.translations.items()
    }


def test_a_form_of_others_in_three_languages(tmp_path, north):
    survey = imported(
        tmp_path,
        north,
        [
            {"type": "select_one ja_nee", "name": "a", "label::English (en)": "Do you like it?",
             "label::Nederlands (nl)": "Vindt u het mooi?", "label::Türkçe (tr)": "Beğendiniz mi?",
             "label::Klingon": "nuqneH", "hint::English (en)": "One\nanswer."},
        ],
        [
            {"list_name": "ja_nee", "name": "ja", "label::Nederlands (nl)": "Ja",
             "label::English (en)": "Yes"},
            {"list_name": "ja_nee", "name": "nee", "label::Nederlands (nl)": "Nee",
             "label::English (en)": "No"},
        ],
    )  # fmt: skip
    (question,) = survey.asked
    assert question.label == "Vindt u het mooi?"
    assert survey.languages == ["en", "tr"]
    assert question.translations["tr"] == {"label": "Beğendiniz mi?"}
    yes, no = question.options
    assert question.translations["en"]["label"] == "Do you like it?"
    assert question.translations["en"][f"option/{yes.id}"] == "Yes"
    assert question.translations["en"][f"option/{no.id}"] == "No"
