"""Changing answers that have files: what is kept stays, what goes is gone, nothing is left over."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from surveys.models import Answer, AnswerFile, Response
from tests.areas import uploads
from tests.factories import surveys as make
from tests.surveys.helpers import field, form_on, text_of
from tests.surveys.test_files import (  # noqa: F401
    PHOTO,
    TOKENS,
    _empty_folder,
    asking,
    on_disk,
    page,
    photo,
    send,
    words,
)
from tests.surveys.test_receipts import CHANGE, LOOK, code_after

pytestmark = pytest.mark.django_db
TEXT = field(make.SHORT)


@pytest.fixture
def survey(north):
    return make.SurveyPageFactory(parent=north, questions=[asking(), words()])


def answered(client, survey, *files, text="Kuil") -> str:
    form = form_on(client.get(survey.url))
    return code_after(client, send(client, form, **{field(PHOTO): list(files), TEXT: text}))


def opened(client, code):
    """The form of answers to change, as somebody with the code gets it."""
    return form_on(client.post(CHANGE, {"code": code}))


def brief() -> SimpleUploadedFile:
    return SimpleUploadedFile("brief.pdf", uploads.pdf(), "application/pdf")


def test_files_are_kept_replaced_and_removed(
    client, survey, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    code = answered(client, survey, photo(), brief())
    response = Response.objects.get()
    image, letter = response.files.order_by("content_type").reverse()
    assert "2 bestanden" in text_of(client.post(LOOK, {"code": code}))
    shown = client.post(CHANGE, {"code": code})
    assert "eerder verstuurd" in text_of(shown)
    assert 'enctype="multipart/form-data"' in shown.content.decode()
    form = form_on(shown)
    assert len(form.fields[TOKENS]) == 2

    # Other words: both stay as they are, and sent twice it is the same.
    for _time in range(2):
        with django_assert_max_num_queries(20):
            done = client.post(CHANGE, form.fields | {TEXT: "Een berg"})
        assert done.status_code == 302
    assert set(response.files.values_list("pk", flat=True)) == {image.pk, letter.pk}
    assert Answer.objects.get(question_id=PHOTO).number == 2
    assert len(on_disk()) == 2

    # A wrong file: the reason, with all that was there still in the form.
    files = {field(PHOTO): SimpleUploadedFile("x.jpg", b"geen foto", "image/jpeg")}
    kept = form.fields[TOKENS][:1]
    wrong = client.post(CHANGE, form.fields | {TOKENS: kept, TEXT: "Nieuw"} | files)
    assert wrong.status_code == 422
    assert form_on(wrong).fields[TOKENS] == kept
    assert "Nieuw" in wrong.content.decode()
    assert response.files.count() == 2

    # One goes, another comes in its place; the answer names what is there.
    files = {field(PHOTO): photo("Tuin van Jan.jpg", uploads.jpeg(30, 40))}
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(CHANGE, form.fields | {TOKENS: kept} | files)
    assert done.status_code == 302
    now = list(response.files.all())
    assert len({row.pk for row in now} & {image.pk, letter.pk}) == 1
    assert len(now) == len(on_disk()) == AnswerFile.objects.count() == 2
    assert {row.own_name for row in now} == {""}
    text = Answer.objects.get(question_id=PHOTO).text
    assert set(text.split("; ")) == {row.name for row in now}

    # The form of before names a file that is gone: nothing changes, and it says so.
    gone = client.post(CHANGE, form.fields | {TEXT: "Te laat"})
    assert gone.status_code == 422
    assert "hebben wij niet meer" in text_of(gone)
    assert response.files.count() == 2

    # None at all.
    form = opened(client, code)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(CHANGE, form.fields | {TOKENS: [], TEXT: "Alleen woorden"})
    assert (on_disk(), AnswerFile.objects.count()) == ([], 0)
    assert not Answer.objects.filter(question_id=PHOTO).exists()
    assert Response.objects.get().pk == response.pk


def test_files_come_along_through_pages(client, north):
    survey = make.SurveyPageFactory(parent=north, questions=[asking(), page(), words()])
    first = form_on(client.get(survey.url))
    second = form_on(send(client, first, stap="verder", **{field(PHOTO): photo()}))
    code = code_after(client, send(client, second, stap="verstuur", **{TEXT: "Kuil"}))
    kept = AnswerFile.objects.get()
    one = opened(client, code)
    two = form_on(client.post(CHANGE, one.fields | {"stap": "verder"}))
    assert two.fields[TOKENS] == one.fields[TOKENS]
    assert client.post(CHANGE, two.fields | {"stap": "verstuur", TEXT: "Berg"}).status_code == 302
    assert AnswerFile.objects.get().pk == kept.pk
    assert Answer.objects.get(question_id=make.SHORT).text == "Berg"


def test_nobody_takes_the_file_of_another(client, survey):
    code = answered(client, survey, photo())
    token = opened(client, code).fields[TOKENS]
    other = Client()
    theirs = answered(other, survey, text="Van een ander")
    form = opened(other, theirs)
    stolen = other.post(CHANGE, form.fields | {TOKENS: token})
    assert stolen.status_code == 422
    file = AnswerFile.objects.get()
    assert file.response.answers.filter(question_id=PHOTO).exists()
    # Nor along the form of a new answer.
    fresh = form_on(other.get(survey.url))
    assert send(other, fresh, **{TOKENS: token, TEXT: "Nog een"}).status_code == 422
    assert AnswerFile.objects.get() == file
    survey.closes_at = timezone.now() - timedelta(hours=2)
    survey.save()
    late = client.post(CHANGE, {"code": code, "versie": "1", TOKENS: token, TEXT: "Laat"})
    assert late.status_code == 409
    assert AnswerFile.objects.get() == file
