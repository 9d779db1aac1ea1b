"""Rich text as a translator types it: plain lines with a few marks, and back to HTML.

An empty line ends a paragraph, a line with `- ` or `1. ` is an item of a list, `**bold**` and
`*slanted*` say so, and `[words](1)` is the first link of the Dutch text. The address of a link is
that of the Dutch text: a translator gives words only, so no HTML and no address comes in.
"""

import re
from html.parser import HTMLParser

from django.utils.html import escape

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([0-9]{1,2})\)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SLANTED = re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*")
_BULLET, _NUMBER = re.compile(r"[-•]\s+(.*)"), re.compile(r"[0-9]{1,3}[.)]\s+(.*)")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self._lists: list[int | None] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(self.get_starttag_text())
            self.parts.append("[")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            if number is None:
                self.parts.append("- ")
            else:
                self._lists[-1] = number + 1
                self.parts.append(f"{number + 1}. ")
        self.parts.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag):
        self.parts.append(_MARKS.get(tag, ""))
        if tag == "a":
            self.parts.append(f"]({len(self.links)})")
        elif tag == "li":
            self.parts.append("\n")
        elif tag in ("ul", "ol"):
            self._lists = self._lists[:-1]
            self.parts.append("\n")
        elif tag in ("p", "h2", "h3", "h4", "div"):
            self.parts.append("\n\n")

    def handle_data(self, data):
        self.parts.append(data.replace("\n", " "))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return reader


def to_lines(html: str) -> str:
    """Rich text as lines to translate."""
    text = "".join(_read(html).parts)
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def link_count(html: str) -> int:
    """How many links a rich text has."""
    return len(_read(html).links)


def missing_links(lines: str, dutch: str) -> list[int]:
    """Numbers of links in `lines` that the Dutch rich text does not have."""
    count = link_count(dutch)
    return [int(number) for _words, number in _LINK.findall(lines) if not 1 <= int(number) <= count]


def to_html(lines: str, dutch: str) -> str:
    """Lines of a translator as rich text, with the links of the Dutch text."""
    links = _read(dutch).links
    blocks, found = re.split(r"\n\s*\n", lines.replace("\r\n", "\n").strip()), []
    for block in blocks:
        tag, items = "", []
        for line in filter(str.strip, block.split("\n")):
            bullet, number = _BULLET.fullmatch(line.strip()), _NUMBER.fullmatch(line.strip())
            kind = "ul" if bullet else "ol" if number else "p"
            words = _inline((bullet or number)[1] if kind != "p" else line.strip(), links)
            if kind != tag and items:
                found.append(_block(tag, items))
                items = []
            tag = kind
            items.append(words)
        if items:
            found.append(_block(tag, items))
    return "".join(found)


def _block(tag: str, items: list[str]) -> str:
    if tag == "p":
        return f"<p>{'<br/>'.join(items)}</p>"
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _inline(text: str, links: list[str]) -> str:
    def linked(found: re.Match) -> str:
        number = int(found[2])
        return f"{links[number - 1]}{found[1]}</a>" if 1 <= number <= len(links) else found[1]

    html = _BOLD.sub(r"<b>\1</b>", escape(text))
    # Links last: an address may hold a star.
    return _LINK.sub(linked, _SLANTED.sub(r"<i>\1</i>", html))
