"""Sending in an XLSForm in the admin: who may, what is refused, and what comes of it."""

import zipfile
from io import BytesIO

import pytest
from django.core import signing
from django.core.management import CommandError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from surveys.models import SurveyPage
from surveys.services import ensure_editor_group
from tests.factories import participation, survey_types
from tests.factories import surveys as make
from tests.surveys.helpers import form_on, text_of
from tests.surveys.xlsforms import (
    choices,
    confirm,
    exported,
    run,
    send_in,
    upload_url,
    workbook,
)

pytestmark = pytest.mark.django_db

FORM = workbook(
    [
        {"type": "text", "name": "straat", "label": "In welke straat woont u?"},
        {"type": "time", "name": "tijd", "label": "Hoe laat?"},
        {"type": "text", "name": "email", "label": "Uw adres?"},
        {"type": "select_one een", "name": "keuze", "label": "Wat kiest u?"},
    ],
    choices("een", alleen="Alleen dit"),
    {"form_title": "Vragen over de straat"},
)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


@pytest.fixture
def editor(home, areas, make_user, login):
    return login(make_user("enqueteredacteur", groups=[ensure_editor_group()]))


def test_an_editor_sees_what_it_becomes_before_anything_is_made(manager, north):
    page = send_in(manager, north, FORM)

    said = text_of(page)
    assert "Dit wordt de enquête ‘Vragen over de straat’" in said
    assert "Dit komt niet in de enquête (1)" in said
    assert "survey 3 Een tijd vragen kan niet in een enquête." in said
    assert "Vraag de tijd als kort antwoord. type tijd" in said
    assert "Dit wordt anders (1)" in said
    assert "Dit moet u verbeteren voordat u publiceert (2)" in said
    assert "Kies waarvoor u het adres gebruikt." in said
    assert "antwoorden: Geef ten minste twee antwoorden." in said
    assert "Kort antwoord In welke straat woont u?" in said
    assert not SurveyPage.objects.exists()


def test_yes_makes_a_draft_that_the_editor_can_open_and_change(manager, north, area_manager):
    survey = confirm(manager, north, send_in(manager, north, FORM))

    assert survey.title == "Vragen over de straat"
    assert not survey.live
    assert survey.has_unpublished_changes
    assert survey.owner == area_manager
    assert survey.get_parent().pk == north.pk
    assert timezone.now() < survey.opens_at < survey.closes_at
    edit = manager.get(reverse("wagtailadmin_pages:edit", args=[survey.pk]))
    assert edit.status_code == 200
    assert "In welke straat woont u?" in edit.content.decode()
    assert manager.get(survey.get_url()).status_code == 404
    assert manager.get(reverse("surveys_try", args=[survey.pk])).status_code == 200


def test_sending_yes_twice_makes_one_draft(manager, north):
    page = send_in(manager, north, FORM)

    assert confirm(manager, north, page) == confirm(manager, north, page)
    assert SurveyPage.objects.count() == 1


def test_what_was_kept_cannot_be_changed_or_used_by_another(
    manager, editor, north, west, administrator, login
):
    kept = form_on(send_in(manager, north, FORM)).fields["kept"][0]

    for client, area, value in (
        (manager, north, kept[:-1] + ("a" if kept[-1] != "a" else "b")),
        (manager, north, ""),
        (manager, north, signing.dumps({"title": "x"}, salt="anders")),
        (editor, north, kept),
        (login(administrator), west, kept),
    ):
        response = client.post(upload_url(area), {"kept": value}, follow=True)
        assert "Stuur het bestand opnieuw in." in text_of(response)
    assert not SurveyPage.objects.exists()


def test_only_who_may_add_a_survey_there_can_send_one_in(
    manager, editor, north, west, home, client, make_user, login
):
    project = participation.ProjectPageFactory(parent=north)
    for page in (north, project):
        assert manager.get(upload_url(page)).status_code == 200
        assert editor.get(upload_url(page)).status_code == 200
    for page in (west, home):
        refused = manager.get(upload_url(page))
        assert refused.status_code in (302, 403, 404), page
        assert send_in(manager, page, FORM).status_code in (302, 403, 404)
    assert client.get(upload_url(north)).url.startswith("/beheer/login/")
    stranger = login(make_user("niemand"))
    assert stranger.get(upload_url(north)).status_code in (302, 403)
    assert manager.get(reverse("surveys_xlsform_import", args=[999_999])).status_code == 404
    assert not SurveyPage.objects.exists()


