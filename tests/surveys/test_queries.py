"""Every public page of a survey takes few queries, whatever is asked and however it is reached."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from surveys.collecting import codes
from surveys.collecting.services import make_codes, save_collector
from surveys.models import Collector, Response, SurveyPage
from surveys.steps import KEEP
from tests.factories import survey_shapes as draw
from tests.factories import survey_whole
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, full_answers, text_of
from tests.surveys.test_question_types import everything

pytestmark = pytest.mark.django_db
OF_A_PAGE, OF_A_SUBMIT = 12, 10
DRAWN = {
    field(draw.POINTS, "plek"): [draw.FIELD, draw.BRIDGE],
    field(draw.LINES, "vormen"): draw.sent((draw.LINE, "Donker"), draw.LINE[:2]),
    field(draw.POLYGONS, "vormen"): draw.sent(draw.SQUARE),
}


def test_pages_and_sending_take_few_queries_whatever_is_asked(north, settings):
    survey = make.SurveyPageFactory(parent=north, questions=survey_whole.whole())
    # On a slow machine a second goes by between two steps, and the page cache looks again.
    settings.PAGE_CACHE_CHECK_SECONDS = 60
    over = []

    def visit(name, address, data=None, limit=OF_A_PAGE):
        with CaptureQueriesContext(connection) as queries:
            response = Client().get(address) if data is None else Client().post(address, data)
        assert response.status_code in (200, 302, 409), name
        if len(queries) > limit:
            over.append((name, len(queries)))
        return response

    address_of_submit = reverse("survey_submit", args=[survey.pk])

    def send(name, data, address=address_of_submit, limit=OF_A_SUBMIT):
        # As it is for real: where the municipality lies is read once for many who answer.
        settings.PAGE_CACHE_ENABLED = True
        try:
            return visit(name, address, data, limit)
        finally:
            settings.PAGE_CACHE_ENABLED = False

    Client().get(survey.url)  # makes the renditions of the pictures and the settings of the site
    form = form_on(visit("the survey", survey.url))
    visit("a link with a value", f"{survey.url}?bron=flyer")
    visit("in English", f"/en{survey.url}")
    given = full_answers() | everything() | DRAWN
    send("the first of many", form.fields | given | {"stap": "verder"}, limit=OF_A_PAGE + 2)
    second = send("page 2", form.fields | given | {"stap": "verder"})
    assert "Wat nog meer?" in text_of(second)
    kept = send("keep", form.fields | given | {"stap": KEEP})
    visit("a private link", kept.url.partition("#")[0])
    thanks = visit("thanks", send("send", form_on(second).fields).url)
    code = re.search(r"data-receipt-code[^>]*>([^<]+)<", thanks.content.decode())[1]

    visit("a receipt asks for its code", reverse("survey_receipt"))
    visit("a receipt", reverse("survey_receipt"), {"code": code})
    change = reverse("survey_receipt_change")
    filled = form_on(visit("to change", change, {"code": code})).fields
    last = form_on(send("page 2 of a change", filled, change)).fields
    # One more than to send it: which files it has is read once more, under a lock.
    changed = send("change", last, change, limit=OF_A_SUBMIT + 1)
    assert changed.url.endswith("/veranderd/")

    for access, secret in (("open", ""), ("wachtwoord", "zeg-het-niet"), ("code", "")):
        made = Collector(survey=survey, name=access, kind="ondernemers", access=access)
        collector = save_collector(collector=made, password=secret)
        address, key = reverse("survey_via", args=[collector.key]), None
        if access != "open":
            visit(f"asks for a {access}", address)
            key = {"wachtwoord": secret}
        if access == "code":
            batch = codes.new_secret()
            make_codes(collector=collector, secret=batch, count=20)
            key = {"toegang": next(codes.codes_of(batch, 20))}
        page = visit(f"along a link: {access}", address, key)
        on = form_on(page).fields | given | {"stap": "verder"}
        second = send(f"page 2 along: {access}", on, limit=OF_A_PAGE)
        assert send(f"send: {access}", form_on(second).fields).status_code == 302
    assert Response.objects.count() == 4

    SurveyPage.objects.filter(pk=survey.pk).update(closes_at=timezone.now() - timedelta(days=3))
    visit("closed", survey.url)
    late = visit("too late", address_of_submit, form_on(second).fields)
    assert late.status_code == 409
    assert not over
