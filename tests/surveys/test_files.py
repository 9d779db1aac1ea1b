"""Photos and PDFs with answers: checked, kept without a name or a moment, seen by editors only."""

import os
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as live_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.retention import purge_expired
from surveys.models import Answer, AnswerFile, Draft, Response
from tests.areas import uploads
from tests.factories import surveys as make
from tests.surveys.downloads import fetched, sheets
from tests.surveys.helpers import FormReader, field, form_on, text_of

pytestmark = pytest.mark.django_db
PHOTO = "00000000-0000-4000-8000-000000000201"
TOKENS = field(PHOTO, "bewaard")


@pytest.fixture(autouse=True)
def _empty_folder():
    shutil.rmtree(Path(live_settings.PRIVATE_MEDIA_ROOT, "surveys"), ignore_errors=True)


def asking(**value) -> dict:
    value = {"kinds": "", "max_files": 2, "max_mb": 10} | value
    return make.question("file", PHOTO, "Hebt u een foto van de plek?", **value)


def words(**value) -> dict:
    return make.question("short_text", make.SHORT, "Wat ziet u?", max_length=40, **value)


def page() -> dict:
    return {"type": "page", "id": "p-2", "value": {"label": "Nog iets"}}


def photo(name="Jan de Vries.jpg", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or uploads.jpeg(), "image/jpeg")


def on_disk() -> list[str]:
    folder = Path(live_settings.PRIVATE_MEDIA_ROOT, "surveys")
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def send(client, form: FormReader, **changes):
    return client.post(form.action, {**form.fields, **changes})


def test_files_are_kept_with_the_response_and_tell_nothing_of_who_sent_them(
    client, north, login, area_manager, make_user, django_assert_max_num_queries
):
    survey = make.SurveyPageFactory(parent=north, questions=[asking(), words()])
    shown = client.get(survey.url)
    form = form_on(shown)
    assert 'enctype="multipart/form-data"' in shown.content.decode()
    for said in ("Ten hoogste 2 bestanden van elk 10 MB.", "wie u bent", "eigenschappen"):
        assert said in text_of(shown)
    files = {field(PHOTO): [photo(), SimpleUploadedFile("brief.pdf", uploads.pdf())]}
    with django_assert_max_num_queries(11):  # one more than without files, and without JavaScript
        done = send(client, form, **files, **{field(make.SHORT): "Kuil"})
    assert done.status_code == 302
    # The same form again, as a double click sends it, is the same response with the same files.
    again = {field(PHOTO): [photo(), SimpleUploadedFile("brief.pdf", uploads.pdf())]}
    assert send(client, form, **again, **{field(make.SHORT): "Kuil"}).status_code == 302
    response = Response.objects.get()
    kept = list(response.files.order_by("content_type"))
    assert [row.content_type for row in kept] == ["application/pdf", "image/jpeg"]
    assert {row.own_name for row in kept} == {""}
    assert on_disk() == sorted(Path(row.file.name).name for row in kept)
    with kept[1].file.open() as file:
        content = file.read()
    assert uploads.SECRET not in content
    assert not Image.open(BytesIO(content)).getexif()
    for row in kept:
        written = row.file.storage.get_modified_time(row.file.name)
        assert f"{timezone.localtime(written):%H%M%S}" == "000000"
    answer = Answer.objects.get(question_id=PHOTO)
    assert answer.number == 2
    assert set(answer.text.split("; ")) == {row.name for row in kept}

    manager = login(area_manager)
    seen = text_of(manager.get(reverse("surveys_results", args=[survey.pk])))
    assert "2 bestanden in totaal." in seen
    with django_assert_max_num_queries(40):
        listed = manager.get(reverse("surveys_files", args=[survey.pk]), {"vraag": PHOTO})
    assert kept[0].name in text_of(listed)
    address = reverse("surveys_file", args=[survey.pk, kept[1].pk])
    given = manager.get(address)
    assert given.getvalue() == content
    assert "sandbox" in given["Content-Security-Policy"]
    assert given["Cache-Control"].startswith("private, no-store")
    letter = manager.get(reverse("surveys_file", args=[survey.pk, kept[0].pk]))
    assert letter.getvalue().startswith(b"%PDF")
    assert "attachment" in letter["Content-Disposition"]
    other = make.SurveyPageFactory(parent=north)
    assert manager.get(reverse("surveys_file", args=[other.pk, kept[1].pk])).status_code == 404
    for visitor in (client, login(make_user("ander"))):
        assert visitor.get(address).status_code in (302, 404)

    rows = sheets(manager, survey)["Antwoorden"]
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Hebt u een foto van de plek? (aantal bestanden)"] == 2
    assert kept[1].name in row["Hebt u een foto van de plek? (bestanden)"]
    for format_name in ("csv", "ods", "sav", "gpkg", "json"):
        assert fetched(manager, survey, format_name)
    with zipfile.ZipFile(BytesIO(fetched(manager, survey, "zip", "bestanden"))) as archive:
        named = {entry.filename.rpartition("/")[2]: entry for entry in archive.infolist()}
        assert set(named) == {row.name for row in kept}
        assert archive.read(named[kept[1].name]) == content
        assert {entry.date_time for entry in named.values()} == {(1980, 1, 1, 0, 0, 0)}
    assert survey.exports.get(variant="bestanden").responses == 1
    assert "foto" not in fetched(manager, survey, "csv", "open-data").decode()


def test_files_go_with_their_response(client, north, django_capture_on_commit_callbacks):
    survey = make.SurveyPageFactory(parent=north, questions=[asking()])
    send(client, form_on(client.get(survey.url)), **{field(PHOTO): photo()})
    assert len(on_disk()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        Response.objects.get().delete()
    assert (on_disk(), AnswerFile.objects.count()) == ([], 0)


def test_files_stay_through_pages_errors_and_drafts(client, north):
    items = [asking(required=True), page(), words(required=True)]
    survey = make.SurveyPageFactory(parent=north, questions=items)
    first = form_on(client.get(survey.url))
    refused = send(client, first, stap="verder")
    assert refused.status_code == 422
    assert "Kies een bestand." in text_of(refused)
    second = send(client, form_on(refused), **{field(PHOTO): photo(), "stap": "verder"})
    assert "Wat ziet u?" in text_of(second)
    wrong = send(client, form_on(second), stap="verstuur")
    assert wrong.status_code == 422
    back = send(client, form_on(wrong), stap="terug")
    assert "Jan de Vries.jpg (" in text_of(back)
    more = {field(PHOTO): [photo("tweede.jpg"), photo("derde.jpg", uploads.png())]}
    third = send(client, form_on(back), **more, stap="verder")
    assert "“derde.jpg” is er een te veel: u mag 2 bestanden meesturen." in text_of(third)
    assert "tweede.jpg (" in text_of(third)
    kept = send(client, form_on(third), stap="bewaar", follow=True)
    link = kept.redirect_chain[-1][0] if hasattr(kept, "redirect_chain") else kept.url
    later = Client().get(link.partition("#")[0])
    assert "Jan de Vries.jpg (" in text_of(later)
    form = form_on(later)
    draft = Draft.objects.get()
    assert set(AnswerFile.objects.values_list("draft", "kept_until")) == {
        (draft.pk, draft.kept_until)
    }
    on = send(Client(), form, stap="verder", **{TOKENS: form.fields[TOKENS][:1]})
    assert send(Client(), form_on(on), **{field(make.SHORT): "Een kuil"}).status_code == 302
    assert Response.objects.get().files.count() == 1
    assert not Draft.objects.exists()
    assert AnswerFile.objects.count() == 1  # the one without its tick went with the draft


def test_a_form_that_was_sent_and_is_sent_again_with_other_answers_has_its_own_file(client, north):
    survey = make.SurveyPageFactory(parent=north, questions=[asking(), words(required=True)])
    form = form_on(client.get(survey.url))
    wrong = form_on(send(client, form, **{field(PHOTO): photo()}))
    for answer in ("Een kuil", "Een kuil", "Een berg"):
        assert send(client, wrong, **{field(make.SHORT): answer}).status_code == 302
    assert Response.objects.count() == 2
    for response in Response.objects.all():
        assert response.answers.get(question_id=PHOTO).text == response.files.get().name
    assert len(on_disk()) == 2


def test_what_is_no_photo_is_refused_and_the_rest_stays(client, north, settings):
    questions = [asking(kinds="photo", max_mb=1), words()]
    survey = make.SurveyPageFactory(parent=north, questions=questions)
    form = form_on(client.get(survey.url))
    settings.SURVEY_FILES_PER_ADDRESS = 4
    for content, sentence in (
        (b"MZ", "“foto.jpg” is geen foto (JPEG, PNG of WebP). Kies een ander bestand."),
        (uploads.pdf(), "“foto.jpg” is geen foto (JPEG, PNG of WebP)."),
        (uploads.jpeg() + bytes(2**21), "Een bestand mag ten hoogste 1 MB zijn."),
        (uploads.cut_off(), "“foto.jpg” is beschadigd of niet compleet."),
        (uploads.jpeg(), "“foto.jpg” is nog niet bewaard: er komen nu heel veel bestanden"),
    ):
        response = send(
            client, form, **{field(PHOTO): photo("foto.jpg", content), field(make.SHORT): "Kuil"}
        )
        assert response.status_code == 422
        assert sentence in text_of(response), sentence
        assert 'value="Kuil"' in response.content.decode()
    for token in ("x", "../../etc/passwd", "proef:x", "\0"):
        assert send(client, form, **{TOKENS: token}).status_code == 422
    response = send(client, form, **{TOKENS: "A" * 32, field(make.SHORT): "Kuil"})
    assert response.status_code == 422
    assert "Een bestand dat u eerder koos, hebben wij niet meer." in text_of(response)
    assert (on_disk(), Response.objects.count()) == ([], 0)


def test_a_file_belongs_to_one_question_of_one_survey(client, north):
    survey = make.SurveyPageFactory(parent=north, questions=[asking(), words(required=True)])
    wrong = form_on(send(client, form_on(client.get(survey.url)), **{field(PHOTO): photo()}))
    (token,) = wrong.fields[TOKENS]
    other = make.SurveyPageFactory(parent=north, questions=[asking()])
    response = send(client, form_on(client.get(other.url)), **{TOKENS: token})
    assert response.status_code == 422
    assert not Response.objects.exists()


def test_files_that_were_never_sent_go(client, north, settings, django_capture_on_commit_callbacks):
    survey = make.SurveyPageFactory(parent=north, questions=[asking(), words(required=True)])
    wrong = send(client, form_on(client.get(survey.url)), **{field(PHOTO): photo()})
    Path(settings.PRIVATE_MEDIA_ROOT, "surveys", "van-een-gedode-upload.jpg").touch()
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_expired()["survey files never sent"] == 0
    assert len(on_disk()) == 2
    past = timezone.localdate() - timezone.timedelta(days=1)
    AnswerFile.objects.update(kept_until=past)
    stray = Path(settings.PRIVATE_MEDIA_ROOT, "surveys", "van-een-gedode-upload.jpg")
    os.utime(stray, (0, 0))
    with django_capture_on_commit_callbacks(execute=True):
        counts = purge_expired()
    assert (counts["survey files never sent"], counts["survey files astray"]) == (1, 1)
    assert on_disk() == []
    gone = send(client, form_on(wrong), **{field(make.SHORT): "Kuil"})
    assert "hebben wij niet meer. Kies het opnieuw." in text_of(gone)


def test_trying_a_survey_keeps_no_file(north, login, area_manager):
    items = [asking(required=True), page(), words()]
    survey = make.SurveyPageFactory(parent=north, questions=items)
    manager = login(area_manager)
    form = form_on(manager.get(reverse("surveys_try", args=[survey.pk])))
    assert (
        send(manager, form, **{field(PHOTO): photo("a.jpg", b"MZ"), "stap": "verder"}).status_code
        == 422
    )
    second = send(manager, form, **{field(PHOTO): photo(), "stap": "verder"})
    back = send(manager, form_on(second), stap="terug")
    assert "Jan de Vries.jpg" in text_of(back)
    third = send(manager, form_on(back), stap="verder")
    assert "Bedankt" in text_of(send(manager, form_on(third), stap="verstuur"))
    assert (on_disk(), AnswerFile.objects.count()) == ([], 0)