def test_only_who_may_edit_a_survey_can_download_it(manager, north, west, client):
    own = make.SurveyPageFactory(parent=north)
    other = make.SurveyPageFactory(parent=west)

    assert exported(manager, own).startswith(b"PK")
    assert manager.get(reverse("surveys_xlsform_export", args=[other.pk])).status_code == 404
    url = reverse("surveys_xlsform_export", args=[own.pk])
    assert client.get(url).url.startswith("/beheer/login/")
    assert manager.post(url).status_code == 405


def test_the_ways_in_and_out_stand_in_the_menus(manager, north, west):
    survey = make.SurveyPageFactory(parent=north)

    explore = manager.get(reverse("wagtailadmin_explore", args=[north.pk])).content.decode()
    assert upload_url(north) in explore
    edit = manager.get(reverse("wagtailadmin_pages:edit", args=[survey.pk])).content.decode()
    assert reverse("surveys_xlsform_export", args=[survey.pk]) in edit
    assert upload_url(survey) not in edit


def test_the_latest_draft_goes_out(manager, north):
    survey = make.SurveyPageFactory(parent=north)
    survey.questions = [make.question("short_text", make.SHORT, "Nieuw?", max_length=50)]
    survey.save_revision()

    again = confirm(manager, north, send_in(manager, north, exported(manager, survey)))

    assert [question.label for question in again.asked] == ["Nieuw?"]


def test_a_picture_one_may_not_choose_does_not_come_in(manager, administrator, login, north):
    root = Collection.get_first_root_node()
    hidden = root.add_child(name="Alleen voor beheer")
    question = survey_types.pictures()
    survey = make.SurveyPageFactory(parent=north, questions=[question])
    for item in question["value"]["options"]:
        image = item["value"]["image"]
        type(survey).image.field.related_model.objects.filter(pk=image).update(collection=hidden)
    content = exported(login(administrator), survey)

    page = send_in(manager, north, content)

    assert "u mag haar niet kiezen" in text_of(page)
    made = confirm(manager, north, page)
    assert [option.image for option in made.asked[0].options] == [None] * 3


