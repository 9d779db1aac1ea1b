"""Answers in a random order, and values that come along with a link."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Answer, Response
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, sheets
from tests.surveys.helpers import field, form_on, text_of

pytestmark = pytest.mark.django_db
SOURCE = "00000000-0000-4000-8000-000000000301"


def page(key="p-2") -> dict:
    return {"type": "page", "id": key, "value": {"label": "Nog iets"}}


def words(question_id=make.SHORT, **value) -> dict:
    return make.question("short_text", question_id, "Wat ziet u?", max_length=40, **value)


def source(*values: str, **extra) -> dict:
    options = [{"type": "item", "id": f"w-{value}", "value": value} for value in values]
    value = {"label": "Hoe u bij ons kwam", "link_name": "bron", "options": options} | extra
    return {"type": "hidden", "id": SOURCE, "value": value}


def send(client, form, **changes):
    return client.post(form.action, {**form.fields, **changes})


def is_private(response) -> bool:
    """Whether a page is kept for nobody else."""
    return "no-store" in response.get("Cache-Control", "")


def order_of(response, question_id: str) -> list[str]:
    """Ids of the answers to a question in the order of the page."""
    html = response.content.decode()
    return re.findall(rf'name="v-{question_id}"[^>]*value="([^"]+)"', html) or list(
        dict.fromkeys(re.findall(rf'name="v-{question_id}-([^"]+)"', html))
    )


def test_every_visitor_has_an_order_of_their_own_that_stays(client, north, kept_pages):
    many = make.options(**{f"o_{number}": f"Plan {number}" for number in range(12)})
    choice = make.question(
        "several_choices", make.SEVERAL, "Welke?", options=many, other="Anders", none="Geen",
        max_choices=3, shuffle=True,
    )  # fmt: skip
    later = [kinds.matrix(shuffle=True), words(required=True)]
    items = [choice, kinds.ranking(shuffle=True), page(), *later]
    survey = make.SurveyPageFactory(parent=north, questions=items)
    first = client.get(survey.url)
    order = order_of(first, make.SEVERAL)
    assert order[-2:] == ["other", "none"]
    assert sorted(order[:-2]) == sorted(option["id"] for option in many)
    assert order_of(Client().get(survey.url), make.SEVERAL) == order  # one page for everybody
    form = form_on(first)
    orders, places, lines = set(), set(), set()
    for number in range(12):
        seed = f"{number:08x}"
        second = send(client, form, volgorde=seed, stap="verder", **{field(make.SEVERAL): "o-3"})
        assert form_on(second).fields["volgorde"] == [seed]
        wrong = send(client, form_on(second), stap="verstuur")
        assert wrong.status_code == 422
        assert order_of(wrong, kinds.MATRIX) == order_of(second, kinds.MATRIX)
        back = send(client, form_on(wrong), stap="terug")
        orders.add(tuple(order_of(back, make.SEVERAL)))
        places.add(tuple(order_of(back, kinds.RANKING)))
        lines.add(tuple(order_of(second, kinds.MATRIX)))
        assert 'value="o-3" id' in back.content.decode()
    assert len(orders) > 6
    assert len(places) > 2
    assert len(lines) == 2
    kept = send(client, form, volgorde="0000000a", stap="bewaar", **{field(make.SEVERAL): "o-3"})
    later = client.get(kept.url.partition("#")[0])
    assert form_on(later).fields["volgorde"] == ["0000000a"]
    assert tuple(order_of(later, make.SEVERAL)) in orders
    for odd in ("", "<b>", "0" * 500):
        shown = send(client, form, volgorde=odd, stap="verder")
        assert re.fullmatch("[0-9a-f]{8}", form_on(shown).fields["volgorde"][0])


def test_the_order_changes_nothing_in_results_and_files(client, north, login, area_manager):
    survey = make.SurveyPageFactory(parent=north, questions=[kinds.with_other(shuffle=True)])
    plain = make.SurveyPageFactory(parent=north, questions=[kinds.with_other()])
    version = survey.versions.get().definition["questions"][0]
    assert version["settings"] == {"shuffle": True}
    assert "settings" not in plain.versions.get().definition["questions"][0]
    for one in (survey, plain):
        send(client, form_on(client.get(one.url)), **{field(kinds.OTHER): "o-bus"})
    manager = login(area_manager)
    assert fetched(manager, survey, "csv") == fetched(manager, plain, "csv")


def test_a_link_fills_in_what_fits(client, north, kept_pages, django_assert_max_num_queries):
    questions = [
        kinds.with_other(link_name="vervoer"),
        kinds.several(link_name="mist", min_choices=None),
        page(),
        kinds.number(link_name="meters"),
        kinds.nps(link_name="cijfer"),
        kinds.date(link_name="dag"),
        kinds.postcode(link_name="postcode"),
        words(link_name="straat"),
    ]
    survey = make.SurveyPageFactory(parent=north, questions=questions)
    link = (
        f"{survey.url}?vervoer=met-de-fiets&mist=bomen&mist=o-water&meters=12,5&cijfer=9"
        "&dag=2026-05-04&postcode=2132&straat=%3Cb%3EKade"
    )
    client.get(survey.url)
    with django_assert_max_num_queries(12):
        first = client.get(link)
    assert is_private(first)
    form = form_on(first)
    assert form.fields[field(kinds.OTHER)] == ["o-fiets"]
    assert form.fields[field(kinds.MOST)] == ["o-bomen", "o-water"]
    second = send(client, form, stap="verder")
    assert "<b>Kade" not in second.content.decode()
    done = send(client, form_on(second), **{field(make.SHORT): "Haven"})
    assert done.status_code == 302
    given = dict(Answer.objects.values_list("question_id", "text"))
    assert given[make.SHORT] == "Haven"
    assert (given[kinds.DATE], given[kinds.POSTCODE]) == ("2026-05-04", "2132")
    assert Answer.objects.get(question_id=kinds.NPS).number == 9

    # What does not fit is left out, and the page is one for everybody again.
    for odd in (
        "vervoer=other", "vervoer=raket", "vervoer=", "meters=veel", "cijfer=11", "dag=gisteren",
        "straat=" + "x" * 300, "straat=%00", "straat=" + "x" * 41, "postcode=9", "onbekend=1",
    ):  # fmt: skip
        shown = client.get(f"{survey.url}?{odd}")
        assert shown.status_code == 200
        assert not is_private(shown), odd
        values = form_on(shown).fields
        assert field(kinds.OTHER) not in values
        assert not any(values.get(field(key)) for key in (kinds.NUMBER, make.SHORT))
    # A value from the editor's own list can be kept for the next visitor.
    assert not is_private(client.get(f"{survey.url}?vervoer=met-de-bus"))


def test_a_hidden_value_is_stored_and_told(client, north, login, area_manager):
    rule = {"question": SOURCE, "operator": "equals", "value": "flyer"}
    condition = {"match": "all", "rules": [{"type": "item", "id": "r", "value": rule}]}
    items = [source("flyer", "Krant"), words(), page(), words(make.LONG, condition=condition)]
    survey = make.SurveyPageFactory(parent=north, questions=items)
    assert "2 vragen" in text_of(client.get(survey.url))
    shown = client.get(f"{survey.url}?bron=FLYER")
    told = "De link waarmee u kwam, geeft door: Hoe u bij ons kwam = flyer"
    assert told in text_of(shown)
    assert not is_private(shown)
    empty = send(client, form_on(shown), stap="verder")
    nothing = send(client, form_on(empty), stap="verstuur")
    assert "U hebt nog niets ingevuld." in text_of(nothing)
    second = send(client, form_on(shown), stap="verder", **{field(make.SHORT): "Kuil"})
    assert form_on(second).fields[field(make.LONG)] == [""]
    assert send(client, form_on(second), stap="verstuur").status_code == 302
    for odd in ("radio", "<script>", "x" * 300, ""):
        shown = client.get(survey.url, {"bron": odd})
        assert "De link waarmee u kwam" not in text_of(shown)
        form = form_on(shown)
        sent = {field(make.SHORT): "Berg", field(SOURCE): odd, "stap": "verder"}
        done = send(client, form_on(send(client, form, **sent)), stap="verstuur")
        assert done.status_code == 302
    assert Response.objects.count() == 5
    assert list(Answer.objects.filter(question_id=SOURCE).values_list("text", flat=True)) == [
        "flyer"
    ]
    manager = login(area_manager)
    results = text_of(manager.get(reverse("surveys_results", args=[survey.pk])))
    assert "Dit gaf de link door. Niemand heeft dit zelf ingevuld." in results
    rows = sheets(manager, survey)["Antwoorden"]
    column = rows[0].index("Hoe u bij ons kwam")
    assert {row[column] for row in rows[1:]} == {"flyer", None}
    assert "flyer" not in fetched(manager, survey, "csv", "open-data").decode()
    tried = manager.get(reverse("surveys_try", args=[survey.pk]), {"bron": "krant"})
    assert "Hoe u bij ons kwam = Krant" in text_of(tried)


def test_a_hidden_value_of_any_kind_is_bounded_and_not_kept_for_others(client, north, kept_pages):
    items = [words(), page(), source(), words(make.LONG)]
    survey = make.SurveyPageFactory(parent=north, questions=items)
    shown = client.get(survey.url, {"bron": "  Buurtapp <i>Oost</i> "})
    assert is_private(shown)
    second = send(client, form_on(shown), stap="verder")
    assert "Hoe u bij ons kwam = Buurtapp &lt;i&gt;Oost&lt;/i&gt;" in text_of(second)
    assert send(client, form_on(second), **{field(make.LONG): "Kuil"}).status_code == 302
    assert Answer.objects.get(question_id=SOURCE).text == "Buurtapp <i>Oost</i>"
    assert "geeft door" not in text_of(client.get(survey.url, {"bron": "x" * 51}))
