"""What is said to an editor before publishing: advice on words, refusals about links."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.admin_forms import condition, long_text, sequence, survey_form
from tests.surveys.helpers import says, text_of

pytestmark = pytest.mark.django_db


def test_hard_words_and_a_long_survey_are_told_and_not_refused(north, login, area_manager):
    manager = login(area_manager)
    hard = "Wij willen graag van u weten of u, als het kan en u dat zelf wilt, er ook nog bij komt."
    items = [
        make.question("long_text", f"lang-{number}", "Wat vindt u?", max_length=2000)
        for number in range(11)
    ]
    items[1]["value"]["label"] = f"{hard} Of niet?"
    items[2]["value"]["help_text"] = "Denk aan de arbeidsongeschiktheidsverzekering."
    items[3]["value"]["help_text"] = "Denk aan de arbeids-ongeschiktheids-verzekering."
    survey = make.SurveyPageFactory(parent=north, questions=[*items, kinds.statement()])
    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    words = text_of(manager.get(edit))
    for said in (
        "Invullen duurt ongeveer 12 minuten.",
        "Onderdeel 2: Een zin van 21 woorden: ‘Wij willen graag van u weten",
        "Onderdeel 3: Een lang woord: ‘arbeidsongeschiktheidsverzekering’.",
    ):
        assert said in words, said
    assert "Onderdeel 4" not in words
    short = make.SurveyPageFactory(parent=north, questions=items[:1])
    plain = text_of(manager.get(reverse("wagtailadmin_pages:edit", args=[short.pk])))
    assert "Geen lange zinnen of woorden, en niet te lang om in te vullen." in plain


def test_a_name_in_the_link_is_given_once_and_a_page_is_never_empty(north, login, area_manager):
    manager = login(area_manager)
    survey = make.SurveyPageFactory(parent=north)
    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])

    def passed_on(**value) -> dict:
        value = {
            "label": "Bron", "link_name": "bron", "options": sequence([]), "condition": condition(),
        } | value  # fmt: skip
        return {"type": "hidden", "value": value, "id": ""}

    page = {"type": "page", "value": {"label": "", "condition": condition()}, "id": ""}
    twice = sequence([{"value": "flyer"}, {"value": "Flyer "}])
    for items, sentence in (
        ([long_text(link_name="bron"), passed_on()], "De naam in de link ‘bron’ staat ook bij"),
        ([long_text(link_name="Mijn bron")], "Gebruik kleine letters, cijfers en streepjes"),
        ([long_text(), page, passed_on()], "Op deze pagina staat niets."),
        ([passed_on()], "Voeg ten minste één vraag toe."),
        ([long_text(), passed_on(options=twice)], "Er staat een waarde dubbel."),
    ):
        data = survey_form(items, intro=rich_text("<p>Denk mee.</p>"))
        response = manager.post(edit, data | {"action-publish": "1"})
        assert response.status_code == 200
        assert says(response, sentence), sentence
    good = [long_text(link_name="mening"), passed_on(), page, long_text(shuffle="on")]
    response = manager.post(edit, survey_form(good) | {"action-publish": "1"})
    assert response.status_code == 302
