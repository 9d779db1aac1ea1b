"""Reading captions in WebVTT (W3C, WebVTT: The Web Video Text Tracks Format), to check them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAX_BYTES = 1024 * 1024
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")


class CaptionsError(Exception):
    """What is wrong with captions, in words for an editor."""


@dataclass(frozen=True)
class Cue:
    """One caption; `start` and `end` in milliseconds."""

    start: int
    end: int
    text: str


def read_captions(data: bytes) -> list[Cue]:
    """All captions in a file. Raises CaptionsError, with the number of the line where it can."""
    if len(data) > MAX_BYTES:
        raise CaptionsError(_("Dit bestand is te groot voor ondertiteling."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaptionsError(
            _("De tekst is niet als UTF-8 bewaard. Bewaar het bestand opnieuw als UTF-8.")
        ) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise CaptionsError(
            _("Dit is geen WebVTT: de eerste regel moet WEBVTT zijn. Een SRT-bestand moet u eerst "
              "omzetten.")
        )  # fmt: skip
    cues: list[Cue] = []
    for number, block in _blocks(lines[1:]):
        cue = _cue(number, block)
        if cue is None:
            continue
        if cues and cue.start < cues[-1].start:
            raise CaptionsError(
                _("Regel %(line)s: deze tekst begint eerder dan de tekst ervoor.")
                % {"line": number}
            )
        cues.append(cue)
    if not cues:
        raise CaptionsError(_("Er staat geen ondertiteling in dit bestand."))
    return cues


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of what stands between empty lines."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=2):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    """The caption in a block; None for a note, or settings at the top."""
    timed = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
    if timed is None:
        if number == 2 or _ASIDE.match(block[0]):
            return None
        raise CaptionsError(
            _("Regel %(line)s: hier ontbreekt de tijd, zoals 00:00:01.000 --> 00:00:04.000.")
            % {"line": number}
        )
    match = _TIMING.fullmatch(block[timed].strip())
    if match is None:
        raise CaptionsError(
            _(
                "Regel %(line)s: de tijd klopt niet. Schrijf hem zoals "
                "00:00:01.000 --> 00:00:04.000."
            )
            % {"line": number + timed}
        )
    start, end = (_milliseconds(match.groups()[part : part + 4]) for part in (0, 4))
    if end <= start:
        raise CaptionsError(
            _("Regel %(line)s: het einde komt niet na het begin.") % {"line": number + timed}
        )
    text = "\n".join(block[timed + 1 :]).strip()
    if not text or "-->" in text:
        raise CaptionsError(
            _("Regel %(line)s: onder deze tijd staat geen tekst.") % {"line": number + timed}
        )
    return Cue(start, end, text)


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
