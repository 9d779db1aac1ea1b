"""Odd responses are marked and never dropped; staff decides about them, with a reason on record."""

import base64
import hashlib
import json

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms import moments
from surveys.integrity.services import decide
from surveys.models import Response, ResponseMark, StaffDecision
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, sheets
from tests.surveys.helpers import field, form_on, full_answers, send, text_of
from tests.surveys.test_results import csv_rows, results_url

pytestmark = pytest.mark.django_db
Kind = ResponseMark.Kind


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def visitor():
    """A client that checks CSRF tokens, as the site does for a browser."""
    return Client(enforce_csrf_checks=True)


def marks() -> list[set[str]]:
    """The marks of each response, of those with most first."""
    found = [set(row.marks.values_list("kind", flat=True)) for row in Response.objects.all()]
    return sorted(found, key=lambda kinds: (-len(kinds), sorted(kinds)))


def stamp(seconds_ago: float, monkeypatch) -> str:
    """A signed moment of so long ago."""
    with monkeypatch.context() as patched:
        patched.setattr("time.time", lambda: timezone.now().timestamp() - seconds_ago)
        return moments.stamp()


def solved(client) -> str:
    """The solution of a new puzzle, as the browser's worker finds it."""
    puzzle = client.get(reverse("signal_puzzle")).json()
    number = next(
        number
        for number in range(puzzle["maxNumber"] + 1)
        if hashlib.sha256(f"{puzzle['salt']}{number}".encode()).hexdigest() == puzzle["challenge"]
    )
    kept = {key: puzzle[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(kept | {"number": number}).encode()).decode()


class TestSignals:
    def test_an_honest_answer_bears_no_mark_with_or_without_javascript(
        self, client, survey, monkeypatch
    ):
        quietly = {"begonnen": stamp(60, monkeypatch)}
        send(client, survey, full_answers(), **quietly)
        send(client, survey, full_answers(), **quietly, puzzel=solved(client))
        send(client, survey, full_answers())
        assert marks() == [set(), set(), set()]

    def test_an_impossible_speed(self, visitor, survey, monkeypatch, kept_pages):
        for _ in range(2):  # the second from memory: its moment is its own all the same
            form = form_on(visitor.get(survey.url)).fields
            assert moments.seconds_since(form["begonnen"][0]) < 2
            assert send(visitor, survey, form | full_answers()).status_code == 302
        assert marks() == [{"snel", "zonder"}, {"snel", "zonder"}]
        Response.objects.all().delete()
        # Time goes on over the pages and errors of a form; a made-up moment says nothing.
        form = form_on(visitor.get(survey.url)).fields | full_answers()
        form |= {"begonnen": stamp(300, monkeypatch), field(make.ONE): ""}
        again = form_on(send(visitor, survey, form)).fields
        assert again["begonnen"] == [form["begonnen"]]
        send(visitor, survey, again | {field(make.ONE): make.BUS})
        other = form_on(visitor.get(survey.url)).fields | full_answers()
        send(visitor, survey, other | {"begonnen": "m:1xVAOI:made-up"})
        assert marks() == [set(), set()]

    def test_kept_pages_hold_nobody_elses_moment(self, kept_pages, survey, monkeypatch):
        pages = []
        for later in (0, 500):
            with monkeypatch.context() as patched:
                now = timezone.now().timestamp()
                patched.setattr("time.time", lambda at=now + later: at)
                for encoding in ("", "gzip"):
                    page = Client().get(survey.url, HTTP_ACCEPT_ENCODING=encoding)
                    pages.append(page)
        import gzip

        plain, packed, late, late_packed = pages
        assert packed["Content-Encoding"] == "gzip"
        assert int(late["Age"]) >= 0
        found = []
        for page in (plain, packed, late, late_packed):
            raw = page.content
            html = gzip.decompress(raw) if page.get("Content-Encoding") == "gzip" else raw
            assert html.rstrip().endswith(b"</html>")
            assert html.count(b'name="begonnen"') == 1
            stamped = html.split(b'name="begonnen" value="')[1].split(b'"')[0].decode()
            found.append(moments.seconds_since(stamped))
        assert found[0] >= found[2]

    def test_one_form_for_other_answers(self, visitor, survey, monkeypatch):
        form = form_on(visitor.get(survey.url)).fields | full_answers()
        form["begonnen"] = stamp(60, monkeypatch)
        for _ in range(2):  # the same again counts once and is not odd
            send(visitor, survey, form)
        assert marks() == [set()]
        send(visitor, survey, form | {field(make.ONE): make.BUS})
        assert marks() == [{"formulier", "zonder"}, set()]

    def test_the_same_long_words_many_times_in_a_short_while(self, client, survey, north):
        words = full_answers() | {field(make.LONG): "Deze tekst schreef iemand voor velen."}
        for _ in range(5):
            send(client, survey, words)
        assert marks() == [{"golf", "zonder"}] * 2 + [set()] * 3
        short = make.SurveyPageFactory(parent=north, questions=make.many_choices(2))
        for _ in range(30):  # in a hall, many people who choose among little agree
            send(client, short, {field(row["id"]): "ja" for row in short.questions.raw_data})
        assert ResponseMark.objects.filter(response__version__survey=short).count() == 0

    def test_the_trap_refuses_once_and_marks_the_second_time(self, client, survey, monkeypatch):
        given = full_answers() | {"begonnen": stamp(60, monkeypatch), "leeg-laten": "x"}
        first = send(client, survey, given)
        assert first.status_code == 422
        assert "Maak het vak ‘Laat dit vak leeg’ onderaan leeg" in text_of(first)
        fields = form_on(first).fields
        assert send(client, survey, fields | {"leeg-laten": ""}).status_code == 302
        assert marks() == [set()]
        other = fields | {"csrfmiddlewaretoken": ""}
        assert send(client, survey, other).status_code == 302
        assert marks() == [{"val", "zonder"}, set()]

    def test_a_false_or_used_solution(self, client, survey, monkeypatch):
        good = solved(client)
        for puzzle in (good, good, base64.b64encode(b'{"number": 3}').decode(), "%%%"):
            send(client, survey, {field(make.ONE): make.BIKE}, puzzel=puzzle)
        assert marks() == [{"puzzel"}] * 3 + [set()]

    def test_very_many_from_one_network_are_marked_long_before_any_waits(
        self, client, survey, settings
    ):
        settings.SURVEY_MARK_PER_ADDRESS, settings.SURVEY_RESPONSES_PER_ADDRESS = 2, 4
        codes = [send(client, survey, {field(make.ONE): make.BIKE}).status_code for _ in range(5)]
        assert codes == [302] * 4 + [429]
        assert marks() == [{"netwerk", "zonder"}] * 2 + [set()] * 2

    def test_nothing_of_it_is_kept_and_a_mark_costs_one_query(
        self, client, survey, django_assert_max_num_queries, monkeypatch
    ):
        fast = {"begonnen": moments.stamp()}
        for queries in (20, 6):
            with django_assert_max_num_queries(queries):
                send(client, survey, {field(make.ONE): make.BIKE}, **fast)
        assert {f.name for f in ResponseMark._meta.concrete_fields} == {"response", "kind"}
        cache.clear()
        assert marks() == [{"snel", "zonder"}] * 2

    def test_a_broken_cache_refuses_nobody(self, client, survey, monkeypatch):
        def broken(*args, **kwargs):
            raise ConnectionRefusedError

        for name in ("add", "incr", "get", "get_or_set"):
            monkeypatch.setattr(cache, name, broken)
        assert send(client, survey, full_answers()).status_code == 302


class TestStaff:
    def url(self, survey, kind: str = "") -> str:
        return reverse("surveys_marked", args=[survey.pk]) + (f"?kenmerk={kind}" if kind else "")

    def marked(self, survey, count: int, *kinds: str) -> list[Response]:
        responses = make.respond(survey, count=count)
        ResponseMark.objects.bulk_create(
            ResponseMark(response=response, kind=kind) for response in responses for kind in kinds
        )
        return responses

    def test_the_results_lead_to_what_is_marked(self, manager, survey):
        make.respond(survey, count=3)
        assert "gemarkeerd" not in text_of(manager.get(results_url(survey)))
        self.marked(survey, 2, "snel")
        assert "2 van 5 zijn gemarkeerd" in text_of(manager.get(results_url(survey)))
        page = manager.get(self.url(survey))
        words = text_of(page)
        assert "Onmogelijk snel ingevuld" in words
        assert "2 nog te besluiten" in words
        for said in ("Met de fiets", "Bij de brug"):
            assert said in words

    def test_a_decision_takes_a_reason_and_stays_on_record(self, manager, survey, area_manager):
        one, other = self.marked(survey, 2, "snel", "golf")
        url = self.url(survey, "snel")
        given = {"kenmerk": "snel", "welke": "gekozen", "inzending": [str(one.pk)]}
        for wrong, message in (
            ({"besluit": "nee", "reden": "  "}, "Schrijf waarom."),
            ({"reden": "Bot"}, "Kies of deze inzendingen meetellen."),
            ({"besluit": "nee", "reden": "Bot", "inzending": []}, "Vink ten minste één inzending"),
            ({"besluit": "nee", "reden": "x" * 1001}, "De reden is te lang."),
        ):
            page = manager.post(url, given | wrong)
            assert page.status_code == 422
            assert message in text_of(page)
        assert not StaffDecision.objects.exists()
        reason = "<b>Zelfde seconde</b> als de vorige."
        assert manager.post(url, given | {"besluit": "nee", "reden": reason}).status_code == 302
        page = manager.get(url)
        assert "<b>Zelfde" not in page.content.decode()
        assert "Besloten: telt niet mee" in text_of(page)
        one.refresh_from_db(), other.refresh_from_db()
        assert (one.verdict, other.verdict) == (False, None)
        # All others at once, and back again: each is a line on the list.
        manager.post(url, given | {"welke": "alle", "besluit": "nee", "reden": "Alle gelijk"})
        manager.post(url, given | {"besluit": "ja", "reden": "Was een schoolklas"})
        log = StaffDecision.objects.order_by("made_at").values_list("counts", "reason", "number")
        assert list(log) == [
            (False, reason, 1), (False, "Alle gelijk", 1), (True, "Was een schoolklas", 1),
        ]  # fmt: skip
        one.refresh_from_db()
        assert one.verdict is True
        decision = StaffDecision.objects.first()
        with pytest.raises(TypeError):
            decision.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            StaffDecision.objects.update(reason="Anders")
        area_manager.delete()
        assert (
            "Iemand die geen account meer heeft" in text_of(Client().get(url, follow=True))
            or StaffDecision.objects.filter(user=None).count() == 3
        )

    def test_counted_with_and_without_marked_ones(self, survey, area_manager):
        make.respond(survey, count=3)
        undecided = self.marked(survey, 2, "snel", "golf")
        good, bad = self.marked(survey, 1, "snel"), self.marked(survey, 1, "golf")
        for responses, kind, counts in ((good, "snel", True), (bad, "golf", False)):
            decide(
                survey=survey, user=area_manager, kind=kind, counts=counts, reason="Omdat",
                response_ids=[row.pk for row in responses],
            )  # fmt: skip
        of = Response.objects.of(survey)
        assert of.counted().count() == 6
        assert of.counted(with_marked=False).count() == 4
        assert not of.counted(with_marked=False).filter(pk__in=[r.pk for r in undecided]).exists()

    def test_only_who_may_edit_decides_and_only_about_marked_ones_of_this_survey(
        self, manager, client, survey, west
    ):
        foreign = make.SurveyPageFactory(parent=west)
        (theirs,) = self.marked(foreign, 1, "snel")
        (plain,) = make.respond(survey)
        self.marked(survey, 1, "snel")
        assert manager.get(self.url(foreign)).status_code == 404
        assert client.get(self.url(survey)).status_code == 302
        for pk in (theirs.pk, plain.pk, "no-key"):
            given = {"kenmerk": "snel", "welke": "gekozen", "inzending": [str(pk)],
                     "besluit": "nee", "reden": "Zomaar"}  # fmt: skip
            assert manager.post(self.url(survey, "snel"), given).status_code == 422
        assert manager.post(self.url(survey), {"kenmerk": "x\x00", "welke": "'"}).status_code == 422
        assert not Response.objects.filter(verdict=False).exists()
        assert manager.get(self.url(survey) + "?kenmerk='&p=-1").status_code == 200

    def test_queries_do_not_grow(self, manager, survey, django_assert_max_num_queries):
        self.marked(survey, 1, "snel")
        manager.get(self.url(survey))
        with django_assert_max_num_queries(30) as few:
            manager.get(self.url(survey))
        count = len(few)
        self.marked(survey, 30, "snel", "golf")
        with django_assert_max_num_queries(count):
            manager.get(self.url(survey))

    def test_files_say_what_is_odd_and_open_data_leave_out_what_does_not_count(
        self, manager, survey, area_manager
    ):
        make.respond(survey, count=5)
        before = csv_rows(manager, survey)
        self.marked(survey, 1, "snel")
        self.marked(survey, 6, "golf", "zonder")
        decide(survey=survey, user=area_manager, kind="golf", counts=False, reason="Robot")
        after = csv_rows(manager, survey)
        assert set(after[0]) == {*before[0], "Telt mee", "Kenmerken"}
        place = after[0].index("Telt mee")
        ends = sorted(tuple(row[place : place + 2]) for row in after[1:])
        odd = (
            "Bovendien: zonder controle van de browser; Heel vaak dezelfde antwoorden in korte tijd"
        )
        assert ends == [("0", odd)] * 6 + [("1", "")] * 5 + [("1", "Onmogelijk snel ingevuld")]
        assert "Kenmerken" in {row[1] for row in sheets(manager, survey)["Codeboek"]}
        for format_name in ("sav", "gpkg", "json"):
            assert fetched(manager, survey, format_name)
        open_data = fetched(manager, survey, "csv", "open-data").decode()
        assert "Kenmerken" not in open_data
        assert len(open_data.strip().splitlines()) == 7
