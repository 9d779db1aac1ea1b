"""Videos that are about to be shown, in one query for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.documents import get_document_model

from cms.media import VIDEO_TYPES

from ..definition import Question

KEYS = ("video", "captions", "described")


@dataclass(frozen=True)
class Video:
    """A video with its captions; `described` is the version in which a voice says what happens."""

    url: str
    media_type: str
    captions_url: str
    described_url: str = ""
    described_type: str = ""


def videos(questions: Iterable[Question]) -> dict[str, Video]:
    """Videos by question id; one without its file or its captions is not there."""
    wanted = {
        question.id: {key: question.extra[key] for key in KEYS if key in question.extra}
        for question in questions
        if "video" in question.extra
    }
    if not wanted:
        return {}
    keys = {key for documents in wanted.values() for key in documents.values()}
    found = get_document_model().objects.in_bulk(keys)
    shown = {}
    for question_id, documents in wanted.items():
        video, captions, described = (found.get(documents.get(key)) for key in KEYS)
        if video is None or captions is None:
            continue
        shown[question_id] = Video(
            url=video.url,
            media_type=_type(video),
            captions_url=captions.url,
            described_url=described.url if described else "",
            described_type=_type(described) if described else "",
        )
    return shown


def _type(document) -> str:
    return VIDEO_TYPES.get(document.file_extension.lower(), "")
