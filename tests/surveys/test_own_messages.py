"""Messages in the editor's own words: made in the admin, read at the error, frozen, translated."""

import re

import pytest
from django.urls import reverse

from surveys.models import SurveyPage
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.admin_forms import condition, long_text, survey_form
from tests.surveys.helpers import field, form_on, send, text_of

pytestmark = pytest.mark.django_db

MISSING, WRONG = "Zonder aantal weten wij te weinig.", "Vul een aantal in van 0 tot en met 12."


def errors(response) -> dict[str, str]:
    """What stands at each field, by the name of the field, as HTML."""
    html = response.content.decode()
    found = re.findall(r'<ul class="gp-field__errors" id="id_(.+?)_error">(.+?)</ul>', html, re.S)
    return {name: re.search(r"Fout:|Error:", one) and one for name, one in found}


def test_an_editor_writes_messages_and_a_resident_reads_them(login, area_manager, client, north):
    manager = login(area_manager)
    number = {
        "type": "number",
        "value": {
            **{"label": "Hoeveel kinderen?", "help_text": "", "required": "on", "low": "0"},
            **{"high": "12", "decimals": "0", "unit": "", "condition": condition()},
            "required_message": MISSING,
            "wrong_message": WRONG,
        },
        "id": "",
    }
    address = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
    screen = manager.get(f"{address}?leeg=1").content.decode()
    assert "melding als het antwoord niet klopt" in screen
    sent = survey_form([number, long_text(required="on")]) | {"action-publish": "1"}
    assert manager.post(address, sent).status_code == 302
    survey = SurveyPage.objects.get(slug="haven")
    asked, words = survey.asked
    given = form_on(client.get(survey.url)).fields

    empty = send(client, survey, given)
    assert empty.status_code == 422
    at = errors(empty)
    assert MISSING in at[field(asked.id)]
    assert "Beantwoord deze vraag." in at[field(words.id)]
    assert f"Hoeveel kinderen? – {MISSING}" in text_of(empty)  # in the summary
    for typed in ("13", "-1", "twee", "1,5", "9" * 30):
        wrong = send(client, survey, given | {field(asked.id): typed, field(words.id): "Ja"})
        assert WRONG in errors(wrong)[field(asked.id)], typed
        assert f'value="{typed}"' in wrong.content.decode()

    # Who was busy reads the messages of their own version.
    survey.questions[0].value["wrong_message"] = "Een heel ander woord."
    survey.save_revision().publish()
    busy = send(client, survey, given | {field(asked.id): "13", field(words.id): "Ja"})
    assert WRONG in errors(busy)[field(asked.id)]
    fresh = form_on(client.get(survey.url)).fields
    later = send(client, survey, fresh | {field(asked.id): "13", field(words.id): "Ja"})
    assert "Een heel ander woord." in errors(later)[field(asked.id)]


def test_every_rule_has_the_message_of_its_question_and_other_errors_keep_ours(client, north):
    own = "Kijk dit <b>even</b> na."
    asked = [
        item | {"value": item["value"] | {"wrong_message": own, "required_message": "Moet."}}
        for item in (
            make.question("short_text", "kort", "Kort?", max_length=10),
            kinds.date(),
            kinds.several(),
            kinds.postcode(),
            kinds.email(),
            kinds.consent(),
            kinds.with_other(),
        )
    ]
    survey = make.SurveyPageFactory(parent=north, questions=asked)
    given = form_on(client.get(survey.url)).fields
    most = next(one for one in survey.asked if one.kind == "several_choices")
    refused = errors(
        send(
            client,
            survey,
            given
            | {
                field("kort"): "veel te lang is dit",
                field(kinds.DATE): "2027-01-01",
                field(kinds.MOST): [most.options[0].id],
                field(kinds.POSTCODE): "Nergenshuizen",
                field(kinds.EMAIL): "geen adres",
                field(kinds.OTHER): "other",
            },
        )
    )
    for name in ("kort", kinds.DATE, kinds.MOST, kinds.POSTCODE, kinds.EMAIL):
        assert "Kijk dit &lt;b&gt;even&lt;/b&gt; na." in refused[field(name)], name
    assert "Moet." in refused[field(kinds.CONSENT)]
    assert "Schrijf in het vak bij" in refused[field(kinds.OTHER)]
    both = send(client, survey, given | {field(kinds.MOST): [most.options[0].id, "none"]})
    assert "past niet bij een ander antwoord" in errors(both)[field(kinds.MOST)]


def test_messages_are_translated_and_fall_back_visibly(client, north):
    asked = make.question(
        "number", "getal", "Hoe ver?", required=True, high="9", required_message=MISSING,
        wrong_message=WRONG,
    )  # fmt: skip
    survey = make.SurveyPageFactory(parent=north, questions=[asked], languages=["en"])
    survey.translations = {"en": {"getal/required_message": ["Please tell us how far.", MISSING]}}
    survey.save_revision().publish()
    given = form_on(client.get(f"{survey.url}?taal=en")).fields

    (missing,) = errors(send(client, survey, given)).values()
    assert "Please tell us how far." in missing
    (wrong,) = errors(send(client, survey, given | {"v-getal": "10"})).values()
    assert f'<span lang="nl" dir="ltr">{WRONG}</span>' in wrong
