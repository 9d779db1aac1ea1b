"""Keeping answers to go on later with a private link: without JavaScript."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from surveys.models import Answer, Draft, Response
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import FormReader, field, form_on, full_answers, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north, questions=make.all_questions())


def form_on_survey(page) -> dict:
    """The fields of the form with the questions; above it stands the one that removes."""
    html = page.content.decode()
    return FormReader(html[html.rindex("<form", 0, html.index("data-keep=")) :]).fields


def keep(client, survey, answers, **extra):
    """Press "Bewaar en ga later verder", and come to the page with the link."""
    response = send(client, survey, answers, stap="bewaar", **extra)
    assert response.status_code == 302, text_of(response)
    return response.url.removesuffix("#bewaard")


def test_answers_come_back_by_the_link_on_another_device(client, survey):
    form = form_on(client.get(survey.url))
    answers = {**form.fields, **full_answers()}
    link = keep(client, survey, answers)

    page = Client().get(link)
    assert page.status_code == 200
    shown = form_on_survey(page)
    given = {name: value for name, value in shown.items() if name.startswith("v-")}
    for name, value in full_answers().items():
        wanted = value if isinstance(value, list) else [value.replace("\r\n", "\n")]
        assert given[name] == wanted, name
    assert "Uw antwoorden zijn bewaard" in text_of(page)
    assert f"http://testserver{link}" in page.content.decode()
    assert not Response.objects.exists()

    sent = Client().post(reverse("survey_submit", args=[survey.pk]), shown)
    assert sent.url.endswith("/bedankt/")
    assert Response.objects.count() == 1
    assert Answer.objects.filter(question_id=make.SHORT).get().text == "Dorpsstraat"
    assert not Draft.objects.exists()
    assert Client().get(link).status_code == 410


def test_what_is_wrong_or_missing_is_kept_as_it_is_and_not_blamed(client, survey):
    link = keep(client, survey, {field(make.SCALE): "99", field(make.SHORT): "x" * 500})
    page = client.get(link)
    assert page.status_code == 200
    assert "Fout:" not in text_of(page)
    assert "x" * 500 in page.content.decode()
    again = client.post(reverse("survey_submit", args=[survey.pk]), form_on_survey(page))
    assert again.status_code == 422
    assert Draft.objects.count() == 1


def test_keeping_again_keeps_the_same_link(client, survey):
    link = keep(client, survey, {field(make.SHORT): "eerst"})
    fields = form_on_survey(client.get(link))
    fields[field(make.SHORT)] = "daarna"
    assert keep(client, survey, fields) == link
    assert "daarna" in client.get(link).content.decode()
    assert Draft.objects.count() == 1


def test_sending_twice_from_the_link_counts_once(client, survey):
    link = keep(client, survey, full_answers())
    devices = [Client(), Client()]
    pages = [form_on_survey(device.get(link)) for device in devices]
    assert pages[0]["csrfmiddlewaretoken"] != pages[1]["csrfmiddlewaretoken"]
    for device, fields in zip(devices, pages, strict=True):
        sent = device.post(reverse("survey_submit", args=[survey.pk]), fields)
        assert sent.url.endswith("/bedankt/")
    assert Response.objects.count() == 1


def test_the_form_goes_on_in_the_version_it_was_begun_in(client, survey):
    link = keep(client, survey, {**form_on(client.get(survey.url)).fields, **full_answers()})
    changed = [item for item in survey.questions.raw_data if item["id"] != make.SHORT]
    survey.questions = list(changed)
    survey.save_revision().publish()
    page = client.get(link)
    assert "Dorpsstraat" in page.content.decode()
    client.post(reverse("survey_submit", args=[survey.pk]), form_on_survey(page))
    assert Response.objects.get().version.number == 1
    assert Answer.objects.filter(question_id=make.SHORT).get().text == "Dorpsstraat"


def test_survey_that_closed_meanwhile_shows_what_was_kept(client, survey):
    link = keep(client, survey, full_answers())
    type(survey).objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    page = client.get(link)
    assert page.status_code == 200  # there is still time to send
    assert "Verstuur uw antwoorden" in text_of(page)
    type(survey).objects.update(closes_at=timezone.now() - timedelta(days=1))
    page = client.get(link)
    assert page.status_code == 409
    assert "Deze enquête sloot terwijl u bezig was" in text_of(page)
    assert "Dorpsstraat" in text_of(page)


def test_keeping_as_the_survey_closes_shows_what_was_given(client, survey):
    type(survey).objects.update(closes_at=timezone.now() - timedelta(days=1))
    response = send(client, survey, full_answers(), stap="bewaar")
    assert response.status_code == 409
    assert "Dorpsstraat" in text_of(response)
    assert not Draft.objects.exists()


def test_the_database_knows_neither_who_nor_when_nor_the_link(client, survey):
    link = keep(client, survey, full_answers(), csrfmiddlewaretoken="geheim-van-dit-formulier")
    draft = Draft.objects.get()
    token = link.rstrip("/").rsplit("/", 1)[1]
    row = " ".join(str(getattr(draft, column.attname)) for column in Draft._meta.concrete_fields)
    assert token not in row
    assert "geheim" not in row
    assert {column.name for column in Draft._meta.concrete_fields} == {
        "key",
        "version",
        "data",
        "kept_until",
    }
    assert draft.kept_until == timezone.localdate() + timedelta(days=14)


def test_an_address_is_not_kept_beside_answers(client, north):
    survey = make.SurveyPageFactory(parent=north, questions=[*make.all_questions(), kinds.email()])
    given = {**full_answers(), field(kinds.EMAIL): "bewoner@example.nl"}
    page = client.get(keep(client, survey, given))
    assert "Uw e-mailadres bewaren wij niet" in text_of(page)
    assert "bewoner@example.nl" not in page.content.decode()
    assert "bewoner" not in Draft.objects.get().data


def test_the_page_of_the_link_is_for_one_person(client, survey):
    page = client.get(keep(client, survey, full_answers()))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]


def test_looking_at_the_link_changes_nothing_and_removing_takes_a_button(client, survey):
    link = keep(client, survey, full_answers())
    client.get(link)
    client.head(link)
    assert Draft.objects.count() == 1
    gone = client.post(link, follow=True)
    assert "Uw antwoorden zijn verwijderd" in text_of(gone)
    assert not Draft.objects.exists()
    assert client.get(link).status_code == 410


def test_removing_needs_the_form_of_the_page(survey):
    strict = Client(enforce_csrf_checks=True)
    link = keep(Client(), survey, full_answers())
    assert strict.post(link).status_code == 403
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("token", ["A" * 32, "_" * 32])
def test_link_that_nobody_made_says_so(client, survey, token):
    page = client.get(reverse("survey_go_on", args=[survey.pk, token]))
    assert page.status_code == 410
    assert "Deze link werkt niet meer" in text_of(page)


def test_link_of_another_survey_opens_nothing(client, survey, north):
    other = make.SurveyPageFactory(parent=north, slug="andere", questions=make.all_questions())
    token = keep(client, survey, full_answers()).rstrip("/").rsplit("/", 1)[1]
    assert client.get(reverse("survey_go_on", args=[other.pk, token])).status_code == 410


def test_made_up_secret_in_the_form_makes_a_new_link(client, survey):
    for token in ("te-kort", "A" * 500, "' OR 1=1 --", "\x00" * 32):
        link = keep(client, survey, full_answers(), bewaard=token)
        assert token not in link
    assert Draft.objects.count() == 4


def test_too_much_text_is_refused_and_stays_on_the_page(client, survey):
    response = send(client, survey, {field(make.LONG): "é" * 60_000}, stap="bewaar")
    assert response.status_code == 413
    assert "Uw antwoorden zijn niet bewaard" in text_of(response)
    assert "é" * 60_000 in response.content.decode()
    assert not Draft.objects.exists()


def test_survey_behind_a_password_keeps_what_was_filled_in_behind_it(client, survey):
    link = keep(client, survey, full_answers())
    PageViewRestriction.objects.create(
        page=survey, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    response = Client().get(link)
    assert response.status_code == 302
    assert "Dorpsstraat" not in response.content.decode()
    for path in (link.replace(link[-10:-1], "AAAAAAAAA"), f"/enquetes/{survey.pk}/verwijderd/"):
        assert survey.title not in Client().get(path).content.decode()


def test_very_many_from_one_network_are_asked_to_wait(client, survey, settings):
    settings.SURVEY_RESPONSES_PER_ADDRESS = 2
    for _ in range(2):
        keep(client, survey, full_answers())
    response = send(client, survey, full_answers(), stap="bewaar")
    assert response.status_code == 429
    assert "Dorpsstraat" in response.content.decode()
    # Sending is counted apart: who kept answers can still send them.
    assert send(client, survey, full_answers()).status_code == 302


def test_draft_goes_after_its_day(client, survey):
    link = keep(client, survey, full_answers())
    Draft.objects.update(kept_until=timezone.localdate())
    call_command("purge_expired")
    assert client.get(link).status_code == 200
    Draft.objects.update(kept_until=timezone.localdate() - timedelta(days=1))
    assert client.get(link).status_code == 410
    call_command("purge_expired")
    assert not Draft.objects.exists()


def test_queries(client, survey):
    client.get(survey.url)
    with CaptureQueriesContext(connection) as queries:
        link = keep(client, survey, full_answers())
    assert len(queries) <= 10, [query["sql"] for query in queries]
    with CaptureQueriesContext(connection) as queries:
        client.get(link)
    assert len(queries) <= 12, [query["sql"] for query in queries]


def test_preview_and_try_out_offer_no_link(client, administrator, login, survey):
    page = login(administrator).get(reverse("surveys_try", args=[survey.pk]))
    assert page.status_code == 200
    assert "Bewaar en ga later verder" not in text_of(page)
