"""One code a person: made, printed, typed, used once, and tied to nothing."""

import csv
import io
import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from surveys.collecting import codes, letters
from surveys.collecting.services import (
    TooFewError,
    TooManyError,
    make_codes,
    withdraw_codes,
)
from surveys.models import AccessCode, CodeBatch, Response
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, text_of
from tests.surveys.test_collectors import address, collector_of, filled, submit

pytestmark = pytest.mark.django_db
SECRET = "0f" * 32


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north)


@pytest.fixture
def collector(survey):
    return collector_of(survey, access="code")


@pytest.fixture
def made(collector):
    """Eight codes as they are printed."""
    make_codes(collector=collector, secret=SECRET, count=8)
    return letters.batch_codes(SECRET, 8)


def test_a_code_counts_once_and_leaves_nothing(
    client, survey, collector, made, django_assert_max_num_queries
):
    asks = client.get(address(collector))
    assert "Uw code" in text_of(asks)
    assert "De vragen" not in text_of(asks)
    sloppy = f" {made[0].lower().replace('-', ' ')} "
    with django_assert_max_num_queries(12):
        page = client.post(address(collector), {"toegang": sloppy})
    assert page.status_code == 200
    answers = filled(page)
    assert answers["toegang"] == [made[0]]
    wrong = submit(client, survey, answers | {field(make.SCALE): "99"})
    assert wrong.status_code == 422
    assert AccessCode.objects.count() == 8
    with django_assert_max_num_queries(10):
        assert submit(client, survey, answers).url.endswith("/bedankt/")
    assert AccessCode.objects.count() == 7
    # The same form once more: it counted, so thanks.
    assert submit(client, survey, answers).url.endswith("/bedankt/")
    # Other answers with the same code: refused, and nothing of them is lost.
    second = submit(client, survey, answers | {field(make.LONG): "Nog een mening"})
    assert second.status_code == 422
    assert "Met deze code is al geantwoord" in text_of(second)
    assert "Nog een mening" in second.content.decode()
    again = form_on(second).fields
    assert Response.objects.count() == 1
    # Another code in the field that is there now.
    assert submit(client, survey, again | {"toegang": made[1]}).status_code == 302
    assert Response.objects.filter(collector=collector).count() == 2
    gone = client.get(address(collector), {"toegang": made[0]})
    assert gone.status_code == 422
    assert "is al geantwoord" in text_of(gone)
    assert client.get(address(collector), {"toegang": made[2]}).status_code == 200
    assert AccessCode.objects.count() == 6  # looking uses nothing up


def test_nothing_in_the_database_leads_from_a_code_to_an_answer(client, survey, collector, made):
    page = client.get(address(collector), {"toegang": made[3]})
    kept = submit(client, survey, filled(page), stap="bewaar")
    assert f"toegang={made[3]}" in kept.url
    columns = "pk", "version_id", "submitted_on", "collector_id", "source"
    submit(client, survey, filled(page))
    assert Response.objects.values_list(*columns).count() == 1
    stored = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("surveys_"):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our own
                stored += [str(row) for row in cursor.fetchall()]
    whole = "\n".join(stored)
    for code in made:
        assert code not in whole
        assert code.replace("-", "") not in whole
    assert codes.digest_of(made[3].replace("-", "")) not in whole
    assert codes.digest_of(made[4].replace("-", "")) in whole


