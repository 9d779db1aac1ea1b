"""A survey in more languages: translated, published, read, answered, counted, and written out."""

import csv
import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from surveys.models import Draft, Response, SurveyPage
from surveys.results import daycounts
from tests.factories import surveys as make
from tests.surveys.admin_forms import choice, survey_form
from tests.surveys.downloads import fetched, variables
from tests.surveys.helpers import field, form_on, full_answers, text_of

pytestmark = pytest.mark.django_db

ENGLISH = {
    "title": "What do you think of the playground?",
    "intro": "We will *renew* the playground.",
    f"{make.ONE}/label": "How do you usually go to the centre?",
    f"{make.ONE}/option/{make.BIKE}": "By bicycle",
    f"{make.ONE}/option/{make.WALK}": "On foot",
    f"{make.ONE}/option/{make.BUS}": "By bus",
    f"{make.SCALE}/low_label": "very unsafe",
}
ARABIC = {
    f"{make.ONE}/label": "كيف تذهب عادةً إلى المركز؟",
    f"{make.ONE}/option/{make.BIKE}": "بالدراجة",
}


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(
        parent=north, title="Wat vindt u van de speelplek?", languages=["en", "ar"]
    )


def screen(survey, code="en") -> str:
    return reverse("surveys_translate", args=[survey.pk, code])


def boxes(response) -> dict:
    """What the translation screen sends when nothing is changed."""
    return {name: values[0] for name, values in form_on(response).fields.items()}


def translate(client, survey, texts: dict, code="en", **extra):
    """Fill in texts on the translation screen."""
    sent = boxes(client.get(screen(survey, code))) | {f"t:{key}": t for key, t in texts.items()}
    return client.post(screen(survey, code), sent | extra)


def draft_of(survey) -> SurveyPage:
    return SurveyPage.objects.get(pk=survey.pk).get_latest_revision_as_object()


def editor_form(survey, languages: list[str]) -> dict:
    """What the editor of the page sends, with one question of its own."""
    return survey_form([choice(["Ja", "Nee"])], slug=survey.slug) | {"languages": languages}


def publish(survey) -> SurveyPage:
    draft_of(survey).save_revision().publish()
    return SurveyPage.objects.get(pk=survey.pk)


@pytest.fixture
def translated(manager, survey):
    """A published survey, mostly in English and a little in Arabic."""
    assert translate(manager, survey, ENGLISH).status_code == 302
    assert translate(manager, survey, ARABIC, "ar").status_code == 302
    return publish(survey)


def english(path: str) -> str:
    return f"/en{path}"


def test_editor_translates_and_publishes(manager, survey, client):
    page = manager.get(screen(survey))
    words = text_of(page)
    assert "0 van 18 teksten" in words
    assert "Nog niet vertaald (18)" in words
    assert f'name="t:{make.ONE}/option/{make.BIKE}"' in page.content.decode()

    page = manager.post(
        screen(survey),
        boxes(page) | {f"t:{key}": text for key, text in ENGLISH.items()},
        follow=True,
    )
    words = text_of(page)
    assert "7 vertalingen zijn bewaard in het concept. Nu is 7 van 18 teksten vertaald" in words
    assert "Nog niet vertaald (11)" in words
    missing = manager.get(f"{screen(survey)}?toon=ontbreekt").content.decode()
    assert f't:{make.SEVERAL}/label"' in missing
    assert f't:{make.ONE}/label"' not in missing
    # Residents read it when it is published, and no sooner.
    assert "How do you" not in client.get(english(survey.url)).content.decode()

    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    page = text_of(manager.get(edit))
    assert "7 van 18 teksten vertaald, 11 ontbreken" in page
    form = editor_form(survey, ["en"])
    page = manager.post(edit, form | {"action-publish": "1"}, follow=True)
    # The other questions are gone; those of the page are what is left to translate.
    assert "Engels: 5 van 7 teksten niet vertaald, 2 mogelijk verouderd" in text_of(page)
    assert "What do you think" in client.get(english(survey.url)).content.decode()


