"""Staff enter forms on paper: batches, numbers, gaps, corrections and who may."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from surveys.models import (
    Answer,
    Collector,
    ContactAddress,
    PaperBatch,
    PaperCorrection,
    PaperEntry,
    PaperGap,
    Response,
    ResponseMark,
)
from surveys.services import freeze_version
from tests.factories import survey_shapes as drawn
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, sheets, variables
from tests.surveys.helpers import field, form_on, text_of
from tests.surveys.test_collectors import collector_of
from tests.surveys.test_paper_form import FILES, PASSED_ON, on
from tests.surveys.test_public_results import pdf_text

pytestmark = pytest.mark.django_db
BIKE = {field(make.ONE): make.BIKE}


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def start(client, survey, **values) -> str:
    """Begin a batch of the newest version; gives its address."""
    version = survey.versions.order_by("-number").first()
    given = {"formulier": version.pk, "bron": "papier"} | values
    response = client.post(reverse("surveys_paper", args=[survey.pk]), given)
    assert response.status_code == 302, text_of(response)
    return response.url


def enter(client, here: str, answers: dict, **extra):
    """Fill in the screen as it is and send it; follows to what comes next."""
    key = form_on(client.get(here)).fields["sleutel"][0]
    return client.post(here, {"sleutel": key} | answers | extra, follow=True)


def test_forms_one_after_another(manager, survey, area_manager):
    collector = collector_of(survey, name="Papier", kind="papier")
    here = start(manager, survey, ingang=collector.pk, opmerking="Van de markt")
    page = text_of(manager.get(here))
    for words in ("1. Hoe gaat u meestal naar het centrum?", "6. Wat wilt u ons nog vertellen?"):
        assert words in page
    screen = form_on(manager.get(here))
    whole = {
        field(make.ONE): make.BIKE,
        field(make.SEVERAL): [make.SHADE, make.WATER],
        field(make.SCALE): "4",
        field(make.POINT, "vak"): "j9",
        field(make.POINT, "tekst"): "Bij de brug",
        field(make.SHORT): "Dorpsstraat",
        field(make.LONG): "Maak er meer groen.\r\nEn een bankje.",
        "sleutel": screen.fields["sleutel"][0],
    }
    saved = manager.post(here, whole, follow=True)
    assert "Bewaard als nummer 1." in text_of(saved)
    assert "Onvolledig" not in text_of(saved)
    response = Response.objects.get()
    assert (response.source, response.collector, response.submitted_on) == (
        "papier",
        collector,
        localdate(),
    )
    assert response.receipt is None
    assert response.answers.count() == 7
    point = response.answers.get(question_id=make.POINT)
    assert point.point is not None
    assert point.text == "Bij de brug"

    # The same form twice, also with another answer, counts once.
    twice = manager.post(here, whole | {field(make.SCALE): "5"}, follow=True)
    assert "was al bewaard als nummer 1" in text_of(twice)
    assert Response.objects.count() == 1
    # Two people who answer the same are two; however many and quick, no mark and no limit.
    for _again in range(9):
        enter(manager, here, BIKE)
    assert Response.objects.count() == 10
    assert not ResponseMark.objects.exists()
    page = manager.get(here)
    assert "In deze stapel 10" in text_of(page)
    assert re.findall(r"Nummer (\d+)", text_of(page)) == ["10", "9", "8", "7", "6"]
    assert "Nummer 2 " in text_of(manager.get(f"{here}?alles=1"))
    batch = PaperBatch.objects.get()
    assert (batch.number, batch.entered, batch.user, batch.remarks) == (
        10,
        10,
        area_manager,
        "Van de markt",
    )
    results = reverse("surveys_results", args=[survey.pk])
    assert "10 inzendingen" in text_of(manager.get(f"{results}?bron=papier"))
    assert fetched(manager, survey, "csv").decode().count(";Op papier") == 20


def test_what_people_skip_or_scribble(manager, survey):
    here = start(manager, survey)
    saved = enter(manager, here, {field(make.SCALE): "3", "onleesbaar": [make.SHORT, "zomaar"]})
    text = text_of(saved)
    assert "Onvolledig: de vragen 1, 5 zijn leeg of onleesbaar." in text
    assert "onvolledig" in text
    response = Response.objects.get()
    assert dict(PaperGap.objects.values_list("question_id", "why")) == {
        make.ONE: "leeg",
        make.SHORT: "onleesbaar",
    }
    overview = text_of(manager.get(reverse("surveys_paper", args=[survey.pk])))
    assert "(1 onvolledig)" in overview
    assert "Hoe gaat u meestal naar het centrum? 1 0" in overview
    assert "In welke straat woont u? 0 1" in overview
    make.respond(survey)
    head, *rows = sheets(manager, survey)["Antwoorden"]
    columns = [head.index("Op papier niet ingevuld"), head.index("Op papier niet te lezen")]
    assert columns[1] + 1 == head.index("Ingang")  # behind all questions
    assert sorted([[row[place] or "" for place in columns] for row in rows]) == [
        ["", ""],
        ["Hoe gaat u meestal naar het centrum?", "In welke straat woont u?"],
    ]
    assert variables(manager, survey)["Op papier niet te lezen"]["name"] == "papier_onleesbaar"
    assert b"papier_leeg" in fetched(manager, survey, "sav")
    assert "Op papier niet" not in fetched(manager, survey, "csv", variant="open-data").decode()

    nothing = enter(manager, here, {})
    assert nothing.status_code == 422
    assert "Er is nog niets ingevuld." in text_of(nothing)
    for name, value, message in (
        (field(make.SCALE), "7", "Dit antwoord hoort niet bij deze vraag."),
        (field(make.ONE), "o-vliegtuig", "Dit antwoord hoort niet bij deze vraag."),
        (field(make.SEVERAL), [make.SHADE, make.BENCH, make.WATER], "Kies er ten hoogste 2."),
        (field(make.SHORT), "x" * 41, "teken korter"),
        (field(make.SHORT), "nul\x00", "niet toegestaan"),
        (field(make.POINT, "vak"), "Z99", "Vak Z99 staat niet op de kaart."),
        (field(make.POINT, "vak"), "A1 B2", "Vul één vak in."),
        (field(make.POINT, "vak"), ";", "staat niet op de kaart"),
        (field(make.POINT, "plaats"), "atlantis", "kennen wij niet"),
    ):
        wrong = enter(manager, here, {field(make.LONG): "<script>x</script>", name: value})
        assert wrong.status_code == 422, name
        assert message in text_of(wrong), name
        assert "Er is nog niets bewaard." in text_of(wrong)
        assert "&lt;script&gt;x" in wrong.content.decode()
    assert Response.objects.get(source="papier") == response
    assert enter(manager, here, {field(make.LONG): "<script>x</script>"}).status_code == 200


def test_every_type_comes_back_for_correction(manager, north, area_manager):
    survey = make.SurveyPageFactory(
        parent=north,
        questions=[
            *kinds.every_type(),
            kinds.files(required=True) | {"id": FILES},
            kinds.hidden("flyer") | {"id": PASSED_ON},
            *drawn.all_drawings(),
        ],
    )
    here = start(manager, survey, bron="gesprek")
    typed = {
        field(kinds.NUMBER): "12,5",
        field(kinds.DATE): "03112026",
        field(kinds.OTHER): "other",
        field(kinds.OTHER, "other"): "Te paard",
        field(kinds.MOST): ["o-bomen", "o-water"],
        field(kinds.MATRIX, kinds.SAFE): "k-goed",
        field(kinds.RANKING, kinds.TREES): "2",
        field(kinds.RANKING, kinds.WATER): "1",
        field(kinds.RANKING, kinds.PATHS): "3",
        field(kinds.NPS): "10",
        field(kinds.PICTURES): [kinds.SWING, kinds.NET],
        field(kinds.POSTCODE): "2132 AB",
        field(kinds.CONSENT): "on",
        field(drawn.POINTS, "plek"): [drawn.FIELD],
        field(drawn.LINES, "vak"): "C4 D5; J9 K9",
        field(drawn.POLYGONS, "tekst"): "Rond de vijver",
    }
    mail = {field(kinds.EMAIL): "Bewoner@example.nl"}
    no = enter(manager, here, typed | mail | {field(kinds.CONSENT): ""})
    assert no.status_code == 422
    assert "Dan mogen wij dit formulier niet bewaren." in text_of(no)
    assert not ContactAddress.objects.exists()
    saved = enter(manager, here, typed | mail)
    assert saved.status_code == 200, text_of(saved)
    assert "Onvolledig" not in text_of(saved)  # a file cannot be asked on paper
    assert ContactAddress.objects.get().email == "bewoner@example.nl"
    # The leaf with the address comes loose from its form.
    loose = enter(manager, here, {field(kinds.EMAIL): "buur@example.nl"})
    assert "Het adres is bewaard, los van alle formulieren." in text_of(loose)
    assert ContactAddress.objects.count() == 2
    response = Response.objects.get()
    assert response.source == "gesprek"

    def stored() -> list:
        rows = Answer.objects.filter(response=response).order_by("question_id", "option_id")
        return [(a.question_id, a.option_id, a.text, a.number, a.point and a.point.wkt,
                 a.shape and a.shape.wkt) for a in rows]  # fmt: skip

    before = stored()
    assert len([row for row in before if row[5]]) == 2
    one = f"{here}1/"
    screen = form_on(manager.get(one)).fields
    assert screen[field(kinds.DATE)] == ["03-11-2026"]
    assert screen[field(drawn.LINES, "vak")] == ["C4 D5; J9 K9"]
    assert field(kinds.EMAIL) not in screen
    without = manager.post(one, screen | {"actie": "herstel"})
    assert without.status_code == 422
    assert "Schrijf in een paar woorden waarom." in text_of(without)
    done = manager.post(one, screen | {"actie": "herstel", "reden": "Nagekeken"}, follow=True)
    assert "Nummer 1 is hersteld." in text_of(done)
    assert stored() == before
    change = screen | {field(kinds.NPS): ["3"], "actie": "herstel", "reden": "Verkeerd gelezen"}
    manager.post(one, change)
    assert response.answers.get(question_id=kinds.NPS).number == 3
    gone = manager.post(one, {"actie": "weg", "reden": "Dubbel"}, follow=True)
    assert "Nummer 1 is weggehaald." in text_of(gone)
    assert not Response.objects.exists()
    assert "is al weggehaald" in text_of(manager.get(one, follow=True))
    assert "is al weggehaald" in text_of(
        manager.post(one, {"actie": "weg", "reden": "x"}, follow=True)
    )
    records = PaperCorrection.objects.values_list("what", "user", "reason", "number")
    assert list(records) == [
        ("verwijderd", area_manager.pk, "Dubbel", 1),
        ("hersteld", area_manager.pk, "Verkeerd gelezen", 1),
        ("hersteld", area_manager.pk, "Nagekeken", 1),
    ]
    assert PaperBatch.objects.get().number == 0
    assert "Verkeerd gelezen" in text_of(manager.get(reverse("surveys_paper", args=[survey.pk])))


def test_conditions_and_an_old_version(manager, survey):
    old = survey.versions.get()
    survey.questions = [
        kinds.with_other(),
        make.question("short_text", make.SHORT, "Welke bus?", max_length=40, required=True,
                      condition=on(kinds.OTHER, "o-bus")),
    ]  # fmt: skip
    survey.save()
    newest = freeze_version(survey=survey)
    here = start(manager, survey)
    skipped = enter(manager, here, {field(kinds.OTHER): "o-fiets", field(make.SHORT): "Lijn 3"})
    assert "Vraag 2 is niet bewaard" in text_of(skipped)
    assert "Onvolledig" not in text_of(skipped)
    assert list(Response.objects.get().answers.values_list("question_id", flat=True)) == [
        kinds.OTHER
    ]
    assert "Onvolledig: vraag 2" in text_of(enter(manager, here, {field(kinds.OTHER): "o-bus"}))

    overview = manager.get(reverse("surveys_paper", args=[survey.pk]))
    assert f"{survey.pk}-2 (vanaf" in text_of(overview)
    there = start(manager, survey, formulier=old.pk)
    assert "Hoe gaat u meestal naar het centrum?" in text_of(manager.get(there))
    enter(manager, there, BIKE)
    assert set(Response.objects.values_list("version", flat=True)) == {old.pk, newest.pk}
    wrong = {"formulier": old.pk, "bron": "site"}
    assert manager.post(overview.request["PATH_INFO"], wrong).status_code == 422


def test_after_the_closing(manager, survey, settings, client):
    here = start(manager, survey)
    survey.closes_at = timezone.now() - timedelta(days=2)
    survey.results_shown = "na-sluiten"
    survey.save()
    make.respond(survey, count=8, day=localdate() - timedelta(days=3))
    overview = reverse("surveys_paper", args=[survey.pk])
    assert "kunt u nog invoeren tot" in text_of(manager.get(overview))
    enter(manager, here, BIKE)
    assert Response.objects.filter(source="papier").count() == 1
    # The page does not tell what that one form said, now or later; five come all at once.
    shown = text_of(client.get(survey.results_url))
    assert "8 mensen vulden de enquête in" in shown
    assert "Er kunnen nog antwoorden op papier bij komen" in shown
    days = settings.SURVEY_PAPER_DAYS
    for paper, total in ((1, 8), (5, 13)):
        while Response.objects.filter(source="papier").count() < paper:
            enter(manager, here, BIKE)
        assert "8 mensen vulden" in text_of(client.get(survey.results_url))
        settings.SURVEY_PAPER_DAYS = 1
        assert f"{total} mensen vulden" in text_of(client.get(survey.results_url))
        # Nor does the report beside it, also where it is split.
        report = pdf_text(manager, survey, splits=make.ONE)
        assert f"Ingevuld door {total} mensen" in report
        settings.SURVEY_PAPER_DAYS = days
    # A slip of today can be put right though results are out; what is older cannot.
    assert manager.get(f"{here}1/").status_code == 200
    settings.SURVEY_PAPER_DAYS = 1  # the page shows those of today too now
    for respond in (manager.get, manager.post):
        refused = respond(f"{here}1/", {"actie": "weg", "reden": "Dubbel"}, follow=True)
        assert "de resultaten staan al op de site" in text_of(refused)
    settings.SURVEY_PAPER_DAYS = days
    Response.objects.filter(source="papier").update(submitted_on=localdate() - timedelta(days=1))
    assert "de resultaten staan al op de site" in text_of(manager.get(f"{here}1/", follow=True))

    key = form_on(manager.get(here)).fields["sleutel"][0]
    settings.SURVEY_PAPER_DAYS = 1
    assert "De enquête is te lang gesloten" in text_of(manager.get(here))
    late = manager.post(here, {"sleutel": key, field(make.LONG): "Met de post"})
    assert late.status_code == 409
    assert "De enquête is te lang gesloten" in text_of(late)
    assert "Met de post" in late.content.decode()
    assert manager.post(overview, {"formulier": survey.versions.get().pk, "bron": "papier"}
                        ).status_code == 422  # fmt: skip
    assert PaperBatch.objects.count() == 1


def test_a_closed_batch_leads_nowhere(manager, survey):
    here = start(manager, survey)
    screen = form_on(manager.get(here)).fields["sleutel"][0]
    enter(manager, here, BIKE)
    assert "De stapel is afgesloten." in text_of(
        manager.post(here, {"actie": "sluit"}, follow=True)
    )
    assert not PaperEntry.objects.exists()
    assert Response.objects.count() == PaperBatch.objects.get().number == 1
    assert manager.get(f"{here}1/").status_code == 404
    late = manager.post(here, {"sleutel": screen} | BIKE)
    assert late.status_code == 409
    assert "Begin een nieuwe stapel" in text_of(late)
    assert Response.objects.count() == 1

    start(manager, survey)
    PaperBatch.objects.filter(closed_on=None).update(day=localdate() - timedelta(days=31))
    call_command("purge_expired")
    assert not PaperBatch.objects.filter(closed_on=None).exists()


def test_who_may_enter(manager, login, make_user, client, survey, west, north, area_manager):
    other = make.SurveyPageFactory(parent=west)
    here = start(manager, survey)
    enter(manager, here, BIKE)
    theirs = reverse("surveys_paper", args=[other.pk])
    batch_pk = PaperBatch.objects.get().pk
    for address in (
        theirs,
        reverse("surveys_paper_batch", args=[other.pk, batch_pk]),
        reverse("surveys_paper_correct", args=[other.pk, batch_pk, 1]),
        reverse("surveys_paper_correct", args=[survey.pk, batch_pk, 9]),
        reverse("surveys_paper_batch", args=[survey.pk, 999_999]),
    ):
        assert manager.get(address).status_code == 404, address
        assert manager.post(address, BIKE).status_code == 404, address
    stranger = login(make_user("west", groups=[west.manager_group]))
    for address in (reverse("surveys_paper", args=[survey.pk]), here, f"{here}1/"):
        assert client.get(address).status_code == 302
        for method in (stranger.get, stranger.post):
            assert method(address).status_code == 404, address

    # A colleague of the area corrects, but enters in a batch of their own.
    colleague = login(make_user("collega", groups=[north.manager_group]))
    assert "Deze stapel is van iemand anders" in text_of(colleague.get(here))
    refused = colleague.post(here, {field(make.LONG): "Bewaar dit"})
    assert refused.status_code == 409
    assert "Bewaar dit" in refused.content.decode()
    removed = colleague.post(f"{here}1/", {"actie": "weg", "reden": "Dubbel"}, follow=True)
    assert "Nummer 1 is weggehaald." in text_of(removed)
    assert PaperCorrection.objects.get().user.username == "collega"

    # A link of another kind, or of another survey.
    interview = collector_of(survey, name="Spreekuur", kind="gesprek")
    elsewhere = collector_of(other, name="Elders", kind="papier")
    residents = collector_of(survey, name="Inwoners")
    version = survey.versions.get().pk
    for collector in (interview, elsewhere, residents):
        values = {"formulier": version, "bron": "papier", "ingang": collector.pk}
        answer = manager.post(reverse("surveys_paper", args=[survey.pk]), values)
        assert answer.status_code == 422, collector
    assert PaperBatch.objects.count() == 1
    assert Collector.objects.count() == 3

    # An empty batch keeps neither a link nor a survey.
    empty = make.SurveyPageFactory(parent=north)
    link = collector_of(empty, name="Balie", kind="papier")
    start(manager, empty, ingang=link.pk)
    link.delete()
    empty.delete()
    assert PaperBatch.objects.count() == 1


def test_queries_do_not_grow(manager, survey):
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert manager.get(address).status_code == 200
        return len(found)

    overview = reverse("surveys_paper", args=[survey.pk])
    here = start(manager, survey)
    enter(manager, here, BIKE | {"onleesbaar": make.SHORT})
    manager.get(overview)
    few = count(overview), count(here)
    for _again in range(6):
        enter(manager, here, BIKE | {"onleesbaar": make.SHORT})
    enter(manager, start(manager, survey), BIKE)
    assert (count(overview), count(here)) == few
    with CaptureQueriesContext(connection) as found:
        key = form_on(manager.get(here)).fields["sleutel"][0]
    with CaptureQueriesContext(connection) as found:
        manager.post(here, {"sleutel": key} | BIKE)
    assert len(found) <= 30
