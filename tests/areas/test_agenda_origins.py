"""An agenda item says from which survey it comes, what was heard and what is done with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from areas.models import Theme
from tests.factories import pages
from tests.factories import surveys as make
from tests.queries import queries_by_address
from tests.surveys.helpers import text_of

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def items(north):
    agenda = pages.AgendaPageFactory(parent=north)
    return [pages.AgendaItemPageFactory(parent=agenda, title=f"Punt {n}") for n in range(3)]


def theme(items, **value) -> dict:
    value = {
        "heading": "Schaduw", "heard": "<p>Het is te <b>heet</b>.</p>", "status": "deels",
        "why": "<p>Er komen bomen.</p>", "items": [item.pk for item in items],
    } | value  # fmt: skip
    return {"type": "theme", "value": value}


def told(north, *themes, **values):
    return make.SurveyPageFactory(
        parent=north, closed=True, outcome="<p>Ja.</p>", outcome_date=timezone.localdate(),
        outcome_per_theme=list(themes), **values,
    )  # fmt: skip


def test_the_item_tells_what_was_heard_and_leads_back(client, north, items):
    named = Theme.objects.create(name="Verkeer rond de school", slug="verkeer-school")
    survey = told(
        north,
        theme(items[:1]),
        theme(items[:2], heading="", theme=named.pk, status="niet"),
        theme(items[2:], heading=HOSTILE),
        theme([], heading="Iets anders"),
    )
    page = client.get(items[0].url)
    words, html = text_of(page), page.content.decode()
    said = [words.index(part) for part in (
        "Dit hoorden wij van inwoners", "Komt uit: Enquête", survey.title, "Schaduw",
        "Nemen we deels over", "Wat hoorden we?", "heet", "Er komen bomen.",
        named.name, "Nemen we niet over",
    )]  # fmt: skip
    assert said == sorted(said)
    assert f'href="{survey.url}"' in html
    assert "<b>heet</b>" in html
    assert "Iets anders" not in words
    assert "Schaduw" not in text_of(client.get(items[1].url))
    assert named.name in text_of(client.get(items[1].url))
    assert HOSTILE not in client.get(items[2].url).content.decode()

    # What is not over, not public, or not told, is not told here either.
    over, survey.closes_at = survey.closes_at, timezone.now() + timedelta(days=1)
    survey.save()
    assert "Dit hoorden wij" not in text_of(client.get(items[0].url))
    survey.closes_at = over
    survey.save()
    assert "Dit hoorden wij" in text_of(client.get(items[0].url))
    survey.unpublish()
    assert "Dit hoorden wij" not in text_of(client.get(items[0].url))
    survey.live, survey.outcome, survey.outcome_per_theme = True, "", []
    survey.save()
    assert "Dit hoorden wij" not in text_of(client.get(items[0].url))


def test_queries_do_not_grow_with_surveys_and_themes(client, north, items):
    address = items[0].url
    named = [Theme.objects.create(name=f"Thema {n}", slug=f"thema-{n}") for n in range(4)]
    told(north, theme(items, theme=named[0].pk, heading=""))
    few = queries_by_address(client, [address])
    for one in named:
        told(north, *[theme(items, theme=one.pk, heading="") for _ in range(3)])
    assert queries_by_address(client, [address]) == few
    without = queries_by_address(client, [make_alone(items).url])
    assert next(iter(few.values())) <= next(iter(without.values())) + 1


def make_alone(items):
    return pages.AgendaItemPageFactory(parent=items[0].get_parent(), title="Alleen")