def test_moved_question_keeps_its_translation_and_changed_words_are_outdated(manager, survey):
    translate(manager, survey, ENGLISH)
    draft = draft_of(survey)
    raw = list(reversed(draft.questions.get_prep_value()))
    raw[-1]["value"]["label"] = "Hoe gaat u naar het dorp?"
    draft.questions = SurveyPage.questions.field.to_python(raw)
    draft.save_revision()
    page = manager.get(f"{screen(survey)}?toon=verouderd")
    words = text_of(page)
    assert "7 van 18 teksten" in words
    assert "Mogelijk verouderd (1)" in words
    assert "Vertaald is: Hoe gaat u meestal naar het centrum?" in words
    sent = boxes(page)
    assert sent[f"t:{make.ONE}/label"] == ENGLISH[f"{make.ONE}/label"]
    # Only who says that it is still good makes it so.
    manager.post(screen(survey), sent)
    assert "Mogelijk verouderd (1)" in text_of(manager.get(screen(survey)))
    manager.post(screen(survey), sent | {f"g:{make.ONE}/label": "on"})
    assert "Mogelijk verouderd (0)" in text_of(manager.get(screen(survey)))
    # An emptied box takes the translation away.
    translate(manager, survey, {f"{make.ONE}/label": ""})
    assert "6 van 18 teksten" in text_of(manager.get(screen(survey)))


def test_two_editors_at_once_do_not_lose_each_others_work(manager, login, administrator, survey):
    other = login(administrator)
    mine, theirs = (boxes(one.get(screen(survey))) for one in (manager, other))
    label, bus = f"{make.ONE}/label", f"{make.ONE}/option/{make.BUS}"
    other.post(screen(survey), theirs | {f"t:{label}": "Theirs", "t:title": "Their title"})
    page = manager.post(screen(survey), mine | {f"t:{label}": "Mine", f"t:{bus}": "By bus"})
    assert page.status_code == 409
    words = text_of(page)
    assert "Iemand anders veranderde intussen 1 tekst" in words
    assert "Iemand anders schreef: Theirs" in words
    again = boxes(page)
    assert again[f"t:{label}"] == "Mine"
    assert f"t:{bus}" not in again
    stored = draft_of(survey).translations["en"]
    assert {key: words for key, (words, _source) in stored.items()} == {
        label: "Theirs", bus: "By bus", "title": "Their title",
    }  # fmt: skip
    assert manager.post(screen(survey), again).status_code == 302
    assert draft_of(survey).translations["en"][label][0] == "Mine"
    # An editor of the page who began before all this takes no translation away.
    edit = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    manager.post(edit, editor_form(survey, ["en"]))
    assert draft_of(survey).translations["en"]["title"][0] == "Their title"


def test_wrong_words_are_named_and_nothing_typed_is_lost(manager, survey):
    page = translate(
        manager,
        survey,
        {
            "intro": "See [the plan](3).",
            f"{make.ONE}/label": "x" * 1001,
            f"{make.ONE}/option/{make.BUS}": "By bus",
        },
    )
    assert page.status_code == 422
    words = text_of(page)
    assert "2 vertalingen zijn niet goed" in words
    assert "Link (3) staat niet in de Nederlandse tekst" in words
    assert "Deze vertaling is 1 teken te lang" in words
    assert boxes(page)[f"t:{make.ONE}/option/{make.BUS}"] == "By bus"
    assert draft_of(survey).translations == {}


def test_nobody_else_translates(client, login, make_user, west, survey):
    other = login(make_user("gebiedsmanager-west", groups=[west.manager_group]))
    for url in (
        screen(survey),
        reverse("surveys_languages", args=[survey.pk]),
        reverse("surveys_texts_import", args=[survey.pk, "en"]),
        reverse("surveys_texts_export", args=[survey.pk, "en", "xlsx"]),
    ):
        assert other.get(url).status_code == 404
        assert client.get(url).status_code == 302
    assert other.post(screen(survey), {"t:title": "Hacked"}).status_code == 404
    assert draft_of(survey).translations == {}


