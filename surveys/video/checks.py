"""Whether a document is a video or captions, by its bytes and not by its name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.media import VIDEO_TYPES

from .webvtt import MAX_BYTES, CaptionsError, read_captions


def check_video(document) -> None:
    """Raises ValidationError for what is no MP4 or WebM."""
    head = _beginning(document, 64)
    is_mp4 = head[4:8] == b"ftyp" and not head[8:12].startswith((b"hei", b"mif", b"avi", b"qt"))
    is_webm = head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head
    found = {"mp4": is_mp4, "webm": is_webm}
    if document.file_extension.lower() not in VIDEO_TYPES:
        raise ValidationError(
            _("Dit is geen video. Kies een bestand dat eindigt op .mp4 of .webm.")
        )
    if not found[document.file_extension.lower()]:
        raise ValidationError(
            _(
                "Dit bestand is geen video die elke browser kan afspelen. Maak er een MP4 (H.264) "
                "of WebM van en zet die bij de documenten."
            )
        )


def check_captions(document) -> None:
    """Raises ValidationError for what is no WebVTT, with the line where it goes wrong."""
    if document.file_extension.lower() != "vtt":
        raise ValidationError(
            _("Dit is geen ondertiteling. Kies een WebVTT-bestand, dat eindigt op .vtt.")
        )
    try:
        read_captions(_beginning(document, MAX_BYTES + 1))
    except CaptionsError as error:
        raise ValidationError(str(error)) from None


def _beginning(document, size: int) -> bytes:
    try:
        with document.file.open("rb") as file:
            return file.read(size)
    except OSError:
        raise ValidationError(_("Dit bestand is er niet meer. Kies een ander.")) from None