def test_typing_errors_are_told_and_guessing_is_stopped(client, survey, collector, made):
    for text in ("", "AAAA", made[0][:-1], made[0] + "3", made[0].replace("-", "/"), "\x00",
                 "C" * 500, "<script>"):  # fmt: skip
        page = client.post(address(collector), {"toegang": text})
        assert page.status_code == 422, text
        assert "<script>" not in page.content.decode()
    plain = made[0].replace("-", "")
    for place in range(len(plain) - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        assert codes.is_whole(swapped) == (swapped == plain)
        other = codes.LETTERS[(codes.LETTERS.index(plain[place]) + 7) % len(codes.LETTERS)]
        assert not codes.is_whole(plain[:place] + other + plain[place + 1 :])
    unknown = letters.batch_codes("ab" * 32, 25)
    statuses = [client.post(address(collector), {"toegang": code}).status_code for code in unknown]
    assert statuses == [422] * 20 + [429] * 5
    assert client.post(address(collector), {"toegang": made[0]}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(address(collector), {"toegang": made[0]}).status_code == 200
    # A code of another collector opens nothing here.
    other = collector_of(survey, name="Panel", access="code")
    assert elsewhere.post(address(other), {"toegang": made[0]}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_code(survey, collector, made):
    def prepare(words):
        client = Client()
        page = client.get(address(collector), {"toegang": made[0]})
        return client, filled(page) | {field(make.LONG): words}

    ready = [prepare(f"Mening {number}") for number in range(4)]
    barrier, replies = threading.Barrier(len(ready)), []

    def go(client, answers):
        barrier.wait()
        replies.append(submit(client, survey, answers))
        connections.close_all()

    threads = [threading.Thread(target=go, args=one) for one in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reply.status_code for reply in replies) == [302, 422, 422, 422]
    for reply in replies:
        if reply.status_code == 422:
            assert "is al geantwoord" in text_of(reply)
            assert "Mening" in reply.content.decode()
    assert Response.objects.count() == 1
    assert AccessCode.objects.count() == 7


def test_editor_makes_prints_and_withdraws_codes(
    login, area_manager, survey, collector, django_assert_max_num_queries
):
    manager = login(area_manager)
    here = reverse("surveys_collector_codes", args=[survey.pk, collector.pk])
    page = manager.get(here)
    secret = form_on(page).fields["secret"][0]
    few = manager.post(here, {"secret": secret, "count": "3"})
    assert few.status_code == 422
    assert "ten minste 5" in text_of(few)
    assert 'value="3"' in few.content.decode()
    assert manager.post(here, {"secret": secret, "count": "5001"}).status_code == 422
    assert manager.post(here, {"secret": secret, "count": "veel"}).status_code == 422
    ready = manager.post(here, {"secret": secret, "count": "300"})
    assert "300 codes zijn klaar" in text_of(ready)
    assert "Brieven 201 tot en met 300" in text_of(ready)
    assert "no-store" in ready["Cache-Control"]
    manager.post(here, {"secret": secret, "count": "300"})  # reloading the page
    assert (CodeBatch.objects.count(), AccessCode.objects.count()) == (1, 300)

    download = [survey.pk, collector.pk, "csv"]
    table = manager.post(reverse("surveys_code_letters", args=download), {"secret": secret})
    rows = list(csv.reader(io.StringIO(b"".join(table).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 301
    assert len({row[1] for row in rows}) == 301
    assert Client().get(rows[1][2]).status_code == 200
    assert rows[1][1] in rows[1][2]
    download[2] = "pdf"
    pdf = manager.post(
        reverse("surveys_code_letters", args=download), {"secret": secret, "van": "298"}
    )
    reader = PdfReader(io.BytesIO(pdf.content))
    assert len(reader.pages) == 3
    words = reader.pages[0].extract_text()
    assert rows[298][1] in words
    assert survey.title in words.replace("\n", " ")
    assert "/enquetes/via/" in words
    assert b"pdfuaid" in pdf.content or reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"QR-code die de enquête opent met uw code {rows[298][1]}" in _alternatives(reader)

    lost = manager.post(reverse("surveys_code_letters", args=download), {"secret": "weg"})
    assert lost.status_code == 302
    with django_assert_max_num_queries(30):
        listed = manager.get(here)
    assert "300" in text_of(listed)
    batch = CodeBatch.objects.get()
    manager.post(here, {"intrekken": str(batch.pk)})
    assert not AccessCode.objects.exists()
    for bad in ("x", "9" * 30):
        assert manager.post(here, {"intrekken": bad}).status_code == 404
    sample = manager.get(reverse("surveys_sample_letter", args=[survey.pk, collector.pk]))
    assert sample.content[:5] == b"%PDF-"


def _alternatives(reader) -> set[str]:
    """Text alternatives in the structure of a PDF."""
    found, todo, seen = set(), [reader.trailer["/Root"]["/StructTreeRoot"]], set()
    while todo:
        node = todo.pop().get_object()
        if not hasattr(node, "get") or id(node) in seen:
            continue
        seen.add(id(node))
        if "/Alt" in node:
            found.add(str(node["/Alt"]))
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        todo += [kid for kid in kids if not isinstance(kid, int)]
    return found


def test_numbers_of_codes_have_limits(collector):
    for number, error in ((4, TooFewError), (5_001, TooManyError)):
        with pytest.raises(error), transaction.atomic():
            make_codes(collector=collector, secret=SECRET, count=number)
    batch = make_codes(collector=collector, secret=SECRET, count=5)
    make_codes(collector=collector, secret="1e" * 32, count=1)  # one more, for a lost letter
    assert withdraw_codes(batch=batch) == 5
    assert AccessCode.objects.count() == 1
