"""The part of XPath that forms really use, read as data and never run.

Grammar: comparisons, `and`, `or`, `not(…)`, `selected(…)`, `contains(…)`, `date(…)`,
`string-length(…)` and `count-selected(…)` of `${question}`, `.`, texts and numbers. All else is
UnsupportedError, which the report passes on.
"""

import re
from dataclasses import dataclass

LONGEST = 2000
DEEPEST = 20
FUNCTIONS = ("not", "selected", "contains", "date", "string-length", "count-selected")

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<ref>\$\{\s*[\w.-]+\s*\})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))
    | (?P<operator>!=|>=|<=|=|>|<)
    | (?P<word>[A-Za-z][\w-]*)
    | (?P<mark>[(),.])
    )""",
    re.VERBOSE,
)
_SMART = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_FLIPPED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "!=": "!="}


class UnsupportedError(Exception):
    """An expression that says more than a survey can hold."""


@dataclass(frozen=True)
class Node:
    """A part of an expression: `kind` is ref, text, number, self, and, or, compare or a function.

    `value` is the name, the text, the number in digits or the operator.
    """

    kind: str
    value: str = ""
    parts: tuple["Node", ...] = ()


def parse(expression: str) -> Node:
    """The expression as a tree. Raises UnsupportedError."""
    if len(expression) > LONGEST:
        raise UnsupportedError
    return _Parser(_tokens(expression.translate(_SMART).strip())).whole()


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(expression):
        match = _TOKEN.match(expression, place)
        if match is None:
            raise UnsupportedError
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self._joined("or")
        if self.place < len(self.tokens):
            raise UnsupportedError
        return node

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("", "")

    def _take(self, *wanted: tuple[str, str]) -> bool:
        if self._next() in wanted:
            self.place += 1
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._take(("mark", mark)):
            raise UnsupportedError

    def _joined(self, word: str) -> Node:
        parts = [self._joined("and") if word == "or" else self._comparison()]
        while self._take(("word", word)):
            parts.append(self._joined("and") if word == "or" else self._comparison())
        if len(parts) == 1:
            return parts[0]
        flat = [piece for part in parts for piece in (part.parts if part.kind == word else [part])]
        return Node(word, parts=tuple(flat))

    def _comparison(self) -> Node:
        left = self._operand()
        kind, operator = self._next()
        if kind != "operator":
            return left
        self.place += 1
        right = self._operand()
        if left.kind in ("text", "number", "date"):
            left, right, operator = right, left, _FLIPPED[operator]
        return Node("compare", operator, (left, right))

    def _operand(self) -> Node:
        kind, word = self._next()
        self.place += 1
        if kind == "ref":
            return Node("ref", word[2:-1].strip())
        if kind == "text":
            return Node("text", word[1:-1])
        if kind == "number":
            return Node("number", word)
        if (kind, word) == ("mark", "."):
            return Node("self")
        if (kind, word) == ("mark", "("):
            return self._inside()
        if kind == "word" and word in FUNCTIONS and self._take(("mark", "(")):
            parts = [self._inside(closing=False)]
            while self._take(("mark", ",")):
                parts.append(self._inside(closing=False))
            self._expect(")")
            return Node(word, parts=tuple(parts))
        raise UnsupportedError

    def _inside(self, *, closing: bool = True) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnsupportedError
        node = self._joined("or")
        if closing:
            self._expect(")")
        self.depth -= 1
        return node


def quoted(text: str) -> str:
    """A text as XPath 1.0 writes it. Raises UnsupportedError where it holds both quotes."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise UnsupportedError
