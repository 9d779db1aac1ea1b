"""`constraint` of a form as the limits that a question of a survey knows, and back."""

from dataclasses import dataclass
from decimal import Decimal

from .expressions import Node, UnsupportedError, parse, quoted

_COUNT, _LENGTH = "count-selected", "string-length"
_SELF = Node("self")


@dataclass
class Limits:
    """Limits of an answer; `exclusive` is the name of the choice that goes with no other.

    `low` and `high` are a number in digits or a day. `above` and `below` where they are not
    allowed themselves.
    """

    low: str = ""
    high: str = ""
    above: bool = False
    below: bool = False
    shortest: int | None = None
    longest: int | None = None
    fewest: int | None = None
    most: int | None = None
    exclusive: str = ""


def read_limits(expression: str) -> Limits:
    """The limits that an expression sets. Raises UnsupportedError where it says more."""
    node = parse(expression)
    limits = Limits()
    for part in node.parts if node.kind == "and" else (node,):
        if part.kind == "not":
            limits.exclusive = _exclusive(part)
        elif part.kind == "compare":
            _limit(limits, part)
        else:
            raise UnsupportedError
    return limits


def _exclusive(node: Node) -> str:
    """The choice in `not(selected(., 'x') and count-selected(.) > 1)`."""
    inner = node.parts[0]
    several = Node("compare", ">", (Node(_COUNT, parts=(_SELF,)), Node("number", "1")))
    if inner.kind == "and" and len(inner.parts) == 2 and several in inner.parts:
        other = inner.parts[inner.parts[0] == several]
        if other.kind == "selected" and other.parts[:1] == (_SELF,) and len(other.parts) == 2:
            return other.parts[1].value
    raise UnsupportedError


def _limit(limits: Limits, node: Node) -> None:
    left, right = node.parts
    if left.kind in (_COUNT, _LENGTH) and left.parts == (_SELF,):
        if right.kind != "number" or not right.value.isdigit():
            raise UnsupportedError
        number = int(right.value)
        names = ("fewest", "most") if left.kind == _COUNT else ("shortest", "longest")
        if node.value in (">", ">=", "="):
            setattr(limits, names[0], number + (node.value == ">"))
        if node.value in ("<", "<=", "="):
            setattr(limits, names[1], number - (node.value == "<"))
        if node.value == "!=":
            raise UnsupportedError
        return
    if right.kind == "date" and len(right.parts) == 1:
        right = right.parts[0]
    if left.kind != "self" or right.kind not in ("number", "text") or not right.value:
        raise UnsupportedError
    if node.value in (">", ">="):
        limits.low, limits.above = right.value, node.value == ">"
    elif node.value in ("<", "<="):
        limits.high, limits.below = right.value, node.value == "<"
    else:
        raise UnsupportedError


def whole_limit(text: str, *, exclusive: bool, step: int) -> str:
    """A limit among whole numbers, one further (`step`) where it is not allowed itself."""
    number = Decimal(text)
    if number % 1:
        raise UnsupportedError
    return str(int(number) + (step if exclusive else 0))


def write_limits(limits: Limits) -> str:
    """The limits as an expression; empty where there are none."""
    parts = []
    for sign, text in ((">=", limits.low), ("<=", limits.high)):
        if text:
            day = text.count("-") == 2
            parts.append(f". {sign} date({quoted(text)})" if day else f". {sign} {text}")
    if limits.longest is not None:
        parts.append(f"string-length(.) <= {limits.longest}")
    for sign, number in ((">=", limits.fewest), ("<=", limits.most)):
        if number is not None:
            parts.append(f"count-selected(.) {sign} {number}")
    if limits.exclusive:
        parts.append(f"not(selected(., {quoted(limits.exclusive)}) and count-selected(.) > 1)")
    return " and ".join(parts)
