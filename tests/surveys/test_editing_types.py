"""Making every type of question in the admin, and what is refused before publishing."""

from datetime import timedelta

import pytest
import wagtail_factories
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from surveys.models import SurveyPage
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.admin_forms import choice, condition, long_text, sequence, survey_form
from tests.surveys.helpers import says, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def create(client, parent, questions):
    address = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", parent.pk])
    return client.post(address, survey_form(questions) | {"action-publish": "1"})


def item(kind: str, label: str, *, item_id: str = "", **value) -> dict:
    common = {"label": label, "help_text": "", "condition": condition()}
    return {"type": kind, "id": item_id, "value": common | value}


def listed(*labels: str) -> dict:
    return sequence([{"value": label} for label in labels])


def several(**value) -> dict:
    options = {"options": listed("Bomen", "Water"), "other": "", "none": ""}
    return item("several_choices", "Wat mist u?", **options | value)


def picture(label: str, image=None) -> dict:
    return {"value": {"image": str(image.pk) if image else "", "label": label}}


def rule(question: str, operator: str = "equals", value: str = "") -> dict:
    return {"question": question, "operator": operator, "value": value}


def number(**value) -> dict:
    limits = {"low": "", "high": "", "decimals": "0", "unit": ""} | value
    return item("number", "Hoe ver?", item_id=kinds.NUMBER, **limits)


def bike(**value) -> dict:
    return choice(["Fiets", "Bus"], question_id=make.ONE, option_ids=[make.BIKE, make.BUS], **value)


def after(*rules: dict, match: str = "all", **value) -> dict:
    return long_text("Waarom?", condition=condition(*rules, match=match), **value)


def test_a_manager_makes_a_survey_of_every_type(manager, client, north):
    images = [wagtail_factories.ImageFactory(title=name) for name in ("Schommel", "Net")]
    questions = [
        item("statement", "Vooraf", text=rich_text("<p>Er is geld.</p>"), image="", alt=""),
        bike(other="Anders, namelijk"),
        several(none="Geen van deze", min_choices="1", max_choices="2"),
        number(low="1", high="30", unit="meter"),
        item("page", "Tweede blad"),
        item("section", "Over de plek"),
        item("date", "Wanneer?", low="2026-01-01", high=""),
        item(
            "image_choice", "Welk toestel?", max_choices="1",
            options=sequence([picture("Schommel", images[0]), picture("Net", images[1])]),
        ),
        item("matrix", "Hoe is het?", rows=listed("Veilig", "Schoon"), options=listed("-", "+")),
        item("ranking", "Wat eerst?", options=listed("Bomen", "Water")),
        item("nps", "Aanbevelen?", low_label="nee", high_label="ja"),
        item("postcode", "Waar?"),
        item("email", "Uw adres voor de uitkomst?", purpose="uitkomst"),
        item("consent", "Ik ben 16 jaar of ouder."),
        after(rule(make.ONE, "equals", make.BIKE)),
    ]  # fmt: skip
    response = create(manager, north, questions)
    assert response.status_code == 302
    survey = SurveyPage.objects.get(slug="haven")
    page = client.get(survey.url)
    assert "12 vragen" in text_of(page)
    assert "Pagina 1 van 2" in text_of(page)
    assert "Er is geld." in text_of(page)


PICTURES = "Geef ten minste twee foto's met een naam."


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (several(min_choices="3"), "Zoveel antwoorden kan niemand kiezen."),
        (several(max_choices="1", min_choices="2"), "Zoveel antwoorden kan niemand kiezen."),
        (several(none="bomen"), "Het antwoord ‘Bomen’ staat er twee keer."),
        (several(other="Water"), "Het antwoord ‘Water’ staat er twee keer."),
        (number(low="5", high="2"), "Dit is lager dan het laagste getal."),
        (number(low="0.5"), "Dit getal heeft meer cijfers achter de komma"),
        (
            item("date", "Wanneer?", low="2026-05-01", high="2026-04-01"),
            "Deze dag is eerder dan de eerste.",
        ),
        (
            item("image_choice", "Welk?", max_choices="", options=sequence([])),
            PICTURES,
        ),
        (
            item("matrix", "Hoe?", rows=listed("Veilig"), options=listed("goed")),
            "Geef ten minste twee antwoorden.",
        ),
        (
            item("matrix", "Hoe?", rows=listed("Veilig", "veilig"), options=listed("a", "b")),
            "Het antwoord ‘Veilig’ staat er twee keer.",
        ),
        (
            item("ranking", "Wat eerst?", options=listed("Bomen")),
            "Geef ten minste twee antwoorden.",
        ),
    ],
)
def test_a_mistake_in_a_question_gets_a_dutch_message(manager, north, question, message):
    response = create(manager, north, [question])
    assert response.status_code == 200
    assert says(response, message)
    assert not SurveyPage.objects.exists()


