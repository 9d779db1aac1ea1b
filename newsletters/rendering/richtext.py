"""Rich text of an editor as it may stand in a mail: few elements, whole addresses, or plain."""

from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from cms.mailing.text import wrap
from cms.services import absolute_url

ALLOWED = {"p", "b", "strong", "i", "em", "a", "ul", "ol", "li", "br", "h2", "h3"}
SCHEMES = {"http", "https", "mailto", "tel"}


def whole_address(url: str) -> str:
    """`url` as it works outside this site, or an empty text where it leads nowhere."""
    if not url:
        return ""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:  # as of "http://[::1"
        return ""
    if scheme:
        return url if scheme in SCHEMES else ""
    return absolute_url(url)


def mail_html(html: str) -> str:
    """Only the elements and attributes that mail needs, well-formed, with whole addresses."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(True):
        if element.name not in ALLOWED:
            element.unwrap()
            continue
        url = whole_address(element.get("href", "")) if element.name == "a" else ""
        element.attrs = {"href": url} if url else {}
        if element.name == "a" and not url:
            element.unwrap()
    return soup.decode(formatter="minimal")


def plain_text(html: str) -> str:
    """Paragraphs of at most 76 characters, lists with marks, and addresses in full."""
    soup = BeautifulSoup(html, "html.parser")
    parts: list[str] = []
    loose: list[str] = []

    def flush() -> None:
        text = _collapse("".join(loose))
        loose.clear()
        if text:
            parts.append(wrap(text))

    for node in soup.children:
        if isinstance(node, Tag) and node.name in ("ul", "ol"):
            flush()
            parts.append(_list(node))
        elif isinstance(node, Tag) and node.name in ("p", "h2", "h3"):
            flush()
            loose.append(_inline(node))
            flush()
        else:
            loose.append(_inline(node))
    flush()
    return "\n\n".join(part for part in parts if part)


def _list(node: Tag, indent: str = "") -> str:
    lines = []
    for number, item in enumerate(node.find_all("li", recursive=False), start=1):
        mark = f"{number}. " if node.name == "ol" else "- "
        nested = [child.extract() for child in item.find_all(["ul", "ol"], recursive=False)]
        text = _collapse(_inline(item))
        lines.append(wrap(text, first=indent + mark, rest=indent + " " * len(mark)))
        lines += [_list(child, indent + "  ") for child in nested]
    return "\n".join(lines)


def _inline(node) -> str:
    if isinstance(node, NavigableString):
        return str(node).replace("\n", " ")
    if node.name == "br":
        return "\n"
    text = "".join(_inline(child) for child in node.children)
    if node.name == "a":
        url = whole_address(node.get("href", ""))
        if url and _collapse(text) not in (url, url.removeprefix("mailto:")):
            return f"{text} ({url})"
    return text


def _collapse(text: str) -> str:
    """Single spaces, with the line breaks that the editor made."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
