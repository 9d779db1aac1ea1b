"""Photos with answers, a random order and a video, with and without scripts."""

import os

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.documents import get_document_model

from surveys.models import Answer, Response
from tests.areas import uploads
from tests.browser.conftest import WIDTHS, fits
from tests.factories import survey_types as kinds
from tests.factories import surveys as make
from tests.surveys.test_videos import CAPTIONS, MP4

PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg()}
NO_PHOTO = {"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"0000ftypqt  "}
LOOK = os.environ.get("SCREENSHOTS", "")


def look(page, name: str) -> None:
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


@pytest.fixture
def survey(north):
    many = make.options(**{f"o_{number}": f"Plan {number}" for number in range(9)})
    documents = []
    for name, content in (("plek.mp4", MP4), ("plek.vtt", CAPTIONS.encode())):
        document = get_document_model()(title=name)
        document.file.save(name, ContentFile(content))
        documents.append(document.pk)
    film = {"video": documents[0], "captions": documents[1], "transcript": "<p>Gras.</p>"}
    items = [
        kinds.statement(video=film | {"described": documents[0]}),
        make.question(
            "several_choices",
            make.SEVERAL,
            "Welk plan?",
            options=many,
            other="Anders",
            shuffle=True,
        ),
        kinds.hidden("flyer"),
        kinds.files(),
        {"type": "page", "id": "p-2", "value": {"label": "Nog iets"}},
        kinds.ranking(shuffle=True),
        kinds.matrix(shuffle=True),
        make.question("short_text", make.SHORT, "Wat ziet u?", required=True, max_length=40),
    ]
    return make.SurveyPageFactory(parent=north, questions=items)


def plans(page) -> list[str]:
    return page.locator(f'input[name="v-{make.SEVERAL}"]').evaluate_all(
        "inputs => inputs.map(input => input.value)"
    )


@pytest.mark.parametrize("width", WIDTHS, ids=str)
def test_a_survey_with_extras(
    page, live_server, survey, width, assert_accessible, complaints, browser_login, area_manager
):
    page.set_viewport_size(WIDTHS[width])
    address = f"{live_server.url}{survey.url}?bron=flyer"
    orders = set()
    for _time in range(3):
        page.goto(address)
        orders.add(tuple(plans(page)))
    assert len(orders) > 1
    order = plans(page)
    assert order[-1] == "other"
    film = page.locator("video").first
    expect(film).to_have_attribute("preload", "none")
    assert film.evaluate("video => video.textTracks[0].kind") == "captions"
    expect(page.get_by_text("Hoe u bij ons kwam = flyer")).to_be_visible()
    page.get_by_text("De video in woorden").click()
    expect(page.get_by_text("Gras.")).to_be_visible()
    assert_accessible(page)
    assert fits(page)
    look(page, f"extras-{width}")

    page.get_by_label("Plan 3").check()
    page.get_by_label("Hebt u een foto?").set_input_files([PHOTO, NO_PHOTO])
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_text("“film.mov” is geen foto").first).to_be_visible()
    complaints.clear()  # Chromium reports the status 422 as an error
    assert plans(page) == order
    expect(page.get_by_label("Plan 3")).to_be_checked()
    expect(page.get_by_label("IMG_1.jpg")).to_be_checked()
    assert_accessible(page)
    assert fits(page)
    look(page, f"extras-held-{width}")
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_role("heading", name="Nog iets")).to_be_visible()
    page.get_by_role("button", name="Vorige pagina").click()
    expect(page.get_by_label("IMG_1.jpg")).to_be_checked()
    assert plans(page) == order
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Wat ziet u?").fill("Een kuil")
    assert_accessible(page)
    look(page, f"extras-two-{width}")
    page.get_by_role("button", name="Verstuur uw antwoorden").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw antwoorden")
    assert Response.objects.get().files.count() == 1
    assert Answer.objects.get(question_id=make.SEVERAL).option_id == "o-3"
    assert Answer.objects.get(question_id=kinds.PASSED_ON).text == "flyer"

    browser_login(area_manager)
    page.goto(live_server.url + reverse("surveys_files", args=[survey.pk]))
    expect(page.get_by_role("img", name="Foto ")).to_be_visible()
    assert_accessible(page, "main")
    look(page, f"extras-files-{width}")
