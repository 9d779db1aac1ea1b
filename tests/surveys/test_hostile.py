"""A thousand hostile ways to send answers and codes: never an error of ours, nothing wrong kept."""

import itertools
from datetime import timedelta

import pytest
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.utils import timezone

from surveys.models import Answer, ContactAddress, Draft, Response
from tests.factories import pages
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers
from tests.surveys.test_question_types import everything

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
VALUES = [
    "", " ", "0", "-1", "2", "99999999999999999999", "1e999", "nan", "٣", "1; DROP TABLE x",
    "' OR '1'='1", '"><img src=x onerror=alert(1)>', SCRIPT, "{{ 7*7 }}", "%00", "\x00", "a\x00b",
    "\r\n\r\nSet-Cookie: a=b", "../../etc/passwd", "\u202e\u2066txt", "\ufeff", "e\u0301" * 50,
    "Z\u0351\u036b" * 60, "\U0001f468\u200d\U0001f469" * 20, "\U000e0041" * 30, "x" * 6000,
    b"\xed\xa0\x80\xff", "=cmd|' /C calc'!A0", "on", "true", "null",
    "[]", '{"$gt": ""}', "other", "none", "NaN,5",
]  # fmt: skip
CONTROLS = [
    "versie", "pagina", "stap", "bewaard", "gezien", "begonnen", "puzzel", "leeg-gemeld",
    "leeg-laten", "code", "csrfmiddlewaretoken", "verdict", "receipt", "collector", "source",
]  # fmt: skip
BODIES = [
    ("application/json", b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}"),
    ("application/json", b"\xff\xfe{"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
    ("multipart/form-data; boundary=" + "x" * 500, b"--x--"),
    ("application/x-www-form-urlencoded", b"%ff%fe=%c3%28&=&&&=%zz&" + b"a=1&" * 500),
    ("application/x-www-form-urlencoded", b"a=1&" * 20_000),
    ("application/x-www-form-urlencoded; charset=utf-7", b"versie=+ADw-"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"versie=1"),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("", b"\x00" * 1000),
]
TAILS = [
    "verstuurd/{t}/bedankt/", "verder/{t}/", "ontvangst/{t}/", "antwoorden/{t}", "{t}/", "?{t}",
]  # fmt: skip
LOOK, CHANGE, WITHDRAW = (f"/enquetes/ontvangst/{end}" for end in ("", "veranderen/", "intrekken/"))


@pytest.fixture
def frameless(settings, monkeypatch):
    """Gives a function that takes templates away, ours or only the frame of the site.

    Drawing pages would take nine tenths of the time. The tests' own bookkeeping of templates goes
    too.
    """
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    blocks = ("extra_css", "title", "content", "extra_js")
    frame = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in blocks)

    def without(**empty):
        bare = dict(settings.TEMPLATES[0], APP_DIRS=False)
        own = {"base.html": frame} | {f"surveys/{name}.html": "" for name in empty}
        loaders = [
            ("django.template.loaders.locmem.Loader", own),
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ]
        bare["OPTIONS"] = bare["OPTIONS"] | {
            "loaders": [("django.template.loaders.cached.Loader", loaders)]
        }
        settings.TEMPLATES = [bare, *settings.TEMPLATES[1:]]

    return without


