"""Text without capitals and accents, in Python and in the database by one table.

Neither database folds by itself: `unaccent` is an extension that a municipality's server need not
have, and SQLite knows capitals of ASCII only.
"""

import unicodedata

from django.db.models import Func, TextField

LETTERS = range(0x00C0, 0x0250)  # Latin-1 Supplement, Latin Extended-A and -B
MARKS = range(0x0300, 0x0313)  # accents that stand as a character of their own
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
GONE = "".join(map(chr, MARKS))
TABLE = str.maketrans("".join(PLAIN), "".join(PLAIN.values()), GONE)


def fold(text: str) -> str:
    """A text in lower case and without accents; typographic quotes and dashes as on a keyboard."""
    return text.translate(TABLE).lower()


class Fold(Func):
    """`fold` of a text column, in the database."""

    function = "SURVEYS_FOLD"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        # translate() walks along the whole table for every letter: only where there is something.
        source, params = compiler.compile(self.source_expressions[0])
        sql = (
            f"lower(CASE WHEN octet_length({source}) = char_length({source}) THEN {source} "
            f"ELSE translate({source}, %s, %s) END)"
        )
        # What has no counterpart goes.
        table = ("".join(PLAIN) + GONE, "".join(PLAIN.values()))
        return sql, (*params, *params, *params, *params, *table)


def teach_sqlite(connection, **kwargs) -> None:
    """Give a new connection to SQLite the function that `Fold` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("SURVEYS_FOLD", 1, _fold_or_none, deterministic=True)


def _fold_or_none(text):
    return None if text is None else fold(text)
