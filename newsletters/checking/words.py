"""Checks on the words of an edition: what was left to fill in, what looks like spam, what is hard.

The list of phrases is our own and short: words that filters know from advertising and fraud, and
that a municipality can do without.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.reading import hard_to_read

from .findings import Finding
from .parts import SUBJECT, Parts, Text

SUBJECT_LENGTH = 60
HARD_SHOWN = 6
_TO_FILL_IN = (
    "naam|datum|tijd|tijdstip|plaats|plek|adres|link|titel|bedrag|locatie|onderwerp|straat|kern|wijk|"
    "telefoon|telefoonnummer|e-mail|e-mailadres|aantal|tekst|foto|invullen|aanvullen|volgt"
)
#: Left from writing: this cannot go out.
_LEFT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\blorem\b(?:\s+ipsum\b)?",
        r"\bx{3,}\b",
        rf"[\[<{{](?:{_TO_FILL_IN})[^\]>}}\n]{{0,30}}[\]>}}]",
        r"\bdd[-/. ]mm\b(?:[-/. ]j{2,4}\b)?",
        r"\bhier komt (?:nog|de tekst|een tekst|tekst|de foto|een foto)\b",
        r"\b(?:typ|tik) hier\b",
        r"\b(?:dummytekst|plaatshouder|placeholder)\b",
        r"\?{3,}",
    )
] + [re.compile(r"\b(?:TODO|TO DO|TBD|FIXME|PM)\b(?!\s*\d)")]
#: Perhaps left from writing, perhaps meant so.
_PERHAPS_LEFT = [
    re.compile(pattern, re.IGNORECASE) for pattern in (r"\bhier komt\b", r"\[[a-z][^\]\n]{0,39}\]")
]
_SPAM = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:100|honderd) ?(?:%|procent) gratis\b",
        r"\bklik (?:hier )?nu\b",
        r"\blaatste kans\b",
        r"\balleen vandaag\b",
        r"\bnu of nooit\b",
        r"\bu hebt? (?:een prijs )?gewonnen\b",
        r"\bu heeft (?:een prijs )?gewonnen\b",
        r"\bgeld verdienen\b",
        r"\bzonder risico\b",
        r"\bgegarandeerd\b",
        r"\bmis (?:het|dit) niet\b",
        r"[€$]{2,}",
    )
]
_SPAM_SUBJECT = [
    re.compile(r"\bgratis\b", re.IGNORECASE),
    re.compile(r"\bdringend\b", re.IGNORECASE),
]
_REPLY = re.compile(r"^\s*(?:re|fw|fwd|antw)\s*:", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{4,}\b(?:[\s,:-]+\b[A-ZÀ-Þ]{4,}\b)+")


def check_words(parts: Parts) -> Iterator[Finding]:
    """All that can be said of the texts, each in its place."""
    for text in parts.texts:
        yield from _left(text)
    for text in parts.texts:
        yield from _spam(text)
        if text.kind == SUBJECT:
            yield from _subject(text)
    yield from _hard(parts)


def _left(text: Text) -> Iterator[Finding]:
    left = [match[0] for pattern in _LEFT if (match := pattern.search(text.words))]
    for words in left:
        yield Finding(
            text.where,
            _("Er staat nog ‘%(words)s’. Vul het in of haal het weg.") % {"words": words},
            is_error=True,
        )
    if left:
        return
    found = next((match for p in _PERHAPS_LEFT if (match := p.search(text.words))), None)
    if found:
        yield Finding(
            text.where,
            _("Moet ‘%(words)s’ er nog staan? Vul het anders in.") % {"words": found[0]},
        )


def _spam(text: Text) -> Iterator[Finding]:
    words = text.words
    patterns = _SPAM + (_SPAM_SUBJECT if text.kind == SUBJECT else [])
    found = next((match for p in patterns if (match := p.search(words))), None)
    if found:
        yield Finding(
            text.where,
            _("‘%(words)s’ lijkt op reclame: spamfilters letten daarop. Kan het anders?")
            % {"words": found[0]},
        )
    most = 0 if text.kind == SUBJECT else 2
    if words.count("!") > most + 1 or "!!" in words:
        yield Finding(
            text.where, _("Er staan veel uitroeptekens. Spamfilters letten daarop. Haal ze weg.")
        )
    found = _CAPITALS.search(words)
    if found:
        yield Finding(
            text.where,
            _("‘%(words)s’ staat in hoofdletters. Dat leest moeilijk en lijkt op spam.")
            % {"words": found[0][:60]},
        )


def _subject(text: Text) -> Iterator[Finding]:
    length = len(text.words)
    if length > SUBJECT_LENGTH:
        yield Finding(
            text.where,
            _(
                "Het onderwerp is %(length)s tekens lang. Op een telefoon is na %(most)s tekens "
                "niets meer te zien. Zet het belangrijkste vooraan, of maak het korter."
            )
            % {"length": length, "most": SUBJECT_LENGTH},
        )
    if _REPLY.search(text.words):
        yield Finding(
            text.where,
            _("Het onderwerp begint als een antwoord of een doorgestuurde mail. Haal dat weg."),
        )


def _hard(parts: Parts) -> Iterator[Finding]:
    """What is hard to read, the first few of it."""
    found = [
        Finding(text.where, message) for text in parts.texts for message in hard_to_read(text.words)
    ]
    yield from found[:HARD_SHOWN]
    more = len(found) - HARD_SHOWN
    if more > 0:
        words = ngettext(
            "En nog %(number)s lange zin of lang woord.",
            "En nog %(number)s lange zinnen of woorden.",
            more,
        )
        yield Finding(_("Leesbaarheid"), words % {"number": more})
