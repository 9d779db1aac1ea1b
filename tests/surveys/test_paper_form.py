"""A survey as a form on paper."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests.factories import survey_shapes as drawn
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db
FILES, PASSED_ON = (f"00000000-0000-4000-8000-0000000007{number:02}" for number in range(2))


def paper(survey) -> str:
    return reverse("survey_paper", args=[survey.pk])


def read(response) -> tuple[PdfReader, str]:
    """The PDF in a response, and its words on one line."""
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def on(question_id: str, value: str, operator: str = "equals", match: str = "all") -> dict:
    rule = {"question": question_id, "operator": operator, "value": value}
    return {"rules": [{"type": "item", "id": f"r-{value}", "value": rule}], "match": match}


def page(label: str = "", **value) -> dict:
    return {"type": "page", "id": f"p-{label}", "value": {"label": label} | value}


def test_every_type_can_be_answered_with_a_pen(client, north, django_assert_max_num_queries):
    north.manager_name, north.manager_phone = "Gebiedsmanager Noord", "0900-1852"
    north.save_revision().publish()
    survey = make.SurveyPageFactory(
        parent=north,
        paper_return="Bus bij <b>het dorpshuis</b>",
        questions=[
            *make.all_questions(),
            *kinds.every_type(),
            kinds.files() | {"id": FILES},
            kinds.hidden("flyer") | {"id": PASSED_ON},
            *drawn.all_drawings(),
        ],
    )
    client.get(paper(survey))  # the first one makes the pictures
    with django_assert_max_num_queries(16):
        response = client.get(paper(survey))
    reader, text = read(response)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert reader.metadata.title == f"Formulier: {survey.title}"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    number = f"Formulier {survey.pk}-1"
    assert all(number in one.extract_text() for one in reader.pages)
    for words in (
        survey.title,
        "Bus bij <b>het dorpshuis</b>",
        f"{survey.pk}-1",
        "De omgevingsmanager leest alle antwoorden.",
        "0900-1852",
        "1. Hoe gaat u meestal naar het centrum? Zet één kruisje. a Met de fiets b Lopend",
        "2. Wat mist u op de speelplek? U mag ten hoogste 2 antwoorden kiezen.",
        "1 = heel onveilig 5 = heel veilig",
        "4. Waar moet het veiliger? Zet één kruis op de kaart.",
        "Waar is het? Schrijf een straat, een gebouw of een dorp op:",
        "In welke straat woont u?",
        "Wat vaststaat Er is geld voor drie toestellen.",
        "7. Hoe ver loopt u? Een getal van 1 tot en met 30.",
        "meter",
        "8. Wanneer was u er? Van 1 januari 2026 tot en met 31 december 2026.",
        "(dag-maand-jaar)",
        "Anders, namelijk",
        "Kies 2 antwoorden.",
        "Geen van deze",
        "Zet op elke regel één kruisje.",
        "Onderwerp slecht matig goed Veilig Schoon",
        "Schrijf in elk vakje een cijfer van 1 tot en met 3.",
        "0 = zeker niet 10 = zeker wel",
        "Schommel",
        "Uw postcode of uw dorp of wijk.",
        "Zonder kruisje mogen wij uw formulier niet gebruiken. Ja, ik ben akkoord",
        "Dit kan niet op papier.",
        "1 Speelveldje Dorpsstraat 2 De brug",
        "Zet een kruisje bij de genummerde plekken",
        "Teken een lijn op de kaart, hoogstens 3 keer.",
        "Apart blad: uw e-mailadres",
        "E. Wilt u de uitkomst in uw mail? Schrijf duidelijk, in blokletters.",
    ):
        assert words in text, words
    assert "Hoe u bij ons kwam" not in text  # what a link passes on
    assert "E. Wilt u de uitkomst" in reader.pages[-1].extract_text()
    # Three pictures to choose from, one with a text, in the tags with their names.
    assert sum(len(one.images) for one in reader.pages) >= 4

    again = client.get(paper(survey), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    large, _words = read(client.get(f"{paper(survey)}?groot=1"))
    assert len(large.pages) > len(reader.pages)


def test_conditions_in_words(client, north):
    questions = [
        kinds.hidden("flyer"),
        kinds.with_other(),
        make.question("short_text", make.SHORT, "Welke bus?", max_length=40)
        | {
            "value": {
                "label": "Welke bus?",
                "max_length": 40,
                "condition": on(kinds.OTHER, "o-bus"),
            }
        },
        kinds.number(condition=on(make.SHORT, "", "filled")),
        make.question(
            "long_text",
            make.LONG,
            "Wat stond er op de flyer?",
            max_length=200,
            condition=on(kinds.PASSED_ON, "flyer"),
        ),
        page("Te laat", condition=on(kinds.NUMBER, "5", "more")),
        kinds.date(),
        page("Tot slot"),
        kinds.nps(),
    ]
    survey = make.SurveyPageFactory(parent=north, questions=questions)
    _reader, text = read(client.get(paper(survey)))
    assert "Antwoordde u ‘Met de fiets’ of ‘Anders, namelijk’? Ga dan door met vraag 3." in text
    assert "2. Welke bus? Alleen invullen als u bij vraag 1 ‘Met de bus’ koos." in text
    assert "3. Hoe ver loopt u? Alleen invullen als u vraag 2 beantwoordde." in text
    assert (
        "Te laat Dit deel alleen invullen als u bij vraag 3 meer dan 5 invulde. Anders gaat u door "
        "met vraag 5." in text
    )
    assert "4. Wanneer was u er?" in text
    assert "5. Raadt u deze plek aan?" in text
    assert "Wat stond er op de flyer?" not in text  # no link on paper, so nobody comes there


def test_who_may_have_it(client, login, area_manager, make_user, north, west):
    survey = make.SurveyPageFactory(parent=north)
    offer = "Liever op papier?"
    assert offer in text_of(client.get(survey.url))
    manager = login(area_manager)
    staff = reverse("surveys_paper_pdf", args=[survey.pk])
    start = reverse("surveys_paper", args=[survey.pk])
    assert (
        start in manager.get(reverse("wagtailadmin_pages:edit", args=[survey.pk])).content.decode()
    )

    # A draft is for its editors: with what it will ask, and without a number.
    unfinished = on("weg", "") | {"match": "any"}
    survey.questions = [
        make.question("short_text", make.SHORT, "Nieuwe vraag?", max_length=40),
        make.question("long_text", make.LONG, "Af?", max_length=200, condition=unfinished),
    ]
    survey.save_revision()
    assert "Nieuwe vraag?" not in read(client.get(paper(survey)))[1]
    assert "Nieuwe vraag?" not in read(manager.get(staff))[1]
    _reader, text = read(manager.get(f"{staff}?concept=1"))
    assert "Nieuwe vraag?" in text
    assert "Concept: niet uitdelen" in text
    other = make.SurveyPageFactory(parent=west)
    for client_, number in ((manager, other.pk), (manager, 999_999)):
        address = reverse("surveys_paper_pdf", args=[number])
        assert client_.get(address).status_code == 404
    assert client.get(staff).status_code == 302

    # Not open, not offered or not public: to the page, which says why.
    survey.refresh_from_db()
    for change in (
        {"closes_at": timezone.now() - timedelta(hours=1)},
        {"closes_at": survey.closes_at, "paper_offered": False},
        {"paper_offered": True, "opens_at": timezone.now() + timedelta(hours=1)},
    ):
        for name, value in change.items():
            setattr(survey, name, value)
        survey.save()
        assert client.get(paper(survey)).url == survey.url
        assert offer not in text_of(client.get(survey.url))
    survey.unpublish()
    assert client.get(paper(survey)).status_code == 404
    assert manager.get(staff).status_code == 200


def test_sixty_questions_and_no_more_queries(client, north):
    def queries(count: int) -> int:
        survey = make.SurveyPageFactory(
            parent=north,
            questions=[
                *make.many_choices(count),
                make.question("point", make.POINT, "Waar?"),
            ],
        )
        client.get(survey.url)
        with CaptureQueriesContext(connection) as found:
            _reader, text = read(client.get(paper(survey)))
        assert f"{count}. Vindt u plan {count - 1} goed?" in text
        return len(found)

    assert queries(59) <= queries(2)