def zipped(**files: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The form with one of its parts replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(FORM)) as source, zipfile.ZipFile(file, "w") as archive:
        for member in source.infolist():
            archive.writestr(member, content if member.filename == name else source.read(member))
    return file.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]><workbook>&i;</workbook>"
)
HOSTILE = {
    "empty": (b"", "Dit bestand is leeg."),
    "spaces": (b"   \n", "Dit bestand is leeg."),
    "words": (b"type,name,label\ntext,a,A\n", "Dit is geen XLSForm."),
    "page": (b"<html><script>alert(1)</script></html>", "Dit is geen XLSForm."),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 400, "Dit is geen XLSForm."),
    "old excel cut off": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "niet lezen"),
    "half a zip": (FORM[: len(FORM) // 2], "Dit is geen XLSForm."),
    "other zip": (zipped(readme=b"hallo"), "Dit is geen XLSForm."),
    "not xml": (with_part("xl/workbook.xml", b"nee"), "niet lezen"),
    "entities": (with_part("xl/workbook.xml", BOMB), "niet lezen"),
    "too big": (b"PK\x03\x04" + b"\x00" * 3_000_000, "te groot"),
    "zip bomb": (
        zipped(**{"xl/workbook.xml": b" " * 30_000_000}),
        "te groot als wij het uitpakken",
    ),
    "many parts": (
        zipped(**{f"deel{number}": b"" for number in range(600)}),
        "te groot als wij het uitpakken",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_form_is_refused_in_words(manager, north, name, tmp_path):
    content, message = HOSTILE[name]

    page = send_in(manager, north, content)

    assert page.status_code == 422
    assert message in text_of(page)
    assert "Bekijk wat het wordt" in text_of(page)
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        run(path, "--dry-run")


def test_no_file_is_refused_in_words(manager, north):
    page = manager.post(upload_url(north), {})

    assert page.status_code == 422
    assert "Kies het bestand met uw formulier." in text_of(page)


def test_what_a_form_holds_is_never_markup(manager, north):
    hostile = "<script>alert('x')</script><img src=x onerror=alert(1)>"
    content = workbook(
        [
            {"type": "note", "name": "uitleg", "label": hostile},
            {"type": "text", "name": "a", "label": hostile, "default": "x", "hint": hostile},
            {
                "type": "note",
                "name": "html",
                "label": "Tekst",
                "gebiedsplein_id": '"><script>',
                "gebiedsplein_more": '{"exact": {"label": ["Tekst", "<p onclick=\\"x\\">Tekst'
                '<script>alert(1)</script><a href=\\"javascript:alert(1)\\">l</a></p>"]}}',
            },
        ],
        settings={"form_title": hostile},
    )

    page = send_in(manager, north, content)
    survey = confirm(manager, north, page)
    survey.save_revision().publish()

    shown = [
        page,
        manager.get(survey.get_url()),
        manager.get(reverse("surveys_try", args=[survey.pk])),
    ]
    for response in shown:
        assert response.status_code == 200
        html = response.content.decode()
        for bad in ("<script>alert", "<img src=x", 'onclick="x"', "javascript:alert"):
            assert bad not in html


@pytest.mark.parametrize(
    "more",
    [
        "[]",
        "null",
        "nee",
        "[" * 5000,
        '{"exact": 3}',
        '{"exact": {"label": [1, 2]}}',
        '{"exact": {"relevant": ["", {"match": "all", "rules": [[1, 2, 3]]}]}}',
        '{"exact": {"relevant": ["", {"match": "x", "rules": []}]}}',
        '{"decimals": 99, "unit": {}, "whole": "ja", "heading": [], "alt": 3}',
    ],
)
def test_nonsense_in_our_own_columns_is_left_alone(manager, north, more):
    rows = [
        {"type": kind, "name": f"v{number}", "label": "Vraag", "gebiedsplein_more": more}
        for number, kind in enumerate(("text", "decimal", "note", "text"))
    ]
    rows[3] |= {"gebiedsplein_kind": "postcode", "gebiedsplein_image": "9" * 30}

    survey = confirm(manager, north, send_in(manager, north, workbook(rows)))

    assert [question.kind for question in survey.asked] == [
        "short_text",
        "number",
        "statement",
        "postcode",
    ]


def test_two_rows_with_the_same_id_get_ids_of_their_own(manager, north):
    rows = [
        {"type": "text", "name": f"v{number}", "label": "Vraag", "gebiedsplein_id": "zelfde"}
        for number in range(2)
    ]

    first, second = confirm(manager, north, send_in(manager, north, workbook(rows))).asked

    assert first.id == "zelfde"
    assert second.id not in ("zelfde", "")


def test_the_command_asks_below_which_page(north, home, tmp_path):
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(FORM)

    for args in ([], ["--parent", "nergens"], ["--parent", str(home.pk)], ["--parent", "9" * 40]):
        with pytest.raises(CommandError):
            run(path, *args)
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "weg.xlsx", "--parent", str(north.pk))
    assert not SurveyPage.objects.exists()
    run(path, "--parent", north.slug, "--title", "Eigen titel")
    assert SurveyPage.objects.get().title == "Eigen titel"


def test_queries_do_not_grow_with_the_form(manager, north, django_assert_max_num_queries):
    def rows(count: int) -> bytes:
        return workbook(
            [
                {"type": "text", "name": f"v{number}", "label": f"Vraag {number}"}
                for number in range(count)
            ]
        )

    send_in(manager, north, rows(1))
    with django_assert_max_num_queries(30) as few:
        send_in(manager, north, rows(2))
    with django_assert_max_num_queries(len(few)):
        send_in(manager, north, rows(50))
    survey = make.SurveyPageFactory(parent=north, questions=make.many_choices(50))
    with django_assert_max_num_queries(15):
        exported(manager, survey)
