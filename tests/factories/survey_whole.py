"""One survey with every type of question, picture, video and drawing, on two pages."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from tests.factories import survey_shapes as draw
from tests.factories import survey_types as kinds
from tests.factories import surveys as make

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 4
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nDit is de speelplek.\n"


def film() -> dict:
    """A video of our own with its captions, in words, for a statement."""
    documents = []
    for name, content in (("plek.mp4", MP4), ("plek.vtt", CAPTIONS)):
        document = get_document_model()(title=name)
        document.file.save(name, ContentFile(content))
        documents.append(document.pk)
    return {"video": documents[0], "captions": documents[1], "transcript": "<p>Gras.</p>"}


def whole() -> list[dict]:
    """Every type there is; the map, the video and what must be given are on the first page."""
    first = make.all_questions()
    return [
        *first[:3],
        kinds.statement(video=film()),
        {"type": "section", "id": "s-1", "value": {"label": "Op de kaart"}},
        *first[3:],
        *draw.all_drawings(),
        kinds.files(),
        kinds.hidden("flyer"),
        *kinds.every_type()[1:],
        {"type": "page", "id": "p-2", "value": {"label": "Nog iets"}},
        make.question("short_text", "00000000-0000-4000-8000-000000000400", "Wat nog meer?"),
    ]
