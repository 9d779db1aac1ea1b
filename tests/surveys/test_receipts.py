"""The receipt: a code with which whoever answered changes, withdraws and follows, unnamed."""

import re
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from surveys.models import Answer, ContactAddress, Response, ResponseMark
from surveys.services import submit_response
from tests.factories import pages
from tests.factories import survey_shapes as draw
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers, send, text_of
from tests.surveys.test_question_types import everything

pytestmark = pytest.mark.django_db

LOOK = "/enquetes/ontvangst/"
CHANGE = "/enquetes/ontvangst/veranderen/"
WITHDRAW = "/enquetes/ontvangst/intrekken/"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


def code_after(client, sent) -> str:
    """The code on the page after sending."""
    return re.search(r"data-receipt-code[^>]*>([^<]+)<", client.get(sent.url).content.decode())[1]


def answered(client, survey, **changes) -> str:
    """Send full answers; gives the code."""
    return code_after(client, send(client, survey, full_answers() | changes))


def stored() -> set[tuple]:
    return {
        (row.question_id, row.option_id, row.text, row.number, row.point and row.point.wkt,
         row.approximate)
        for row in Answer.objects.all()
    }  # fmt: skip


class TestTheCode:
    def test_it_is_shown_once_privately_and_kept_nowhere(self, client, survey, kept_pages):
        sent = send(client, survey, full_answers())
        page = client.get(sent.url)
        code = code_after(client, sent)
        assert CODE.fullmatch(code)
        assert f'href="{LOOK}"' in page.content.decode()  # where to use it
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert page["Referrer-Policy"] == "same-origin"
        assert "sessionid" not in page.cookies
        # Not in the address, which stands in logs, and not in the database.
        bare = code.replace("-", "")
        assert bare not in sent.url.upper().replace("-", "")
        for model in (Response, Answer, ResponseMark):
            assert bare not in repr(list(model.objects.values())).upper()
        # The public page that thanks holds no code, for nobody.
        assert "data-receipt" not in client.get(f"{survey.url}bedankt/").content.decode()

    def test_the_same_form_sent_twice_shows_the_same_code(self, survey):
        visitor = Client(enforce_csrf_checks=True)
        form = form_on(visitor.get(survey.url)).fields | full_answers()
        first, second = (code_after(visitor, send(visitor, survey, form)) for _ in range(2))
        assert first == second
        assert Response.objects.count() == 1
        other = form_on(visitor.get(survey.url)).fields | full_answers()
        assert code_after(visitor, send(visitor, survey, other)) != first

    def test_the_address_of_the_code_ends_and_cannot_be_made(self, client, survey, monkeypatch):
        url = send(client, survey, full_answers()).url
        start = url.split("/verstuurd/")[0]
        signer = signing.TimestampSigner(salt="other")
        for forged in (url[:-12] + "AAA/bedankt/", f"{start}/verstuurd/{'A' * 60}/bedankt/",
                       f"{start}/verstuurd/{signer.sign('A' * 38)}/bedankt/"):  # fmt: skip
            assert client.get(forged).status_code == 404, forged
        other = make.SurveyPageFactory(parent=survey.get_parent())
        assert client.get(url.replace(str(survey.pk), str(other.pk), 1)).status_code == 404
        monkeypatch.setattr("surveys.receipts.codes.SHOWN_SECONDS", -1)
        late = client.get(url)
        assert late.status_code == 200
        assert "Uw code staat hier niet meer" in text_of(late)
        assert "data-receipt-code" not in late.content.decode()

    def test_two_responses_never_share_a_receipt(self, survey):
        version = survey.versions.get()
        responses = make.respond(survey, count=2)
        Response.objects.filter(pk=responses[0].pk).update(receipt=responses[0].pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            submit_response(version=version, answers=[], receipt=responses[0].pk)


class TestEntering:
    def test_a_code_typed_in_any_way_shows_what_it_stands_for(
        self, client, survey, django_assert_max_num_queries
    ):
        code = answered(client, survey)
        mangled = [
            code.lower(),
            code.replace("-", " "),
            f"  {code.replace('-', '')}\n",
            code.replace("1", "l").replace("0", "o"),
            code.replace("-", "\u2013"),
        ]
        for typed in mangled:
            page = client.post(LOOK, {"code": typed})
            assert page.status_code == 200, typed
            assert "no-store" in page["Cache-Control"]
        words = text_of(page)
        assert "Wij hebben uw antwoorden" in words
        for said in ("Met de fiets", "Schaduw Water", "Bij de brug"):
            assert said in words
        assert "Dat staat uiterlijk op" in words
        make.respond(survey, count=50)
        with django_assert_max_num_queries(12):
            client.post(LOOK, {"code": code})
        with django_assert_max_num_queries(12):
            client.get(LOOK)

    def test_a_wrong_code_says_so_and_keeps_what_was_typed(self, client, survey):
        code = answered(client, survey)
        last = "0" if code[-1] != "0" else "1"
        for typed, message in (
            (code[:-1] + last, "Deze code kennen wij niet."),
            ("", "Vul de code in die u na het versturen kreeg."),
            ("abc", "Dit is geen code van ons."),
            ("\x00" * 5, "Dit is geen code van ons."),
            ("<script>alert(1)</script>", "Dit is geen code van ons."),
            ("K" * 5000, "Dit is geen code van ons."),
            ("\U0001f600" * 16, "Dit is geen code van ons."),
        ):
            for address in (LOOK, CHANGE, WITHDRAW):
                page = client.post(address, {"code": typed, "zeker": "ja"})
                assert page.status_code == 422, typed
                assert message in text_of(page), typed
                assert "<script>alert" not in page.content.decode()
        assert client.get(CHANGE).url == client.get(WITHDRAW).url == LOOK
        assert Response.objects.count() == 1

    def test_trying_codes_ends_and_others_go_on(self, client, survey):
        code = answered(client, survey)
        for _ in range(60):
            client.post(LOOK, {"code": "0000-0000-0000-0000"})
        late = client.post(LOOK, {"code": code})
        assert late.status_code == 429
        assert "heel veel codes" in text_of(late)
        assert client.post(LOOK, {"code": code}, REMOTE_ADDR="10.1.2.3").status_code == 200

    def test_codes_of_before_a_new_secret_still_work(self, client, survey, settings):
        code = answered(client, survey)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "a-new-secret-" * 5
        assert client.post(LOOK, {"code": code}).status_code == 200
        settings.SECRET_KEY_FALLBACKS = []
        assert client.post(LOOK, {"code": code}).status_code == 422

    def test_the_survey_leads_to_it(self, client, survey):
        assert f'href="{LOOK}"' in client.get(survey.url).content.decode()


class TestChanging:
    def test_every_type_comes_back_as_it_was_given_and_sends_the_same(self, client, north):
        pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
        questions = [*kinds.every_type(), *make.all_questions()]
        survey = make.SurveyPageFactory(parent=north, questions=questions)
        given = everything() | full_answers() | {
            field(make.POINT, "lat"): "", field(make.POINT, "lon"): "",
            field(make.POINT, "plaats"): "badhoevedorp",
        }  # fmt: skip
        for more in ({}, {field(make.POINT, "lat"): "52.34", field(make.POINT, "lon"): "4.8"},
                     {field(make.POINT, "tekst"): ""}):  # fmt: skip
            Response.objects.all().delete()
            code = code_after(client, send(client, survey, given | more))
            before = stored()
            form = client.post(CHANGE, {"code": code})
            assert form.status_code == 200
            assert "U verandert uw antwoorden" in text_of(form)
            fields = form_on(form).fields
            assert field(kinds.EMAIL) not in fields
            done = client.post(CHANGE, fields)
            assert done.status_code == 302, text_of(done)
            assert stored() == before

    def test_other_answers_take_their_place_at_once(
        self, client, survey, django_assert_max_num_queries
    ):
        collector = survey.collectors.create(name="Ondernemers")
        code = answered(client, survey)
        Response.objects.update(
            collector=collector, submitted_on=timezone.localdate() - timedelta(days=3)
        )
        key = Response.objects.get().pk
        fields = form_on(client.post(CHANGE, {"code": code})).fields
        wrong = client.post(CHANGE, fields | {field(make.ONE): ""})
        assert wrong.status_code == 422
        assert "Beantwoord deze vraag." in text_of(wrong)
        again = form_on(wrong).fields | {field(make.ONE): make.BUS, field(make.LONG): ""}
        with django_assert_max_num_queries(12):
            done = client.post(CHANGE, again)
        assert "Uw antwoorden zijn veranderd" in text_of(client.get(done.url))
        response = Response.objects.get()
        assert (response.pk, response.collector) == (key, collector)
        assert response.submitted_on == timezone.localdate() - timedelta(days=3)
        assert Answer.objects.get(question_id=make.ONE).option_id == make.BUS
        assert not Answer.objects.filter(question_id=make.LONG).exists()
        assert client.post(LOOK, {"code": code}).status_code == 200

    def test_it_stays_in_its_version_and_lets_go_of_what_staff_decided(self, client, survey):
        code = answered(client, survey)
        Response.objects.update(verdict=False)
        ResponseMark.objects.create(response=Response.objects.get(), kind="snel")
        assert "tellen niet mee" in text_of(client.post(LOOK, {"code": code}))
        survey.questions = make.many_choices(2)
        survey.save()
        fields = form_on(client.post(CHANGE, {"code": code})).fields
        assert fields["versie"] == ["1"]
        assert client.post(CHANGE, fields | {"versie": "2"}).status_code == 302
        response = Response.objects.get()
        assert response.version.number == 1
        assert response.verdict is None
        assert response.marks.get().kind == "snel"

    def test_not_after_closing_but_for_who_was_busy(self, client, survey):
        code = answered(client, survey)
        fields = form_on(client.post(CHANGE, {"code": code})).fields
        fields |= {field(make.SHORT): "Kerklaan"}
        survey.closes_at = timezone.now() - timedelta(minutes=5)
        survey.save()
        assert client.post(CHANGE, {"code": code}).status_code == 409
        assert client.post(CHANGE, fields).status_code == 302
        survey.closes_at = timezone.now() - timedelta(hours=2)
        survey.save()
        late = client.post(CHANGE, fields | {field(make.SHORT): "Nieuwe Kerklaan"})
        assert late.status_code == 409
        assert "Nieuwe Kerklaan" in text_of(late)
        assert Answer.objects.get(question_id=make.SHORT).text == "Kerklaan"

    def test_what_no_form_can_show_is_not_lost(self, client, north):
        survey = make.SurveyPageFactory(parent=north, questions=[draw.drawing(), kinds.number()])
        code = code_after(client, send(client, survey, {field(kinds.NUMBER): "3"}))
        # An address that was chosen on the map: its spot alone does not lead back to it.
        Answer.objects.create(
            response=Response.objects.get(), question_id=draw.LINES, option_id="place",
            text="Kerklaan 1", point=Point(4.8, 52.34, srid=4326),
        )  # fmt: skip
        for more in ({}, {"versie": "1", field(kinds.NUMBER): "4"}):
            page = client.post(CHANGE, {"code": code} | more)
            assert page.status_code == 409
            assert "Deze antwoorden kunt u hier niet veranderen" in text_of(page)
        assert Answer.objects.get(question_id=kinds.NUMBER).number == 3
        assert Answer.objects.filter(question_id=draw.LINES).exists()

    def test_drawings_and_values_of_a_link_come_back_as_they_were(self, client, north):
        pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
        questions = [*draw.all_drawings(), kinds.hidden(link_name="bron")]
        survey = make.SurveyPageFactory(parent=north, questions=questions)
        given = {
            field(draw.POINTS, "vormen"): draw.sent(([(4.7812346, 52.34)], "Geen lamp")),
            field(draw.POINTS, "plek"): [draw.BRIDGE],
            field(draw.LINES, "vormen"): draw.sent(draw.LINE, (draw.LINE[:2], "Naar school")),
            field(draw.POLYGONS, "vormen"): draw.sent(draw.SQUARE),
            field(draw.POLYGONS, "plaats"): "badhoevedorp",
            field(draw.POLYGONS, "tekst"): "bij het park",
            field(kinds.PASSED_ON): "flyer",
        }
        sent = send(client, survey, given)
        assert sent.status_code == 302
        before = [*stored(), *map(str, Answer.objects.values_list("shape", flat=True))]
        code = code_after(client, sent)
        form = form_on(client.post(CHANGE, {"code": code}))
        assert client.post(CHANGE, form.fields).status_code == 302
        after = [*stored(), *map(str, Answer.objects.values_list("shape", flat=True))]
        assert sorted(map(str, after)) == sorted(map(str, before))


class TestWithdrawing:
    def test_asks_first_and_then_nothing_is_left(self, client, survey):
        make.respond(survey)
        code = answered(client, survey)
        ResponseMark.objects.create(
            response=Response.objects.get(receipt__isnull=False), kind="snel"
        )
        asks = client.post(WITHDRAW, {"code": code})
        assert "Wilt u uw antwoorden intrekken?" in text_of(asks)
        assert Response.objects.count() == 2
        done = client.post(WITHDRAW, {"code": code, "zeker": "ja"})
        assert code not in done.url
        assert "Uw antwoorden zijn ingetrokken" in text_of(client.get(done.url))
        response = Response.objects.get()
        assert response.receipt is None
        assert set(Answer.objects.values_list("response", flat=True)) == {response.pk}
        assert not ResponseMark.objects.exists()
        assert client.post(WITHDRAW, {"code": code, "zeker": "ja"}).status_code == 422

    def test_an_address_left_apart_stays_apart(self, client, north):
        questions = [*kinds.every_type(), *make.all_questions()]
        survey = make.SurveyPageFactory(parent=north, questions=questions)
        pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
        code = code_after(client, send(client, survey, everything() | full_answers()))
        assert "bewoner@example.nl" not in text_of(client.post(LOOK, {"code": code}))
        client.post(WITHDRAW, {"code": code, "zeker": "ja"})
        assert not Response.objects.exists()
        assert ContactAddress.objects.count() == 1

    def test_until_the_outcome_is_there_and_offline_always(self, client, survey):
        code = answered(client, survey)
        survey.closes_at = timezone.now() - timedelta(days=2)
        survey.save()
        assert "Trek uw antwoorden in" in text_of(client.post(LOOK, {"code": code}))
        survey.results_shown = survey.ResultsShown.CLOSED
        survey.save()
        assert "wat uit de enquête kwam staat op de site" in text_of(
            client.post(LOOK, {"code": code})
        )
        assert client.post(WITHDRAW, {"code": code, "zeker": "ja"}).status_code == 409
        survey.results_shown = survey.ResultsShown.NEVER
        survey.save()
        assert "Trek uw antwoorden in" in text_of(client.post(LOOK, {"code": code}))
        survey.outcome, survey.outcome_date = "<p>De brug komt er.</p>", timezone.localdate()
        survey.save()
        told = client.post(LOOK, {"code": code})
        assert "De brug komt er." in text_of(told)
        assert "Trek uw antwoorden in" not in text_of(told)
        assert client.post(WITHDRAW, {"code": code, "zeker": "ja"}).status_code == 409
        assert Response.objects.count() == 1
        survey.unpublish()
        assert client.post(WITHDRAW, {"code": code, "zeker": "ja"}).status_code == 302
        assert not Response.objects.exists()
