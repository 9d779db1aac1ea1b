"""Text without capitals and accents, and how to find it in a database that keeps both.

Neither database folds by itself: `unaccent` is an extension that a municipality's server need not
have, and SQLite knows capitals of ASCII only. So a search asks for each letter in all its forms.
Folding every stored text took PostgreSQL 100 seconds for 250,000 answers; this takes 0.3.
"""

import re
import unicodedata

LETTERS = range(0x00C0, 0x0250)  # Latin-1 Supplement, Latin Extended-A and -B
MARKS = "".join(map(chr, range(0x0300, 0x0313)))  # accents as characters of their own
#: Letters that Unicode does not take apart, and signs that a word processor puts in.
OTHERS = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"} | {
    "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-", "\xa0": " ",
}  # fmt: skip


def _plain(letter: str) -> str:
    """The ASCII letter under the accents of a letter, or nothing."""
    parts = unicodedata.normalize("NFKD", letter).lower()
    base = "".join(part for part in parts if not unicodedata.combining(part))
    return base if len(base) == 1 and base.isascii() and base.isalpha() else ""


PLAIN = {letter: plain for code in LETTERS if (plain := _plain(letter := chr(code)))} | OTHERS
TABLE = str.maketrans("".join(PLAIN), "".join(PLAIN.values()), MARKS)


def fold(text: str) -> str:
    """A text in lower case and without accents; typographic quotes and dashes as on a keyboard."""
    return text.translate(TABLE).lower()


def _forms() -> dict[str, str]:
    """Regular expression of all forms of a folded character that has more than one."""
    forms: dict[str, str] = {}
    for letter, plain in PLAIN.items():
        forms[plain] = forms.get(plain, "") + letter
    patterns = {}
    for plain in {*"abcdefghijklmnopqrstuvwxyz", *forms}:
        upper = plain.upper() if plain.isalpha() else ""
        patterns[plain] = f"[{forms.get(plain, '')}{upper}{plain}]"
        if plain in forms and plain.isalpha():
            patterns[plain] += f"[{MARKS}]*"
    return patterns


FORMS = _forms()


def folded_pattern(text: str) -> str:
    """A regular expression, of PostgreSQL and Python alike, for a text in any case and accents."""
    return "".join(
        FORMS.get(letter)
        or (re.escape(letter) if letter == letter.upper() else f"[{letter}{letter.upper()}]")
        for letter in fold(text)
    )
