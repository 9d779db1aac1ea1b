"""Whether a PDF (ISO 32000-2) is whole and does nothing by itself, without opening it.

Readers forgive broken files, each in its own way, so a scan cannot follow one reader: it looks at
all bytes of the file, and at all that it can inflate, for the names of what can run, open, send or
carry something else. Where it cannot look, in an object stream packed in an unusual way, the file
is refused.
"""

import re
import zlib

#: Inflated bytes in all that we look through; drawings inflate to tens of megabytes.
MOST_INFLATED = 80 * 1024 * 1024
MOST_STREAMS = 10_000
#: Names written in hex, in a megabyte and in one dictionary: a few for fonts, some by chance in
#: packed bytes. More of them only cost time.
MOST_ESCAPES, MOST_ESCAPES_IN_HEAD = 20_000, 200
#: Bytes taken from the file, and given out, at a time.
PACKED, UNPACKED = 16 * 1024, 1024 * 1024

#: Names that make a PDF do something, or carry something that a reader could open. Opening on a
#: page (/OpenAction) and links to the web (/URI) do no harm. Long names only: a short one such as
#: /JS also turns up by chance in packed pictures, and means nothing without one of these.
ACTIVE_NAMES = (
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"Rendition",
    b"RichMedia",
    b"RichMediaExecute",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"XFA",
)
ENDS_NAME = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
ACTIVE = re.compile(rb"/(?:" + b"|".join(ACTIVE_NAMES) + rb")" + ENDS_NAME)
ENCRYPTED = re.compile(rb"/Encrypt" + ENDS_NAME)
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n?")
OBJECT_STREAM = re.compile(rb"/ObjStm" + ENDS_NAME)
FILTER = re.compile(rb"/(?:Filter|F)" + ENDS_NAME + rb"\s*(\[[^\]]*\]|/[^\s/<>()\[\]]+|\S+)?")
PREDICTOR = re.compile(rb"/Predictor\s+(\S+)")
FLATE = re.compile(rb"\[?\s*/(?:FlateDecode|Fl)\s*\]?")
START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
#: As much as a dictionary before a stream may take.
LONGEST_DICTIONARY = 4096


class UnsafePdfError(Exception):
    """`reason` is "broken", "encrypted" or "active"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def scan_pdf(data: bytes) -> None:
    """Raise UnsafePdfError where a file is no whole PDF, or does more than show pages."""
    _check_frame(data)
    plain = _without_hex(data)
    if ENCRYPTED.search(plain):
        raise UnsafePdfError("encrypted")
    if ACTIVE.search(plain):
        raise UnsafePdfError("active")
    left, seen_object_streams = MOST_INFLATED, 0
    for number, found in enumerate(STREAM.finditer(data)):
        if number > MOST_STREAMS:
            raise UnsafePdfError("broken")
        head = _without_hex(_dictionary_before(data, found.start()), most=MOST_ESCAPES_IN_HEAD)
        is_objects = bool(OBJECT_STREAM.search(head))
        if is_objects:
            seen_object_streams += 1
            _check_packing(head)
        left -= _look_inside(data, found.end(), left, must=is_objects and b"/Fl" in head)
    # One that we did not come across by its stream is hidden from us, and not from a reader.
    if len(OBJECT_STREAM.findall(plain)) > seen_object_streams:
        raise UnsafePdfError("broken")


def _check_frame(data: bytes) -> None:
    """Header at the very start, table of contents in place, and nothing after the end."""
    header = re.match(rb"%PDF-[12]\.\d[\s%]", data)
    start = START.search(data[-2048:])
    if not header or not start or b"/Root" not in _without_hex(data):
        raise UnsafePdfError("broken")
    if not TABLE.match(data, int(start[1])) or int(start[1]) >= len(data):
        raise UnsafePdfError("broken")


def _without_hex(data: bytes, *, most: int = MOST_ESCAPES) -> bytes:
    """With #xx in names written out: /J#61vaScript is /JavaScript (7.3.5)."""
    text, count = HEX.subn(lambda found: bytes([int(found[1], 16)]), data, count=most + 1)
    if count > most:
        raise UnsafePdfError("active")
    return text


def _dictionary_before(data: bytes, end: int) -> bytes:
    """What stands between the start of an object and its stream."""
    begin = max(0, end - LONGEST_DICTIONARY)
    before = data[begin:end]
    return before[before.rfind(b"obj") + 3 :] if b"obj" in before else before


def _check_packing(head: bytes) -> None:
    """Refuse object streams packed in a way that nobody needs and that hides what is inside."""
    filters = FILTER.findall(head)
    predictor = PREDICTOR.search(head)
    if any(not FLATE.fullmatch(packed.strip()) for packed in filters) or len(filters) > 1:
        raise UnsafePdfError("active")
    if predictor and predictor[1].rstrip(b">") != b"1":
        raise UnsafePdfError("active")


def _look_inside(data: bytes, start: int, left: int, *, must: bool) -> int:
    """Inflate what stands at `start`, in pieces, and look through it; gives the number of bytes.

    What is not deflated is left: its bytes were looked at with the whole file. `must`: it is said
    to be deflated, so that one which does not inflate is a reason to refuse.
    """
    unpacker = zlib.decompressobj()
    seen, tail, position = 0, b"", start
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail
        if not packed:
            packed = data[position : position + PACKED]
            position += len(packed)
        try:
            if not packed:
                raise zlib.error
            piece = unpacker.decompress(packed, UNPACKED)
        except zlib.error:
            if must:
                raise UnsafePdfError("broken") from None
            return seen
        seen += len(piece)
        if seen > left:
            raise UnsafePdfError("broken")
        text = _without_hex(tail + piece)
        if ACTIVE.search(text):
            raise UnsafePdfError("active")
        tail = text[-64:]
    return seen
