"""Every type of question: what it takes, what it refuses and how, what it stores and shows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model

from surveys.models import Answer, ContactAddress, Response
from tests.factories import pages
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, send, text_of
from tests.surveys.test_results import csv_rows, results_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def ask(north):
    """A survey of the given questions, and the choice of a bike before them."""

    def make_one(*questions):
        pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
        return make.SurveyPageFactory(parent=north, questions=list(questions))

    return make_one


def rows(question_id: str) -> list[tuple]:
    """(option, text, number) of each stored answer to a question."""
    found = Answer.objects.filter(question_id=question_id).order_by("option_id")
    return list(found.values_list("option_id", "text", "number"))


def everything() -> dict:
    """A valid answer to each of `kinds.every_type`."""
    return {
        field(kinds.NUMBER): "12,5",
        field(kinds.DATE): "2026-05-04",
        field(kinds.OTHER): "other",
        field(kinds.OTHER, "other"): "met de step",
        field(kinds.MOST): [kinds.TREES, kinds.WATER],
        field(kinds.MATRIX, kinds.SAFE): kinds.GOOD,
        field(kinds.MATRIX, kinds.CLEAN): kinds.BAD,
        field(kinds.RANKING, kinds.TREES): "2",
        field(kinds.RANKING, kinds.WATER): "1",
        field(kinds.RANKING, kinds.PATHS): "3",
        field(kinds.NPS): "0",
        field(kinds.PICTURES): [kinds.SWING, kinds.NET],
        field(kinds.POSTCODE): "1171 ab",
        field(kinds.EMAIL): "Bewoner@example.nl",
        field(kinds.CONSENT): "on",
    }


def test_every_type_is_stored(client, ask):
    survey = ask(*kinds.every_type())
    assert send(client, survey, everything()).status_code == 302
    assert rows(kinds.NUMBER) == [("", "", Decimal("12.5"))]
    assert rows(kinds.DATE) == [("", "2026-05-04", None)]
    assert rows(kinds.OTHER) == [("other", "met de step", None)]
    assert {row[0] for row in rows(kinds.MOST)} == {kinds.TREES, kinds.WATER}
    assert rows(kinds.SAFE) == [(kinds.GOOD, "", None)]
    assert rows(kinds.CLEAN) == [(kinds.BAD, "", None)]
    assert {row[0]: row[2] for row in rows(kinds.RANKING)} == {
        kinds.TREES: 2, kinds.WATER: 1, kinds.PATHS: 3,
    }  # fmt: skip
    assert rows(kinds.NPS) == [("", "", 0)]
    assert {row[0] for row in rows(kinds.PICTURES)} == {kinds.SWING, kinds.NET}
    assert rows(kinds.POSTCODE) == [("", "1171", None)]
    assert rows(kinds.CONSENT) == [("", "", 1)]
    assert rows(kinds.EMAIL) == []


def test_the_page_shows_every_type_without_more_queries_for_more_pictures(
    client, ask, django_assert_max_num_queries
):
    survey = ask(*kinds.every_type())
    words = text_of(client.get(survey.url))
    for said in (
        "11 vragen", "Er is geld voor drie toestellen.", "Wat vaststaat",
        "Een getal van 1 tot en met 30. Vul het aantal in: meter.",
        "Van 1 januari 2026 tot en met 31 december 2026.",
        "Uw eigen antwoord bij ‘Anders, namelijk’", "Kies 2 antwoorden.", "Geen van deze",
        "Kies in elke groep één antwoord.", "Plaats 1 is het belangrijkst",
        "0 is zeker niet, 10 is zeker wel.", "Schommel", "Wij bewaren uw adres apart.",
        "Ik ben 16 jaar of ouder.", "alleen de vier cijfers",
    ):  # fmt: skip
        assert said in words, said
    html = client.get(survey.url).content.decode()
    assert 'alt="Een lege speelplek"' in html
    with django_assert_max_num_queries(18) as few:
        client.get(survey.url)
    count = len(few)  # the next request empties the log
    more = kinds.pictures()
    more["id"] = "nog-een"
    survey.questions = [*kinds.every_type(), more]
    survey.save()
    client.get(survey.url)  # makes the renditions
    with django_assert_max_num_queries(count):
        client.get(survey.url)


def test_a_picture_that_was_thrown_away_leaves_its_name(client, ask):
    survey = ask(kinds.pictures())
    get_image_model().objects.all().delete()
    assert "Schommel" in text_of(client.get(survey.url))
    assert send(client, survey, {field(kinds.PICTURES): kinds.SWING}).status_code == 302


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("question", "given", "message"),
    [
        (kinds.number, {"": "veel"}, "Dit is geen getal. Gebruik alleen cijfers en een komma"),
        (kinds.number, {"": "0,5"}, "Dit is te laag. Vul ten minste 1 in."),
        (kinds.number, {"": "31"}, "Dit is te hoog. Vul ten hoogste 30 in."),
        (kinds.number, {"": "1,25"}, "Gebruik ten hoogste 1 cijfer achter de komma."),
        (kinds.number, {"": "1.500"}, "Schrijf dit getal zonder punt"),
        (kinds.number, {"": "9" * 50}, "Dit is geen getal."),
        (kinds.number, {"": "9" * 30}, "Dit getal is te groot."),
        (kinds.number, {"": "2," + "1" * 30}, "Gebruik ten hoogste 1 cijfer"),
        (kinds.number, {"": "1\x00"}, "Dit is geen getal."),
        (kinds.number, {"": "٣"}, "Dit is geen getal."),
        (kinds.number, {"": "nan"}, "Dit is geen getal."),
        (kinds.date, {"": "morgen"}, "Dit is geen dag die wij kunnen lezen."),
        (kinds.date, {"": "2026-02-30"}, "Dit is geen dag die wij kunnen lezen."),
        (kinds.date, {"": "2025-12-31"}, "Deze dag is te vroeg. Kies een dag vanaf 1 januari 2026"),
        (kinds.date, {"": "1-1-2027"}, "Deze dag is te laat."),
        (
            kinds.with_other,
            {"": "other"},
            "Schrijf in het vak bij ‘Anders, namelijk’ wat u bedoelt",
        ),
        (kinds.with_other, {"": make.BIKE, "other": "step"}, "Kies één van beide."),
        (kinds.with_other, {"": "other", "other": "x" * 201}, "Uw eigen antwoord is te lang."),
        (kinds.with_other, {"": "other", "other": "a\x00"}, "Er staat een teken in"),
        (kinds.with_other, {"": "o-raket"}, "Dit antwoord hoort niet bij deze vraag."),
        (kinds.several, {"": [kinds.TREES]}, "U koos 1 antwoord. Kies er ten minste 2."),
        (kinds.several, {"": [kinds.TREES, kinds.WATER, kinds.PATHS]}, "Kies er ten hoogste 2."),
        (kinds.several, {"": [kinds.TREES, "none"]}, "‘Geen van deze’ past niet bij een ander"),
        (kinds.matrix, {kinds.SAFE: "k-prima"}, "Dit antwoord hoort niet bij deze vraag."),
        (kinds.ranking, {kinds.TREES: "1"}, "Kies ook een plaats voor: Water, Paden."),
        (
            kinds.ranking,
            {kinds.TREES: "1", kinds.WATER: "1", kinds.PATHS: "2"},
            "Twee antwoorden staan op dezelfde plaats.",
        ),
        (kinds.ranking, {kinds.TREES: "0"}, "Kies bij elk antwoord een plaats van 1 tot en met 3."),
        (kinds.nps, {"": "11"}, "Dit antwoord hoort niet bij deze vraag."),
        (kinds.postcode, {"": "0123"}, "Dit is geen postcode en geen dorp of wijk"),
        (kinds.postcode, {"": "Atlantis"}, "Dit is geen postcode en geen dorp of wijk"),
        (kinds.email, {"": "geen adres"}, "Dit is geen e-mailadres."),
        (kinds.consent, {"": ""}, "Zet hier een vinkje als u akkoord bent."),
    ],
)
def test_a_wrong_answer_is_refused_in_plain_dutch_and_stays(client, ask, question, given, message):
    asked = question()
    survey = ask(asked, make.question("short_text", make.SHORT, "Straat?", max_length=40))
    answers = {field(asked["id"], part): value for part, value in given.items()}
    response = send(client, survey, answers | {field(make.SHORT): "Dorpsstraat"})
    assert response.status_code == 422
    assert message in text_of(response)
    assert Response.objects.count() == ContactAddress.objects.count() == 0
    again = form_on(response).fields
    assert again[field(make.SHORT)] == ["Dorpsstraat"]
    if asked["type"] in ("number", "email", "postcode", "date"):
        assert again[field(asked["id"])] == [given[""]]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("question", "message"),
    [
        (kinds.matrix, "Beantwoord deze vraag."),
        (kinds.ranking, "Beantwoord deze vraag."),
        (kinds.number, "Beantwoord deze vraag."),
        (kinds.pictures, "Beantwoord deze vraag."),
        (kinds.with_other, "Beantwoord deze vraag."),
    ],
)
def test_a_required_question_asks_for_an_answer(client, ask, question, message):
    survey = ask(question(required=True))
    response = send(client, survey, {})
    assert response.status_code == 422
    assert message in text_of(response)


def test_a_required_matrix_names_the_rows_that_miss(client, ask):
    survey = ask(kinds.matrix(required=True))
    response = send(client, survey, {field(kinds.MATRIX, kinds.SAFE): kinds.GOOD})
    assert "Kies ook een antwoord bij: Schoon." in text_of(response)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("7", "7"), ("7,5", "7.5"), ("7.5", "7.5"), (" 1 2 ", "12"), ("1.234,5", "1234.5")],
)
def test_numbers_as_people_write_them(client, ask, typed, stored):
    survey = ask(kinds.number(low=None, high=None))
    assert send(client, survey, {field(kinds.NUMBER): typed}).status_code == 302
    assert rows(kinds.NUMBER)[0][2] == Decimal(stored)


def test_a_day_as_people_write_it(client, ask):
    survey = ask(kinds.date())
    assert send(client, survey, {field(kinds.DATE): "4-5-2026"}).status_code == 302
    assert rows(kinds.DATE) == [("", "2026-05-04", None)]


def test_own_words_count_as_the_choice_that_goes_with_them(client, ask):
    survey = ask(kinds.with_other(shown_as="list"))
    assert 'value="other" lang="nl"' in client.get(survey.url).content.decode()
    assert send(client, survey, {field(kinds.OTHER, "other"): "step"}).status_code == 302
    assert rows(kinds.OTHER) == [("other", "step", None)]


def test_none_of_these_stands_alone_below_the_minimum(client, ask):
    survey = ask(kinds.several())
    assert send(client, survey, {field(kinds.MOST): "none"}).status_code == 302
    assert rows(kinds.MOST) == [("none", "", None)]


@pytest.mark.parametrize(
    ("whole", "typed", "stored"),
    [
        (False, "1171AB", "1171"),
        (False, "1171", "1171"),
        (True, "1171ab", "1171 AB"),
        (False, "badhoevedorp ", "Badhoevedorp"),
    ],
)
def test_a_postcode_or_a_place(client, ask, whole, typed, stored):
    survey = ask(kinds.postcode(whole=whole))
    assert send(client, survey, {field(kinds.POSTCODE): typed}).status_code == 302
    assert rows(kinds.POSTCODE) == [("", stored, None)]


def test_a_whole_postcode_needs_its_letters(client, ask):
    response = send(client, ask(kinds.postcode(whole=True)), {field(kinds.POSTCODE): "1171"})
    assert "Vul ook de letters van uw postcode in" in text_of(response)


class TestEmailApart:
    def test_nothing_leads_from_an_address_to_its_answers(self, client, ask):
        survey = ask(kinds.nps(), kinds.email())
        given = {field(kinds.NPS): "9", field(kinds.EMAIL): "Bewoner@example.nl"}
        assert send(client, survey, given).status_code == 302
        contact = ContactAddress.objects.get()
        assert (contact.survey_id, contact.email) == (survey.pk, "bewoner@example.nl")
        assert {f.name for f in ContactAddress._meta.concrete_fields} == {
            "id", "survey", "question_id", "purpose", "email",
        }  # fmt: skip
        models = {apps.get_model("surveys", name) for name in ("Response", "Answer")}
        assert not any(f.related_model in models for f in ContactAddress._meta.get_fields())
        assert contact.pk != Response.objects.get().pk
        assert contact.pk.version == 4

    def test_the_same_address_is_kept_once(self, client, ask):
        survey = ask(kinds.nps(), kinds.email())
        for number in ("1", "2"):
            send(client, survey, {field(kinds.NPS): number, field(kinds.EMAIL): "a@example.nl"})
        assert Response.objects.count() == 2
        assert ContactAddress.objects.count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactAddress.objects.create(
                survey=survey, question_id=kinds.EMAIL, purpose="uitkomst", email="a@example.nl"
            )

    def test_an_address_alone_is_not_a_response(self, client, ask):
        survey = ask(kinds.nps(), kinds.email())
        response = send(client, survey, {field(kinds.EMAIL): "a@example.nl"})
        assert response.status_code == 422
        assert ContactAddress.objects.count() == 0

    def test_the_file_holds_addresses_only_and_is_for_the_manager_only(
        self, client, ask, manager, login, make_user, west, django_assert_max_num_queries
    ):
        survey = ask(kinds.nps(), kinds.email())
        send(client, survey, {field(kinds.NPS): "9", field(kinds.EMAIL): "a@example.nl"})
        url = reverse("surveys_download", args=[survey.pk, "adressen", "csv"])
        with django_assert_max_num_queries(30):
            response = manager.get(url)
            body = response.getvalue().decode()
        assert "no-store" in response["Cache-Control"]
        assert body == (
            "\ufeffVraag;Waarvoor;E-mailadres\r\n"
            "Wilt u de uitkomst in uw mail?;Laat mij weten wat u met de antwoorden doet;"
            "a@example.nl\r\n"
        )
        page = manager.get(reverse("surveys_downloads", args=[survey.pk]))
        assert url in page.content.decode()
        other = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
        assert other.get(url).status_code == 404
        assert client.get(url).status_code == 302

    def test_addresses_end_a_year_after_closing(self, client, ask):
        survey = ask(kinds.nps(), kinds.email())
        send(client, survey, {field(kinds.NPS): "9", field(kinds.EMAIL): "a@example.nl"})
        for age, left in ((364, 1), (366, 0)):
            survey.closes_at = timezone.now() - timedelta(days=age)
            survey.opens_at = survey.closes_at - timedelta(days=10)
            survey.save()
            call_command("purge_expired", verbosity=0)
            assert ContactAddress.objects.count() == left
        assert Response.objects.count() == 1


class TestResultsAndFiles:
    @pytest.fixture
    def survey(self, client, ask):
        survey = ask(*kinds.every_type())
        send(client, survey, everything())
        send(
            client,
            survey,
            {
                field(kinds.CONSENT): "on",
                field(kinds.NUMBER): "20",
                field(kinds.NPS): "10",
                field(kinds.OTHER): make.BIKE,
                field(kinds.MOST): "none",
                field(kinds.MATRIX, kinds.SAFE): kinds.GOOD,
                field(kinds.RANKING, kinds.TREES): "3",
                field(kinds.RANKING, kinds.WATER): "1",
                field(kinds.RANKING, kinds.PATHS): "2",
                field(kinds.POSTCODE): "Badhoevedorp",
            },
        )
        return survey

    def test_results_of_every_type(self, manager, survey):
        words = text_of(manager.get(results_url(survey)))
        for said in (
            "2 inzendingen",
            "Gemiddeld 16,3, mediaan 16,25, laagste 12,5, hoogste 20 (meter)",
            "Eerste dag 4 mei 2026, laatste dag 4 mei 2026.",
            "Anders, namelijk 50% 1", "met de step", "Alle eigen antwoorden",
            "Geen van deze 50% 1",
            "Veilig Antwoord Deel Procent Aantal slecht 0% 0 matig 0% 0 goed 100% 2",
            "Water (gemiddeld plaats 1,0) 100% 2", "Bomen (gemiddeld plaats 2,5) 0% 0",
            "Score (NPS) 0: 50% gaf een 9 of 10, 50% een 6 of lager.",
            "Schommel 100% 1", "1171 50% 1", "Badhoevedorp 50% 1",
            "1 adres, los van de antwoorden bewaard.", "Akkoord 100% 2",
        ):  # fmt: skip
            assert said in words, said
        assert "bewoner@example.nl" not in words

    def test_own_answers_have_a_list(self, manager, survey):
        url = reverse("surveys_answers", args=[survey.pk, kinds.OTHER])
        words = text_of(manager.get(url))
        assert "met de step" in words
        assert "1 antwoord" in words

    def test_columns_of_every_type(self, manager, survey):
        header, *lines = csv_rows(manager, survey)
        first = next(dict(zip(header, line, strict=True)) for line in lines if "12,5" in line)
        second = next(dict(zip(header, line, strict=True)) for line in lines if "20" in line)
        assert first.pop("Datum")
        assert first.pop("Hoe ingevuld") == "Op de site"
        assert first.pop("Taal van de vragen") == "nl"
        assert (first.pop("Ingang"), first.pop("Ingang: voor wie")) == ("", "")
        assert first == {
            "Hoe ver loopt u? (meter)": "12,5", "Wanneer was u er?": "2026-05-04",
            "Hoe komt u er?": "Anders, namelijk", "Hoe komt u er?: Anders, namelijk": "met de step",
            "Wat mist u?: Bomen": "1", "Wat mist u?: Water": "1", "Wat mist u?: Paden": "0",
            "Wat mist u?: Geen van deze": "0", "Hoe is de speelplek?: Veilig": "goed",
            "Hoe is de speelplek?: Schoon": "slecht", "Wat komt eerst?: Bomen": "2",
            "Wat komt eerst?: Water": "1", "Wat komt eerst?: Paden": "3",
            "Raadt u deze plek aan?": "0", "Welk toestel wilt u?: Schommel": "1",
            "Welk toestel wilt u?: Glijbaan": "0", "Welk toestel wilt u?: Klimnet": "1",
            "Waar woont u?": "1171", "Ik ben 16 jaar of ouder.": "1",
        }  # fmt: skip
        assert second["Wanneer was u er?"] == second["Hoe is de speelplek?: Schoon"] == ""
        assert second["Hoe komt u er?: Anders, namelijk"] == ""

    def test_nothing_given_shows_and_exports_too(self, manager, ask):
        survey = ask(*kinds.every_type())
        assert "0 keer beantwoord" in text_of(manager.get(results_url(survey)))
        assert len(csv_rows(manager, survey)) == 1

    def test_the_number_of_queries_does_not_grow_with_questions_or_responses(
        self, manager, survey, client, django_assert_max_num_queries
    ):
        manager.get(results_url(survey))
        with django_assert_max_num_queries(32) as few:
            manager.get(results_url(survey))
        survey.questions = [*kinds.every_type(), *make.many_choices(15)]
        survey.save()
        make.respond(survey, count=50, **{kinds.NPS: {"number": 7}})
        with django_assert_max_num_queries(len(few)):
            manager.get(results_url(survey))


class TestVersions:
    def test_a_definition_of_the_first_kinds_is_frozen_as_it_always_was(self, north):
        survey = make.SurveyPageFactory(parent=north)
        frozen = survey.versions.get().definition
        assert frozen["questions"][2] == {
            "id": make.SCALE, "kind": "scale", "label": "Hoe veilig vindt u de oversteek?",
            "help_text": "", "required": False, "options": [], "max_choices": None,
            "max_length": None, "maximum": 5, "low_label": "heel onveilig",
            "high_label": "heel veilig",
        }  # fmt: skip

    def test_saving_again_makes_no_new_version(self, ask):
        survey = ask(*kinds.every_type())
        survey.save()
        assert survey.versions.count() == 1

    def test_rows_and_options_taken_away_keep_their_answers_and_columns(self, client, manager, ask):
        survey = ask(kinds.matrix(), kinds.ranking())
        send(client, survey, {k: v for k, v in everything().items() if "0104" in k or "0103" in k})
        asked = kinds.matrix()
        asked["value"]["rows"] = make.options(r_groen="Groen", r_schoon="Netjes")
        survey.questions = [asked]
        survey.save()
        assert survey.versions.count() == 2
        send(client, survey, {field(kinds.MATRIX, "r-groen"): kinds.FAIR})
        header, *lines = csv_rows(manager, survey)
        assert [header[1], header[2], header[6]] == [
            f"Hoe is de speelplek?: {row}" for row in ("Veilig", "Netjes", "Groen")
        ]
        assert sorted([line[1], line[2], line[6]] for line in lines) == [
            ["", "", "matig"], ["goed", "slecht", ""],
        ]  # fmt: skip
        words = text_of(manager.get(results_url(survey)))
        assert "Deze rij wordt niet meer gevraagd." in words
        assert "Wat komt eerst? wordt niet meer gevraagd" in words


def test_answers_are_given_back_when_the_survey_closed_meanwhile(client, ask):
    survey = ask(*kinds.every_type())
    survey.closes_at = timezone.now() - timedelta(minutes=1)
    survey.save()
    response = send(client, survey, everything())
    assert response.status_code == 409
    words = text_of(response)
    for said in ("12,5", "met de step", "Bomen, Water", "Veilig: goed", "1. Water", "Klimnet",
                 "1171 ab", "Bewoner@example.nl"):  # fmt: skip
        assert said in words, said