def test_languages_that_are_not_offered_have_no_screen(manager, survey):
    for code in ("de", "nl", "xx"):
        assert manager.get(screen(survey, code)).status_code == 404


def test_survey_reads_in_english_and_says_what_is_not(
    client, translated, django_assert_max_num_queries
):
    url = translated.url
    client.get(url)  # the very first page makes the site's settings
    with CaptureQueriesContext(connection) as in_dutch:
        client.get(url)
    with django_assert_max_num_queries(len(in_dutch)):
        page = client.get(english(url))
    html = page.content.decode()
    assert '<h1 lang="en" dir="ltr">What do you think of the playground?</h1>' in html
    assert "<i>renew</i>" in html
    assert '<span lang="en" dir="ltr">How do you usually go to the centre?</span>' in html
    assert "By bicycle" in html
    assert "Met de fiets" not in html
    # What is not translated stands there in Dutch and says so; so does one sentence on top.
    assert '<span lang="nl" dir="ltr">Wat mist u op de speelplek?</span>' in html
    assert '<p class="gp-lead" lang="nl">' in html
    assert "1 is very unsafe" in text_of(page)
    assert html.count("Some of the text is only available in Dutch.") == 1
    links = re.search(r'<nav class="gp-survey-languages.*?</nav>', html, re.S)[0]
    assert f'href="{url}" lang="nl" hreflang="nl"' in links
    assert f'href="/en{url}?taal=ar" lang="ar" dir="rtl" hreflang="ar"' in links

    dutch = client.get(url).content.decode()
    assert "Met de fiets" in dutch
    assert "only available" not in dutch
    assert 'hreflang="ar"' in dutch
    # A language that nobody offers, or nonsense, is Dutch.
    for wanted in ("de", "xx", "<script>"):
        assert "Met de fiets" in client.get(url, {"taal": wanted}).content.decode()


def test_arabic_is_right_to_left_in_an_english_frame(client, translated):
    path = translated.url
    html = client.get(english(path), {"taal": "ar"}).content.decode()
    assert '<html lang="en">' in html
    assert 'dir="rtl"' in html
    # The languages of the site lead to the survey in those languages.
    header = html.split("</header>")[0]
    assert "taal=" not in header
    assert f'href="{path}" lang="nl"' in header
    assert '<span lang="ar" dir="rtl">كيف تذهب عادةً إلى المركز؟</span>' in html
    assert "جزء من النص متاح باللغة الهولندية فقط. الأزرار والرسائل باللغة الإنجليزية." in html
    assert '<h1 lang="nl">Wat vindt u van de speelplek?</h1>' in html
    assert '<span lang="nl" dir="ltr">Lopend</span>' in html


def test_answers_and_mistakes_in_arabic(client, translated):
    page = client.get(english(translated.url), {"taal": "ar"})
    form = form_on(page)
    assert form.fields["taal"] == ["ar"]
    wrong = client.post(form.action, form.fields | {field(make.LONG): "x" * 300})
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert '<html lang="en">' in html
    assert "كيف تذهب عادةً إلى المركز؟" in html
    assert "Answer this question." in html  # the message, in the language of the frame
    form = form_on(wrong)
    thanks = client.post(form.action, form.fields | full_answers(), follow=True)
    assert thanks.status_code == 200
    assert "taal=ar" in thanks.redirect_chain[-1][0]
    assert thanks.redirect_chain[-1][0].startswith("/en/")
    response = Response.objects.get()
    assert response.language == "ar"
    assert response.answers.get(question_id=make.ONE).option_id == make.BIKE
    code = re.search(r"<code[^>]*>([^<]+)</code>", thanks.content.decode())[1]
    receipt = client.post("/en/enquetes/ontvangst/", {"code": code}).content.decode()
    assert '<dt lang="ar" dir="rtl">كيف تذهب عادةً إلى المركز؟</dt>' in receipt
    assert "بالدراجة" in receipt
    again = client.post("/en/enquetes/ontvangst/veranderen/", {"code": code})
    assert form_on(again).fields["taal"] == ["ar"]
    assert "بالدراجة" in again.content.decode()


