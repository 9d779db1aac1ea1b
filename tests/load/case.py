"""What a case of the load test is, and the register of them all.

A module in `tests/load/cases/` adds cases with the `case` decorator; nothing else is needed.
"""

import fnmatch
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: What a quiet machine with two cores does of the trivial view. Times are judged as if the
#: machine were as fast as that one at the moment of measuring; the table shows both.
REFERENCE_RATE = 3000

Content = dict[str, Any]


@dataclass(frozen=True)
class Load:
    """The request that a case repeats.

    `fields` makes it a POST; the value of a CSRF field is put in anew for every request.
    `check` gets the answer to one request, made before the load, and raises AssertionError
    where it is not what the case is about; a case that measures an error page proves nothing.
    `count` tells, with the database at hand, how often the request took effect.
    """

    path: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] | None = None
    check: Callable[["Answer"], None] | None = None
    count: Callable[[], int] | None = None


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case) and body (not compressed) of one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Case:
    """A named load with its aim, if any.

    `aim`: the least share of the trivial view's requests a second. `aim_ms`: the most that 95
    in 100 requests may take, in ms, with one visitor at a time, on a machine where the trivial
    view does `REFERENCE_RATE` requests a second. `content`: on which of the
    contents in `tests.load.data` it is measured.
    """

    name: str
    content: str
    aim: float | None
    aim_ms: float | None
    make: Callable[..., Load] = field(repr=False)

    def load(self, content: Content, browser) -> Load:
        """The load on this content; `browser` fetches what the load is made from."""
        return self.make(content, browser)


_cases: dict[str, Case] = {}


def case(
    name: str,
    *,
    content: str = "features",
    aim: float | None = None,
    aim_ms: float | None = None,
):
    """Register a function `(content, browser) -> Load` as a case."""

    def register(make):
        if name in _cases:
            raise ValueError(f"two cases are called {name}")
        _cases[name] = Case(name, content, aim, aim_ms, make)
        return make

    return register


def all_cases() -> list[Case]:
    """The cases of every module in `tests/load/cases/`, by module and in their order there."""
    package = importlib.import_module("tests.load.cases")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")
    return list(_cases.values())


def chosen(names: list[str]) -> list[Case]:
    """The cases whose name begins with one of `names` or matches it; all where none is given.

    Raises ValueError for a name that chooses nothing.
    """
    cases = all_cases()
    if not names:
        return cases
    picked = []
    for name in names:
        found = [case for case in cases if fnmatch.fnmatch(case.name, f"{name}*")]
        if not found:
            raise ValueError(
                f"no case is called {name}; there are: {', '.join(case.name for case in cases)}"
            )
        picked += [case for case in found if case not in picked]
    return picked