EARLIER = "Kies een vraag die eerder komt."


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        (
            [after(rule(make.ONE, "equals", make.BIKE)), bike()],
            "Een regel gaat over ‘Hoe gaat u?’ (onderdeel 2), en die komt pas later. " + EARLIER,
        ),
        (
            [
                after(rule(make.ONE, "equals", make.BIKE)),
                item("page", "Twee"),
                bike(),
            ],
            "(onderdeel 3), en die komt pas later.",
        ),
        (
            [bike(), after(rule("weg", "filled"))],
            "Een regel gaat over een vraag die er niet meer is. Kies een andere vraag.",
        ),
        (
            [bike(), after(rule(make.ONE, "equals", make.WALK))],
            "Een regel gaat over een antwoord bij ‘Hoe gaat u?’ dat er niet meer is.",
        ),
        ([bike(condition=condition(rule(make.ONE, "filled")))], "Een regel gaat over deze vraag"),
        ([bike(), after(rule(make.ONE, "more", "3"))], "Deze vergelijking past niet bij"),
        ([bike(), after(rule(make.ONE))], "Kies bij ‘Hoe gaat u?’ ook een antwoord"),
        ([number(), after(rule(kinds.NUMBER, "more", "veel"))], "Vul bij ‘Hoe ver?’ een getal in"),
        (
            [item("email", "Uw adres?", item_id=kinds.EMAIL, purpose="uitkomst"), bike(),
             after(rule(kinds.EMAIL, "filled"))],
            "‘Uw adres?’ kan niet bepalen wat er in beeld komt.",
        ),
        (
            [bike(), after(*(rule(make.ONE, "equals", key) for key in (make.BIKE, make.BUS)))],
            "Dit komt nooit in beeld",
        ),
        (
            [number(low="1", high="10"), after(rule(kinds.NUMBER, "more", "10"))],
            "Dit komt nooit in beeld",
        ),
        (
            [number(), after(rule(kinds.NUMBER, "more", "5"), rule(kinds.NUMBER, "less", "5"))],
            "Dit komt nooit in beeld",
        ),
        (
            [bike(required="on"), after(rule(make.ONE, "empty"))],
            "Dit komt nooit in beeld",
        ),
        (
            # The story needs the number, which shows for the bus only.
            [
                bike(),
                number(condition=condition(rule(make.ONE, "equals", make.BUS))),
                after(rule(kinds.NUMBER, "more", "5"), rule(make.ONE, "equals", make.BIKE)),
            ],
            "Dit komt nooit in beeld",
        ),
        ([bike(), item("page", "Leeg")], "Op deze pagina staat niets."),
    ],
)  # fmt: skip
def test_a_way_that_leads_nowhere_is_refused_beside_its_item(manager, north, questions, message):
    response = create(manager, north, questions)
    assert response.status_code == 200
    assert says(response, message)
    assert not SurveyPage.objects.exists()


@pytest.mark.parametrize(
    "questions",
    [
        [number(low="1", high="10"), after(rule(kinds.NUMBER, "more", "9"))],
        [
            bike(),
            after(
                rule(make.ONE, "equals", make.BIKE), rule(make.ONE, "equals", make.BUS), match="any"
            ),
        ],
        [bike(), after(rule(make.ONE, "differs", make.BIKE), rule(make.ONE, "filled"))],
    ],
)
def test_a_condition_that_can_hold_is_published(manager, north, questions):
    assert create(manager, north, questions).status_code == 302


def test_a_draft_may_have_conditions_that_do_not_work_yet(manager, north):
    address = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
    form = survey_form([bike(), after(rule("weg", "filled"))])
    assert manager.post(address, form).status_code == 302
    assert not SurveyPage.objects.get().live


def test_an_option_taken_away_is_found_in_the_conditions(manager, north):
    survey = make.SurveyPageFactory(parent=north)
    changed = [
        choice(["Fiets", "Te voet"], question_id=make.ONE, option_ids=[make.BIKE, make.WALK]),
        after(rule(make.ONE, "equals", make.BUS)),
    ]
    address = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    form = survey_form(changed, slug=survey.slug)
    response = manager.post(address, form | {"action-publish": "1"})
    assert says(response, "dat er niet meer is. Kies een ander antwoord.")
    assert survey.versions.count() == 1
    assert survey.closes_at - survey.opens_at > timedelta(days=1)
