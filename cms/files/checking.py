"""Photos and PDFs of strangers: what comes in is checked, what goes on is made safe.

A photo is decoded and written anew, so that nothing but its pixels goes on: no position (EXIF), no
comment, no colour profile, nothing that stood behind it. A PDF goes on as it is, if it has the
shape of one and holds nothing that does something by itself; see `pdf_scan`.
"""

import threading
import unicodedata
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .pdf_scan import UnsafePdfError, scan_pdf

PDF = "application/pdf"
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", PDF: ".pdf"}
PILLOW_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
#: Brands of the container that iPhones write (ISO/IEC 23008-12, and AVIF).
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
LONGEST_NAME = 100
#: A photo takes hundreds of megabytes while it is open: one at a time in a process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed all checks, as it will be kept."""

    name: str
    content_type: str
    content: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


def check_file(
    upload: UploadedFile, *, max_bytes: int | None = None, kinds: Collection[str] = tuple(ENDINGS)
) -> CheckedFile:
    """The file as it may be kept. What it is follows from its bytes, not from its name.

    `max_bytes` and `kinds` (types of content) may be narrower than what the site takes at all.
    Raises ValidationError with one sentence that names the file and says what to do.
    """
    name = clean_name(upload.name or "")
    limit = min(max_bytes or settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    if upload.size > limit:
        raise _refused(
            _("“%(name)s” is te groot: %(size)s. Een bestand mag ten hoogste %(limit)s zijn."),
            name,
            size=megabytes(upload.size),
            limit=megabytes(limit),
        )
    upload.seek(0)
    data = upload.read()
    if not data:
        raise _refused(_("“%(name)s” is leeg. Kies het bestand opnieuw."), name)
    kind = kind_of(data)
    if kind == "heic" and set(kinds) != {PDF}:
        raise _refused(
            _(
                "“%(name)s” is een HEIC-foto van een iPhone. Die kunnen wij niet openen. Maak "
                "er een JPEG van: zet uw iPhone bij Camera op ‘Meest compatibel’, of stuur de foto "
                "eerst naar uzelf en bewaar hem als JPEG."
            ),
            name,
        )
    if kind not in kinds:
        raise _refused(_not_this(kinds), name)
    if kind == PDF:
        content = _checked_pdf(name, data)
    else:
        with _one_at_a_time:
            content = _rewritten_photo(name, kind, data)
    return CheckedFile(name=with_ending(name, kind), content_type=kind, content=content)


def _not_this(kinds: Collection[str]) -> str:
    """What to say of a file that is nothing we take here."""
    if PDF not in kinds:
        return _("“%(name)s” is geen foto (JPEG, PNG of WebP). Kies een ander bestand.")
    if len(kinds) == 1:
        return _("“%(name)s” is geen PDF. Kies een ander bestand.")
    return _("“%(name)s” is geen foto (JPEG, PNG of WebP) en geen PDF. Kies een ander bestand.")


def kind_of(data: bytes) -> str | None:
    """The type of a file by how it begins: one of ours, "heic", or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"%PDF-"):
        return PDF
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "heic"
    return None


def clean_name(name: str) -> str:
    """A file's name to show: the last part of its path, without what steers text or devices."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    name = PurePosixPath(name).name
    # Categories C*: control characters, and those that turn the direction of a text around.
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = "".join(" " if c in '<>:"|?*/' else c for c in name)
    name = " ".join(name.split()).strip(". ")
    if len(name) > LONGEST_NAME:
        path = PurePosixPath(name)
        name = path.stem[: LONGEST_NAME - 10] + path.suffix[:10]
    return name or _("bestand")


def with_ending(name: str, content_type: str) -> str:
    """A name that ends as its content asks: foto.exe that holds a JPEG becomes foto.jpg."""
    path = PurePosixPath(name)
    ending = ENDINGS[content_type]
    known = {ending, ".jpeg"} if ending == ".jpg" else {ending}
    return name if path.suffix.lower() in known else f"{path.stem}{ending}"


def megabytes(size: int) -> str:
    """A number of bytes in words, such as “1,2 MB”."""
    if size < 1024 * 1024:
        return _("%(size)s kB") % {"size": number_format(max(1, round(size / 1024)))}
    whole = round(size / 1024 / 1024, 1)
    return _("%(size)s MB") % {"size": number_format(whole, 0 if whole.is_integer() else 1)}


def _rewritten_photo(name: str, content_type: str, data: bytes) -> bytes:
    """The pixels of a photo, upright and at most so large, in a new file of the same type."""
    too_many = _refused(
        _("“%(name)s” heeft te veel beeldpunten. Maak de foto kleiner en kies hem opnieuw."), name
    )
    broken = _refused(
        _("“%(name)s” is beschadigd of niet compleet. Kies de foto opnieuw, of neem een andere."),
        name,
    )
    if not _is_whole(content_type, data):
        raise broken
    try:
        with warnings.catch_warnings():
            # Pillow's own warning about size comes where our limit says the same in our words.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            photo = Image.open(BytesIO(data), formats=[PILLOW_FORMATS[content_type]])
            if photo.width * photo.height > settings.UPLOAD_PHOTO_MAX_PIXELS:
                raise too_many
            # A JPEG can be decoded at half the size and less, in as much less memory.
            photo.draft("RGB", (settings.UPLOAD_PHOTO_MAX_SIDE, settings.UPLOAD_PHOTO_MAX_SIDE))
            photo.load()
        photo = ImageOps.exif_transpose(photo)
        clear = content_type != "image/jpeg" and photo.has_transparency_data
        photo = photo.convert("RGBA" if clear else "RGB")
        side = settings.UPLOAD_PHOTO_MAX_SIDE
        photo.thumbnail((side, side), Image.Resampling.LANCZOS)
        # A new image has nothing beside its pixels; saving one that was opened takes some along.
        bare = Image.new(photo.mode, photo.size)
        bare.paste(photo)
        output = BytesIO()
        bare.save(output, PILLOW_FORMATS[content_type], **_quality(content_type))
    except ValidationError:
        raise
    except Image.DecompressionBombError:
        raise too_many from None
    except Exception:  # decoders raise nearly anything on bytes made to break them
        raise broken from None
    content = output.getvalue()
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise too_many
    return content


def _is_whole(content_type: str, data: bytes) -> bool:
    """Whether a photo has its end. WeasyPrint tells Pillow to take those that were cut off."""
    if content_type == "image/png":
        return b"IEND\xaeB`\x82" in data
    if content_type == "image/webp":
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xDA:  # here the picture starts; previews stand in segments before it
            return data.find(b"\xff\xd9", position) > 0
        if marker == 0xFF:
            position += 1
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4])
    return False


def _quality(content_type: str) -> dict:
    if content_type == "image/jpeg":
        return {"quality": 85, "optimize": True}
    if content_type == "image/webp":
        return {"quality": 85}
    return {}


def _checked_pdf(name: str, data: bytes) -> bytes:
    """The same bytes, once nothing in them does something by itself."""
    sentences = {
        "broken": _(
            "“%(name)s” is beschadigd of niet compleet. Open de PDF op uw computer, bewaar hem "
            "opnieuw en kies hem nog een keer."
        ),
        "encrypted": _(
            "“%(name)s” is beveiligd met een wachtwoord. Bewaar de PDF zonder wachtwoord en kies "
            "hem opnieuw."
        ),
        "active": _(
            "In “%(name)s” zit een programma, een formulier of een ander bestand. Dat nemen wij "
            "niet aan. Druk het stuk af naar een nieuwe PDF en kies die."
        ),
    }
    try:
        scan_pdf(data)
    except UnsafePdfError as error:
        raise _refused(sentences[error.reason], name) from None
    return data


def _refused(sentence: str, name: str, **values) -> ValidationError:
    return ValidationError(sentence % {"name": name, **values}, code="file")