def test_going_on_by_the_private_link_keeps_the_language(client, translated):
    form = form_on(client.get(english(translated.url), {"taal": "ar"}))
    kept = client.post(form.action, form.fields | full_answers() | {"stap": "bewaar"}, follow=True)
    assert Draft.objects.count() == 1
    link = kept.redirect_chain[-1][0].split("#")[0]
    assert link.startswith("/en/")
    assert "taal" not in link
    page = client.get(link)
    assert "كيف تذهب عادةً إلى المركز؟" in page.content.decode()
    form = form_on(page)
    assert form.fields["taal"] == ["ar"]
    assert client.post(form.action, form.fields).status_code == 302
    assert Response.objects.get().language == "ar"


def test_exports_and_results_unite_the_languages(client, manager, translated):
    for path, query in ((translated.url, ""), (english(translated.url), ""),
                        (english(translated.url), "?taal=ar")):  # fmt: skip
        form = form_on(client.get(path + query))
        assert client.post(form.action, form.fields | full_answers()).status_code == 302
    lines = fetched(manager, translated, "csv").decode("utf-8-sig").splitlines()
    head, *rows = csv.reader(lines, delimiter=";")
    ways = head.index("Hoe gaat u meestal naar het centrum?"), head.index("Taal van de vragen")
    assert sorted((row[ways[0]], row[ways[1]]) for row in rows) == [
        ("Met de fiets", "ar"), ("Met de fiets", "en"), ("Met de fiets", "nl"),
    ]  # fmt: skip
    entry = variables(manager, translated)["Hoe gaat u meestal naar het centrum?"]
    assert next(value["label"] for value in entry["values"]) == "Met de fiets"
    assert entry["translations"]["en"] == ENGLISH[f"{make.ONE}/label"]
    open_data = fetched(manager, translated, "csv", variant="open-data").decode()
    assert "Taal van de vragen" not in open_data
    results = manager.get(reverse("surveys_results", args=[translated.pk]))
    assert "3 inzendingen" in text_of(results)
    assert "By bicycle" not in results.content.decode()
    cross = manager.get(
        reverse("surveys_cross", args=[translated.pk]), {"rijen": make.ONE, "kolommen": "taal"}
    )
    assert "Nederlands Arabisch Engels" in text_of(cross)


def test_results_of_one_language_alone(client, manager, translated, survey):
    for number, language in enumerate(("nl", "en", "ar", "ar")):
        (one,) = make.respond(translated, day=localdate() - timedelta(days=number % 2))
        Response.objects.filter(pk=one.pk).update(language=language)
    address = reverse("surveys_results", args=[translated.pk])
    wanted = {"taal": "ar"}
    assert daycounts.count_days(survey=translated) == 1  # what is kept is counted apart too
    shown = text_of(manager.get(address, wanted))
    assert "2 inzendingen van de 4" in shown
    assert "1 inzending van de 4" in text_of(
        manager.get(address, wanted | {"tot": localdate() - timedelta(days=1)})
    )
    cross = manager.get(
        reverse("surveys_cross", args=[translated.pk]),
        wanted | {"rijen": make.ONE, "kolommen": "taal"},
    )
    assert "Nederlands Arabisch" not in text_of(cross)
    wrong = manager.get(address, {"taal": "fr"})
    assert wrong.status_code == 400
    assert "Deze keuze is er niet" in text_of(wrong)
    other = make.SurveyPageFactory(parent=survey.get_parent())
    page = manager.get(reverse("surveys_results", args=[other.pk]))
    assert 'name="taal"' not in page.content.decode()


def test_a_changed_translation_makes_a_version_and_old_ones_stay(client, manager, translated):
    count = translated.versions.count()
    old = form_on(client.get(english(translated.url)))
    translate(manager, translated, {f"{make.ONE}/label": "How do you get to the centre?"})
    publish(translated)
    assert translated.versions.count() == count + 1
    page = client.post(old.action, old.fields)  # without the required answer
    assert "How do you usually go to the centre?" in page.content.decode()
    results = text_of(manager.get(reverse("surveys_results", args=[translated.pk])))
    assert "Engels: vraag of kop" in results
    assert "How do you get to the centre?" in results
    publish(translated)
    assert translated.versions.count() == count + 1


