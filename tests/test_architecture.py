"""The floors of the house: an import goes down only, and peers do not know each other."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Top-level room -> rooms it may import from.
ALLOWED = {
    "cms": {"cms"},
    "areas": {"areas", "cms"},
    "surveys": {"surveys", "areas", "cms"},
    "newsletters": {"newsletters", "areas", "cms"},
    "participation": {"participation", "surveys", "newsletters", "areas", "cms"},
}


#: The rooms within areas/, the lowest first; each may import from those before it.
ROOMS_OF_AREAS = ["areas", "areas.councils", "areas.agenda", "areas.signals", "areas.room"]


def room_of_areas(module: str) -> str:
    """The room within areas/ that a dotted module belongs to."""
    return next(room for room in reversed(ROOMS_OF_AREAS) if f"{module}.".startswith(f"{room}."))


def test_imports_within_areas_go_down_too():
    wrong = []
    for path in sorted((ROOT / "areas").rglob("*.py")):
        own = ROOMS_OF_AREAS.index(room_of_areas(".".join(path.relative_to(ROOT).parts[:-1])))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                above = [
                    name
                    for name in names
                    if name.startswith("areas.") and ROOMS_OF_AREAS.index(room_of_areas(name)) > own
                ]
                wrong += [f"{path.relative_to(ROOT)} imports {name}" for name in above]
    assert wrong == []


def imported_rooms(path: Path) -> set[str]:
    """Our own top-level packages that a module imports, at the top or inside functions."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        rooms |= {name.split(".")[0] for name in names}
    return rooms & (set(ALLOWED) | {"tests"})


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_imports_go_down_the_floors(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {', '.join(sorted(extra))}"
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and (extra := imported_rooms(path) - ALLOWED[room])
    ]
    assert wrong == []


def test_public_templates_carry_no_inline_script_or_style():
    """The Content Security Policy of public pages refuses both."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if {"mail", "wagtailadmin"} & set(path.parts) or path.name.startswith("pdf"):
            continue
        text = path.read_text()
        wrong += [
            f"{path.relative_to(ROOT)}: {mark}"
            for mark in ("<script>", "style=", "onclick=", "javascript:", "<style")
            if mark in text
        ]
    assert wrong == []
