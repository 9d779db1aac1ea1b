"""The outcome reaches who left an address for it: once each, never tied to an answer."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.models import ContactAddress, OutcomeMail, OutcomeRound, Response
from surveys.outcomes import services
from surveys.outcomes.mails import send_outcomes
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.newsletters.conftest import link, parts, sink  # noqa: F401
from tests.surveys.admin_forms import survey_form
from tests.surveys.helpers import field, send, text_of
from tests.surveys.test_editing_types import item
from tests.surveys.test_paper_entry import enter, start

pytestmark = pytest.mark.django_db
ASKED = [f"bewoner{number}@example.nl" for number in range(1, 5)]
SECOND = "00000000-0000-4000-a000-0000000000ee"


def asking(purpose: str = "uitkomst", **value) -> dict:
    return kinds.email(purpose=purpose, **value)


@pytest.fixture
def survey(north):
    """With an address for the outcome, and one for a talk."""
    other = asking("benaderen", purpose_text="een gesprek in de buurt") | {"id": SECOND}
    return make.SurveyPageFactory(parent=north, questions=[kinds.nps(), asking(), other])


def leave(survey, *addresses: str, question: str = kinds.EMAIL) -> None:
    for address in addresses:
        send(Client(), survey, {field(kinds.NPS): "9", field(question): address})


def tell(survey, **values) -> None:
    """Close the survey and put its outcome on the site."""
    survey.closes_at = timezone.now() - timedelta(days=1)
    survey.outcome, survey.outcome_date = "<p>Wij hoorden veel.</p>", timezone.localdate()
    survey.outcome_per_theme = [
        {"type": "theme", "value": {
            "heading": "<b>Schaduw</b>", "heard": "<p>Te heet.</p>", "status": "deels",
            "why": "<p>Er komen bomen.</p>", "items": [],
        }}
    ]  # fmt: skip
    for name, value in values.items():
        setattr(survey, name, value)
    survey.save()


def test_told_once_to_each_who_asked_and_again_only_by_choice(
    sink, client, login, area_manager, survey, django_assert_max_num_queries  # noqa: F811
):  # fmt: skip
    page = text_of(client.get(survey.url))
    assert "Laat u uw adres achter, dan mailen wij u wat wij met de antwoorden doen." in page
    assert "dan mogen wij u benaderen voor een gesprek in de buurt ." in page
    leave(survey, *ASKED)
    leave(survey, ASKED[0].upper())
    leave(survey, "praat@example.nl", question=SECOND)
    # From before the question said what it was for: never mailed.
    ContactAddress.objects.create(survey=survey, question_id=kinds.EMAIL, email="oud@example.nl")
    manager = login(area_manager)
    here = reverse("surveys_outcome_mails", args=[survey.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    before = text_of(manager.get(edit))
    assert "4 mensen vroegen om bericht over de uitkomst" in before
    assert "Nog niets." in text_of(manager.get(here))
    send_outcomes()
    assert manager.post(here, {"number": "2", "sure": "on"}).status_code == 422
    assert not sink.messages

    tell(survey)
    assert "gaan binnen enkele minuten uit" in text_of(manager.get(here))
    sink.answers = {ASKED[3]: "451 try again later"}
    call_command("tick", "--only", "survey-outcomes")
    assert sink.counts == dict.fromkeys(ASKED[:3], 1)
    assert "1 mail wacht nog" in text_of(manager.get(here))
    assert "gaan nog uit" in text_of(manager.post(here, {"number": "2", "sure": "on"}))
    sink.answers = {}
    send_outcomes()
    survey.outcome = "<p>Wij hoorden nog meer.</p>"
    survey.save()
    send_outcomes()
    assert sink.counts == dict.fromkeys(ASKED, 1)

    message = sink.messages[0]
    plain, html = parts(message)
    assert message["Subject"].strip() == f"De uitkomst: {survey.title}"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "- <b>Schaduw</b>: Nemen we deels over" in plain
    assert "&lt;b&gt;Schaduw" in html
    assert survey.url in plain
    assert "Wij weten niet welke antwoorden van u zijn" in " ".join(plain.split())

    # Who wants no more: a look changes nothing, a post of a mail program does.
    stop = link("bericht/", plain)
    assert "Wilt u geen bericht meer?" in text_of(client.get(stop))
    left = message["To"]
    assert ContactAddress.objects.filter(email=left).exists()
    other = Client(enforce_csrf_checks=True)
    done = other.post(stop, {"List-Unsubscribe": "One-Click"}, follow=True)
    assert "Uw adres is gewist" in text_of(done)
    assert "no-store" in done["Cache-Control"]
    assert not ContactAddress.objects.filter(email=left).exists()
    assert client.get(stop).status_code == client.post(stop).status_code == 410
    for forged in ("0" * 56, f"{ContactAddress.objects.first().pk.hex}{'0' * 24}"):
        assert client.post(f"/enquetes/bericht/{forged}/").status_code == 410
    assert ContactAddress.objects.count() == 5
    assert Response.objects.count() == 6

    with django_assert_max_num_queries(40):
        page = manager.get(here)
    assert "4 mensen kregen de mail" in text_of(page)
    assert "Er zijn nu 3 adressen" in text_of(page)
    assert left not in page.content.decode()
    assert manager.post(here, {"number": "2"}).status_code == 422
    assert OutcomeRound.objects.count() == 1
    assert "staan klaar" in text_of(manager.post(here, {"number": "2", "sure": "on"}, follow=True))
    send_outcomes()
    twice = manager.post(here, {"number": "2", "sure": "on"}, follow=True)
    assert "stond al klaar" in text_of(twice)
    send_outcomes()
    assert sink.counts == dict.fromkeys(ASKED, 2) | {left: 1}
    assert sink.messages[-1]["Subject"].strip().startswith("Nieuws over de uitkomst: ")
    assert f"Opnieuw gemaild door {area_manager.username}" in text_of(manager.get(here))


def test_not_before_the_last_answers_nor_while_it_is_not_on_the_site(sink, survey):  # noqa: F811
    leave(survey, ASKED[0])
    tell(survey, closes_at=timezone.now() - timedelta(minutes=30))
    send_outcomes()
    tell(survey, live=False)
    send_outcomes()
    assert not OutcomeRound.objects.exists()
    tell(survey, live=True)
    services.plan_first_rounds()
    survey.live = False
    survey.save()
    send_outcomes()
    assert not sink.messages
    # Killed after planning, or between two mails: it goes on, and nobody gets it twice.
    survey.live = True
    survey.save()
    send_outcomes()
    send_outcomes()
    assert sink.counts == {ASKED[0]: 1}
    row = OutcomeMail.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeMail.objects.create(round=row.round, contact=row.contact)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeRound.objects.create(survey=survey, number=1, recipients=1)


def test_an_address_that_comes_from_paper_after_the_outcome_hears_it_too(
    sink,  # noqa: F811
    login,
    area_manager,
    survey,
):
    leave(survey, *ASKED[:2])
    tell(survey)
    send_outcomes()
    manager = login(area_manager)
    here = start(manager, survey)
    for address in (ASKED[2], ASKED[2], ASKED[0]):
        enter(manager, here, {field(kinds.EMAIL): address})
    enter(manager, here, {field(SECOND): "praat@example.nl"})
    send_outcomes()
    send_outcomes()
    assert sink.counts == dict.fromkeys(ASKED[:3], 1)
    assert sink.messages[-1]["Subject"].strip().startswith("De uitkomst: ")
    page = text_of(manager.get(reverse("surveys_outcome_mails", args=[survey.pk])))
    assert "3 mensen kregen de mail" in page


def test_addresses_go_on_their_day_and_what_was_sent_still_counts(sink, survey):  # noqa: F811
    leave(survey, *ASKED[:2])
    tell(survey)
    sink.answers = {ASKED[1]: "451 try again later"}
    send_outcomes()
    survey.opens_at = timezone.now() - timedelta(days=50)
    survey.closes_at = timezone.now() - timedelta(days=40)
    survey.answers_kept_until = timezone.localdate() - timedelta(days=1)
    survey.save()
    call_command("purge_expired")
    assert not ContactAddress.objects.exists()
    sink.answers = {}
    send_outcomes()
    assert sink.counts == {ASKED[0]: 1}
    one = OutcomeRound.objects.with_counts().get()
    assert (one.recipients, one.sent, one.left) == (2, 1, 0)


def test_a_new_question_must_say_what_the_address_is_for(login, area_manager, north, west):
    manager = login(area_manager)
    add = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk])
    publish = {"action-publish": "1"}
    for value, message in (
        ({}, "Kies waarvoor u het adres gebruikt."),
        ({"purpose": "benaderen"}, "Schrijf waarover u iemand wilt benaderen."),
    ):
        refused = manager.post(add, survey_form([item("email", "Uw adres?", **value)]) | publish)
        assert message in refused.content.decode().replace("\\u0027", "'")
    theirs = make.SurveyPageFactory(parent=west)
    assert manager.get(reverse("surveys_outcome_mails", args=[theirs.pk])).status_code == 404