def test_a_thousand_hostile_ways(north, frameless, settings):
    settings.SURVEY_RESPONSES_PER_ADDRESS = 100_000
    pages.PlaceFactory(name="Badhoevedorp", slug="badhoevedorp")
    many = [*make.all_questions(), *kinds.every_type()]
    survey = make.SurveyPageFactory(parent=north, questions=many)
    foreign = make.SurveyPageFactory(parent=north, questions=make.many_choices(2))
    closed = make.SurveyPageFactory(
        parent=north, closes_at=timezone.now() - timedelta(days=2), questions=make.many_choices(1)
    )
    (others,) = make.respond(foreign, **{make.many_choices(1)[0]["id"]: {"option_id": "ja"}})
    good = full_answers() | everything()
    client = Client()
    submit = f"/enquetes/{survey.pk}/antwoorden/"
    turn = itertools.count()

    def post(address, data, **extra):
        number = next(turn)
        extra |= {"REMOTE_ADDR": f"10.{number >> 8}.{number & 255}.1"}
        response = client.post(address, data, **extra)
        assert response.status_code < 500, (address, data)
        body = response.content.decode()
        assert SCRIPT not in body, (address, data)
        assert "onerror=alert(1)>" not in body, (address, data)
        return response

    frameless()
    page = post(submit, good)
    code = client.get(page.url).content.decode().split("data-receipt-code")[1]
    code = code.split(">")[1].split("<")[0]
    change = form_on(client.post(CHANGE, {"code": code})).fields
    before = Response.objects.get(version__survey=survey)
    known = sorted(name for name in good if name.startswith("v-"))

    # With everything drawn: each value in all fields at once.
    for value in VALUES:
        everywhere = dict.fromkeys([*known, "leeg-laten", "begonnen", "puzzel", "bewaard"], value)
        post(submit, everywhere | {"versie": "1"})
        post(CHANGE, everywhere | {"code": code, "versie": "1"})
        assert post(LOOK, {"code": value, "zeker": "ja"}).status_code == 422

    # Without: each value in each field of its own, and in what people never see.
    frameless(survey_page=True, **{"receipts/enter": True, "receipts/receipt": True})
    small = make.SurveyPageFactory(parent=north)
    few, submit = full_answers(), f"/enquetes/{small.pk}/antwoorden/"
    strange = ["v-", "v-\x00", "__proto__", field(make.many_choices(1)[0]["id"])]
    for name, value in itertools.product([*few, *strange[:2], *CONTROLS], VALUES):
        post(submit, few | {name: value})
    for value in VALUES:
        post(WITHDRAW, {"code": code, "zeker": value})
        post(CHANGE, change | {CONTROLS[len(value) % 6]: value})
        post(submit, few | {name: [value, value, "x"] for name in few})
        post(f"/enquetes/{closed.pk}/antwoorden/", {strange[3]: value, "versie": "1"})
        post(f"/enquetes/{foreign.pk}/antwoorden/", good | {"versie": value, "code": code})
    for (kind, body), address in itertools.product(BODIES, (submit, LOOK, CHANGE, WITHDRAW)):
        response = client.generic("POST", address, body, content_type=kind)
        assert response.status_code in (400, 409, 415, 422, 429), (kind, address)
    for value, tail in itertools.product(VALUES[10:24], TAILS):
        text = value if isinstance(value, str) else "%ED%A0%80"
        path = f"/enquetes/{survey.pk}/" + tail.replace("{t}", text)
        assert client.get(path).status_code in (200, 301, 302, 404, 410), path
    assert next(turn) > 1000

    # What was stored is what the questions allow, and nobody else's answers changed.
    labels = {question.id: question for question in survey.asked}
    rows = {row.id: question for question in survey.asked for row in question.rows}
    received = Response.objects.filter(version__survey__in=[survey, small])
    for answer in Answer.objects.filter(response__in=received):
        question = labels.get(answer.question_id) or rows[answer.question_id]
        assert not answer.option_id or answer.option_id in question.option_labels
        assert "\x00" not in answer.text
        assert len(answer.text) <= max(300, question.max_length or 0)
        assert answer.number is None or -1 < answer.number <= 30
    assert not received.filter(answers__isnull=True).exists()
    assert not received.exclude(collector=None, source="site", verdict=None).exists()
    assert not received.filter(receipt=None).exists()
    assert received.filter(pk=before.pk).exists()
    assert Response.objects.filter(version__survey=closed).count() == 0
    assert list(others.answers.values_list("option_id", flat=True)) == ["ja"]
    assert not ContactAddress.objects.exclude(email__contains="@").exists()
    assert not Draft.objects.filter(data__contains="csrfmiddlewaretoken").exists()
