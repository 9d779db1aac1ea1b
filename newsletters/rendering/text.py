"""The plain text of a mail: reads well by itself, and aloud, with every address in full."""

from django.utils.translation import gettext as _

from cms.mailing.frame import contact_text
from cms.mailing.text import LINE, wrap

from ..content import Entry
from .richtext import plain_text

UNDERLINES = {"h1": "=", "h2": "-", "h3": "~"}


def mail_text(context: dict) -> str:
    """The whole text from the context of the HTML mail (`newsletter.render_mail`)."""
    parts = [_heading(context["title"], "h1"), wrap(context["kicker"])]
    if context["summary"]:
        parts.append(wrap(context["summary"]))
    parts += [text for text in map(_entry, context["entries"]) if text]
    parts.append("-" * 40)
    parts.append(contact_text())
    reason = _("U krijgt deze mail omdat %(reason)s.") % {"reason": context["reason"]}
    # Everybody's own reason comes later, on lines of its own.
    parts.append(reason.replace(f" {context['reason']}", f"\n{context['reason']}"))
    parts += [
        _link(_("Meld u af"), context["leave_url"]),
        _link(_("Verander uw keuzes"), context["preferences_url"]),
        _link(_("Lees op de website"), context["web_url"]),
    ]
    parts.append(wrap(_("Wij meten niet of u deze mail opent en waar u op klikt.")))
    return "\n\n".join(parts) + "\n"


def _heading(text: str, level: str) -> str:
    """A heading with a line below it, as long as its longest line."""
    wrapped = wrap(text)
    longest = max((len(line) for line in wrapped.split("\n")), default=0)
    return f"{wrapped}\n{UNDERLINES[level] * min(LINE, longest)}"


def _link(words: str, url: str) -> str:
    """Words that say where it leads, and the address on a line of its own."""
    return f"{wrap(words)}:\n{url}"


def _entry(entry: Entry) -> str:
    match entry.kind:
        case "heading":
            return _heading(entry.text, entry.level)
        case "text":
            return plain_text(entry.html)
        case "image":
            words = entry.text or entry.alt
            return wrap(_("[Foto: %(words)s]") % {"words": words}) if words else ""
        case "page":
            return _page(entry)
        case "map":
            return _map(entry)
        case "button":
            return _link(entry.text, entry.whole_url)
        case "quote":
            quoted = wrap(f"“{entry.text}”", first="  ", rest="  ")
            return f"{quoted}\n  - {entry.source}" if entry.source else quoted
        case _:
            return "* * *"


def _page(entry: Entry) -> str:
    title = f"{entry.label}: {entry.source}" if entry.label else entry.source
    parts = [_heading(f"{title} ({entry.status})" if entry.status else title, entry.level)]
    if entry.text:
        parts.append(wrap(entry.text))
    if entry.facts:
        lines = [wrap(f"{fact.label}: {fact.text}", first="- ", rest="  ") for fact in entry.facts]
        parts.append("\n".join(lines))
    parts.append(_link(entry.button or _("Lees meer"), entry.whole_url))
    return "\n\n".join(parts)


def _map(entry: Entry) -> str:
    """The places as a list: who reads the text has no map."""
    parts = [_heading(entry.text, "h2")] if entry.text else []
    for pin in entry.map.pins:
        mark = f"{pin.number}. "
        name = f"{pin.title}, {pin.place}" if pin.place else pin.title
        rest = " " * len(mark)
        parts.append(f"{wrap(name, first=mark, rest=rest)}\n{rest}{pin.whole_url}".rstrip())
    return "\n\n".join(parts)