def test_table_of_a_translator_with_wrong_rows(manager, survey):
    url = reverse("surveys_texts_export", args=[survey.pk, "en", "xlsx"])
    file = manager.get(url)
    book = load_workbook(BytesIO(file.getvalue()))
    sheet = book.active
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows["title"][3].value == "Wat vindt u van de speelplek?"
    rows["title"][4].value = "What about the playground?"
    rows[f"{make.ONE}/label"][4].value = "How do you go?"
    rows[f"{make.ONE}/label"][3].value = "Een oude vraag"
    rows["intro"][4].value = "See [the plan](2)."
    sheet.append(["gone/label", "", "", "", "Gone"])
    sheet.append(["title", "", "", "", "Twice"])
    sent = BytesIO()
    book.save(sent)
    here = reverse("surveys_texts_import", args=[survey.pk, "en"])
    upload = SimpleUploadedFile("teksten.xlsx", sent.getvalue())
    page = manager.post(here, {"file": upload})
    words = text_of(page)
    assert "3 rijen kloppen niet" in words
    assert "2 vertalingen worden anders" in words
    number = rows["intro"][0].row
    assert f"{number} vertaling Link (2) staat niet in de Nederlandse tekst" in words
    assert "20 sleutel Deze tekst is er niet (meer) in de enquête." in words
    assert "21 sleutel Deze sleutel staat ook op rij 2." in words
    assert "De Nederlandse tekst is intussen veranderd: mogelijk verouderd." in words
    assert draft_of(survey).translations == {}

    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
    manager.post(here, {"kept": kept})
    stored = draft_of(survey).translations["en"]
    assert stored["title"] == ["What about the playground?", "Wat vindt u van de speelplek?"]
    assert stored[f"{make.ONE}/label"][0] == "How do you go?"
    assert "Mogelijk verouderd (1)" in text_of(manager.get(screen(survey)))
    for content in (b"", b"naam;vertaling\nx;y\n", b"\x00\x01"):
        page = manager.post(here, {"file": SimpleUploadedFile("teksten.csv", content)})
        assert page.status_code == 422
    assert manager.post(here, {"kept": "nonsense"}).status_code == 302


def test_hostile_words_are_only_words(manager, client, survey):
    hostile = '<script>alert(1)</script>" onmouseover="x'
    translate(manager, survey, {"title": hostile, "intro": f"- {hostile}",
                                f"{make.ONE}/label": hostile})  # fmt: skip
    html = client.get(english(publish(survey).url)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_tablet_begins_in_dutch_after_each_person(client, translated):
    collector = translated.collectors.create(
        key="tabletmarkt", name="Tablet", kind="inwoners", access="open", is_kiosk=True
    )
    start = reverse("survey_kiosk", args=[collector.key])
    assert "taal=ar" in client.get(start).content.decode()
    page = client.get(f"/en{start}vragen/?taal=ar")
    form = form_on(page)
    done = client.post(form.action, form.fields | full_answers(), follow=True)
    assert f'data-kiosk="{start}"' in done.content.decode()
    assert Response.objects.get().language == "ar"


def test_editor_tries_and_previews_a_language(manager, translated):
    url = reverse("surveys_try", args=[translated.pk])
    page = manager.get(url, {"taal": "en"})
    assert "By bicycle" in page.content.decode()
    form = form_on(page)
    assert "How do you usually" in manager.post(form.action, form.fields).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[translated.pk])
    assert "Vragen: Arabisch" in text_of(manager.get(edit))
    data = editor_form(translated, ["en", "ar"])
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[translated.pk])
    assert json.loads(manager.post(preview, data).content)["is_valid"]
    shown = manager.get(preview, {"mode": "taal-en"}).content.decode()
    assert "What do you think of the playground?" in shown
