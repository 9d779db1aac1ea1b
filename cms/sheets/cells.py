"""What a cell holds: one clean text, that no spreadsheet takes for a formula."""

import re
from datetime import date, datetime, time

#: Spreadsheets take a text that begins so for a formula (OWASP, CSV injection).
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
#: Control characters: XML 1.0 cannot hold them, and nobody typed them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """A text as all three formats keep it: line feeds only, no control characters, no edges."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def neutralised(text: str) -> str:
    """A text with an apostrophe before it where a spreadsheet would read a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that `neutralised` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def as_text(value) -> str:
    """What a cell of a spreadsheet holds, as text: dates as ISO 8601, 12.0 as 12."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if value.time() == time.min else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return restored(clean(str(value)))
