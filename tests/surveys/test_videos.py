"""A video between the questions: only with captions and with words, and in parts for browsers."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction
from wagtail.test.utils.form_data import rich_text

from surveys.models import SurveyPage
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.admin_forms import condition, long_text, survey_form
from tests.surveys.helpers import says, text_of
from tests.surveys.xlsforms import confirm, exported, send_in

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 4
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(200)
CAPTIONS = """WEBVTT - Speelplek

NOTE gemaakt op het gemeentehuis

1
00:00:01.000 --> 00:00:04.000 line:80%
Dit is de speelplek.

00:05.000 --> 00:09.500
<v Kind>Hier moet een schommel.
"""


@pytest.fixture
def document(db):
    def make_one(name: str, content: bytes | str):
        data = content.encode() if isinstance(content, str) else content
        found = get_document_model()(title=name)
        found.file.save(name, ContentFile(data))
        return found

    return make_one


@pytest.fixture
def edit(north, login, area_manager):
    """Publish a survey with a statement that has these parts of a video; gives the response."""
    manager = login(area_manager)
    page = make.SurveyPageFactory(parent=north)

    def send(action="action-publish", **parts):
        video = {"video": "", "captions": "", "described": "", "transcript": rich_text("")}
        video |= {key: getattr(part, "pk", part) for key, part in parts.items()}
        value = {
            "label": "Kijk eerst", "text": rich_text("<p>Zo is het nu.</p>"), "image": "",
            "alt": "", "video": video, "condition": condition(),
        }  # fmt: skip
        items = [{"type": "statement", "value": value, "id": ""}, long_text()]
        data = survey_form(items, title="Speelplek") | {action: "1"}
        return manager.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    send.page = page
    return send


def test_a_video_needs_captions_and_words(edit, document, client, django_assert_max_num_queries):
    video, captions = document("plek.mp4", MP4), document("plek.vtt", CAPTIONS)
    words = rich_text("<p>Een lege plek met gras. Een kind wijst.</p>")
    alone = edit(video=video)
    assert says(alone, "Een video moet ondertiteling hebben, voor wie hem niet kan horen.")
    assert says(alone, "Schrijf op wat er te zien en te horen is")
    assert says(edit(captions=captions), "Kies ook de video zelf.")
    for name, content, sentence in (
        ("nep.mp4", b"MZ" * 40, "Dit bestand is geen video die elke browser kan afspelen."),
        ("nep.webm", MP4, "Dit bestand is geen video die elke browser kan afspelen."),
        ("brief.pdf", b"%PDF-1.4", "Kies een bestand dat eindigt op .mp4 of .webm."),
    ):
        wrong = edit(video=document(name, content), captions=captions, transcript=words)
        assert says(wrong, sentence), name
    for content, sentence in (
        ("1\n00:00:01,000 --> 00:00:02,000\nHoi", "de eerste regel moet WEBVTT zijn"),
        ("WEBVTT\n\n", "Er staat geen ondertiteling in dit bestand."),
        ("WEBVTT\n\n00:01.000 --> 00:00.500\nHoi", "Regel 3: het einde komt niet na het begin."),
        ("WEBVTT\n\n1\n00:01,000 --> 00:02,000\nHoi", "Regel 4: de tijd klopt niet."),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\nHoi", "Regel 3: onder deze tijd staat geen tekst."),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb", "Regel 6: deze"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nlos\n", "Regel 6: hier ontbreekt de tijd"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff", "niet als UTF-8 bewaard"),
    ):
        wrong = edit(video=video, captions=document("fout.vtt", content), transcript=words)
        assert says(wrong, sentence), sentence
    assert edit("action-save", video=video).status_code == 302  # a draft may be half
    assert edit(video=video, captions=captions, transcript=words).status_code == 302
    address = SurveyPage.objects.get(pk=edit.page.pk).url
    with django_assert_max_num_queries(12):
        shown = client.get(address)
    html = shown.content.decode()
    assert f'<source src="{video.url}" type="video/mp4">' in html
    assert f'<track kind="captions" src="{captions.url}" srclang="nl"' in html
    assert 'controls preload="none"' in html
    assert "Een lege plek met gras." in text_of(shown)
    assert "media-src 'self'" in shown["Content-Security-Policy"]
    frozen = edit.page.versions.order_by("-number").first().definition["questions"][0]
    assert frozen["settings"]["video"] == video.pk
    # Without its captions a video does not show; its words do.
    captions.delete()
    later = client.get(address)
    assert "<video" not in later.content.decode()
    assert "Een lege plek met gras." in text_of(later)
    described = document("vertelt.webm", WEBM)
    captions = document("weer.vtt", CAPTIONS)
    assert edit(video=video, captions=captions, described=described).status_code == 302
    html = client.get(address).content.decode()
    assert f'<source src="{described.url}" type="video/webm">' in html
    assert "De video in woorden" not in html


def test_a_video_comes_in_parts(client, document):
    video = document("plek.mp4", MP4)
    whole = client.get(video.url)
    assert (whole.status_code, whole["Content-Type"]) == (200, "video/mp4")
    assert whole["Accept-Ranges"] == "bytes"
    assert whole.getvalue() == MP4
    last = len(MP4) - 1
    for asked, first, end in (
        ("bytes=0-1", 0, 1),
        ("bytes=10-", 10, last),
        ("bytes=-5", last - 4, last),
        ("bytes=0-999999", 0, last),
        ("bytes=-999999", 0, last),
    ):
        part = client.get(video.url, HTTP_RANGE=asked)
        assert part.status_code == 206, asked
        assert part["Content-Range"] == f"bytes {first}-{end}/{len(MP4)}"
        content = part.getvalue()
        assert content == MP4[first : end + 1]
        assert int(part["Content-Length"]) == len(content)
    for asked in (f"bytes={len(MP4)}-", "bytes=5-2", "bytes=-0"):
        beyond = client.get(video.url, HTTP_RANGE=asked)
        assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(MP4)}")
    for asked in (
        "bytes=0-1,4-5",
        "bytes=-",
        "stukken=1-2",
        "bytes=a-b",
        "bytes=" + "9" * 40 + "-",
    ):
        assert client.get(video.url, HTTP_RANGE=asked).getvalue() == MP4, asked
    old = client.get(video.url, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"oud"')
    assert old.getvalue() == MP4
    same = client.get(video.url, HTTP_IF_NONE_MATCH=whole["ETag"])
    assert same.status_code == 304
    captions = document("plek.vtt", CAPTIONS)
    given = client.get(captions.url)
    assert given["Content-Type"].startswith("text/vtt")
    assert given.getvalue() == CAPTIONS.encode()
    assert client.get(document("brief.txt", "Dag").url).getvalue() == b"Dag"
    CollectionViewRestriction.objects.create(
        collection=video.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(video.url, HTTP_RANGE="bytes=0-1").status_code == 302


def test_a_video_goes_along_with_a_copy_and_an_xlsform(north, login, administrator, document):
    parts = {
        "video": document("plek.mp4", MP4).pk,
        "captions": document("plek.vtt", CAPTIONS).pk,
        "described": None,
        "transcript": "<p>Een lege plek.</p>",
    }
    items = [kinds.statement(video=parts), *make.all_questions()[:1]]
    survey = make.SurveyPageFactory(parent=north, questions=items)
    boss = login(administrator)
    confirm(boss, north, send_in(boss, north, exported(boss, survey)))
    copy = SurveyPage.objects.child_of(north).exclude(pk=survey.pk).get()
    assert copy.asked[0].settings == survey.asked[0].settings
    file = exported(boss, survey)
    get_document_model().objects.get(pk=parts["captions"]).delete()
    response = send_in(boss, north, file)
    assert "Deze video is er niet meer, of u mag haar niet kiezen." in text_of(response)
