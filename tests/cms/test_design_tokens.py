"""The colours of each theme, light and dark, keep the contrast that WCAG 2.2 AA asks."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static_src" / "css"
THEMES = [None, *sorted(path.stem for path in (CSS / "themes").glob("*.css"))]

BACKGROUNDS = ["canvas", "surface", "subtle", "tint"]
MEANINGS = ["info", "success", "warning", "error", "neutral"]
TEXT_PAIRS = [
    *(
        (text, ground)
        for text in ("text", "text-muted", "link", "link-hover")
        for ground in BACKGROUNDS
    ),
    *((meaning, f"{meaning}-bg") for meaning in MEANINGS),
    *(("text", f"{meaning}-bg") for meaning in MEANINGS),
    ("error", "canvas"),
    ("error", "surface"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-brand", "brand"),
    ("on-brand", "link"),
    ("on-footer", "footer"),
    ("on-footer-muted", "footer"),
]
SHAPE_PAIRS = [
    *(
        (shape, ground)
        for shape in (
            "line-strong",
            "brand",
            "action",
            "accent",
            "info",
            "success",
            "warning",
            "error",
        )
        for ground in ("canvas", "surface")
    ),
]


def declarations(path: Path) -> tuple[dict, dict]:
    """The --gp-color-* and --gp-map-* of a file: (light, dark); dark holds what it overrides."""
    text = path.read_text()
    dark_start = text.find("@media screen and (prefers-color-scheme: dark)")
    dark_end = text.find("\n}\n", dark_start)
    dark_text = text[dark_start:dark_end]
    light_text = text[:dark_start] + text[dark_end:]
    pattern = re.compile(r"--gp-((?:color|map|focus)-[\w-]+):\s*(#[0-9a-f]{6});")
    return dict(pattern.findall(light_text)), dict(pattern.findall(dark_text))


def palette(theme: str | None, scheme: str) -> dict:
    """What a browser computes, in the order of the cascade."""
    light, dark = declarations(CSS / "tokens.css")
    colours = light | (dark if scheme == "dark" else {})
    if theme:
        light, dark = declarations(CSS / "themes" / f"{theme}.css")
        colours |= light | (dark if scheme == "dark" else {})
    return colours


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours (WCAG 2.2, definition of contrast ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
def test_contrast_holds(theme, scheme):
    colours = palette(theme, scheme)
    pairs = [(f"color-{a}", f"color-{b}", 4.5) for a, b in TEXT_PAIRS]
    pairs += [(f"color-{a}", f"color-{b}", 3.0) for a, b in SHAPE_PAIRS]
    pairs += [
        ("map-marker-text", "map-marker", 4.5),
        ("map-marker", "map-land", 3.0),
        ("map-area-line", "map-land", 3.0),
        ("map-active", "map-land", 3.0),
        ("focus-inner", "focus-outer", 9.0),
    ]
    too_low = [
        f"{a} on {b}: {contrast(colours[a], colours[b]):.2f} < {least}"
        for a, b, least in pairs
        if contrast(colours[a], colours[b]) < least
    ]
    assert not too_low


@pytest.mark.parametrize("theme", THEMES[1:])
def test_a_theme_sets_tokens_and_nothing_else(theme):
    text = re.sub(r"/\*.*?\*/", "", (CSS / "themes" / f"{theme}.css").read_text(), flags=re.S)
    names = re.findall(r"^\s*([\w-]+):", text, flags=re.M)
    assert names
    assert all(name.startswith("--") for name in names)
    assert set(re.findall(r"^\s*([^\s{}][^{}]*?)\s*{", text, flags=re.M)) <= {
        ":root",
        "@media screen and (prefers-color-scheme: dark)",
    }


def test_every_token_in_use_is_defined():
    text = "\n".join(path.read_text() for path in CSS.rglob("*.css"))
    used = set(re.findall(r"var\((--(?:gp|nl|utrecht)-[\w-]+)", text))
    defined = set(re.findall(r"(--(?:gp|nl|utrecht)-[\w-]+):", text))
    assert used <= defined
