"""Reading the source of a mail as a mail program does: features, colours, parts."""

import re
from collections.abc import Iterator

import tinycss2
from bs4 import BeautifulSoup, Tag

DARK = "prefers-color-scheme"
#: Properties that one vendor's programs know, and others pass by.
VENDOR = re.compile(r"^(-|mso-)|^supported-color-schemes$")


def declarations(tokens) -> dict[str, str]:
    """Property -> value of a list of declarations."""
    found = tinycss2.parse_declaration_list(tokens, skip_comments=True, skip_whitespace=True)
    return {
        one.lower_name: tinycss2.serialize(one.value).strip()
        for one in found
        if one.type == "declaration"
    }


def rules(soup: BeautifulSoup) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(media query, selector, declarations) of every rule in the style sheets of a mail."""
    for sheet in soup.find_all("style"):
        yield from _rules(sheet.string, sheet.get("media", ""))


def _rules(css, media: str):
    parsed = (
        tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        if isinstance(css, str)
        else tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)
    )
    for rule in parsed:
        assert rule.type in ("qualified-rule", "at-rule"), rule
        if rule.type == "at-rule":
            assert rule.lower_at_keyword == "media", rule.lower_at_keyword
            yield from _rules(rule.content, tinycss2.serialize(rule.prelude).strip())
        else:
            yield media, tinycss2.serialize(rule.prelude).strip(), declarations(rule.content)


def properties(soup: BeautifulSoup) -> set[str]:
    """Every property that a mail uses, on its elements and in its style sheets."""
    found = {name for element in soup.find_all(style=True) for name in styles(element)}
    found |= {name for _media, _selector, values in rules(soup) for name in values}
    return {name for name in found if not VENDOR.match(name)}


def styles(element: Tag) -> dict[str, str]:
    return declarations(element.get("style", ""))


class Colors:
    """The colours of text and ground as a program shows them, in one of the schemes."""

    def __init__(self, soup: BeautifulSoup, *, dark: bool):
        self.values: dict[int, dict[str, str]] = {}
        for element in soup.find_all(True):
            own = styles(element)
            ground = own.get("background-color") or own.get("background") or element.get("bgcolor")
            self.values[id(element)] = {"color": own.get("color"), "ground": ground}
        for media, selector, values in rules(soup) if dark else ():
            if DARK not in media:
                continue
            for element in soup.select(selector):
                mine = self.values[id(element)]
                mine["color"] = _plain(values.get("color")) or mine["color"]
                ground = values.get("background-color") or values.get("background")
                mine["ground"] = _plain(ground) or mine["ground"]

    def of(self, element: Tag) -> tuple[str, str]:
        """(text, ground) of an element, from the nearest that says so."""
        chain = [element, *(parent for parent in element.parents if id(parent) in self.values)]

        def nearest(what: str, otherwise: str) -> str:
            given = (self.values[id(one)][what] for one in chain)
            return next((value for value in given if value and value[0] == "#"), otherwise)

        return nearest("color", "#000000"), nearest("ground", "#ffffff")


def _plain(value: str | None) -> str | None:
    return value.replace("!important", "").strip() if value else None


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two hex colours (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
