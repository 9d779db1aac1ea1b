"""The colours of the theme for mails and PDFs, which know no CSS custom properties.

Read from the same token files as the site uses, so a new theme needs nothing here.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_DARK = re.compile(r"@media[^{]*prefers-color-scheme: dark[^{]*\{(.*?)\n\}", re.DOTALL)
_TOKEN = re.compile(r"--gp-([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")


@lru_cache(maxsize=4)
def palette(theme: str | None = None) -> dict[str, dict[str, str]]:
    """{"light": {...}, "dark": {...}}: hex colours by token name with underscores.

    `color_link` is the token --gp-color-link, `band_1` is --gp-band-1. `theme`: name of a theme,
    the site's own by default.
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    theme = settings.THEME if theme is None else theme
    for name in ("css/tokens.css", f"css/themes/{theme}.css" if theme else ""):
        path = finders.find(name) if name else None
        if path is None:
            continue
        css = Path(path).read_text(encoding="utf-8")
        light |= _tokens(_DARK.sub("", css))
        dark |= _tokens("".join(_DARK.findall(css)))
    return {"light": light, "dark": light | dark}


def _tokens(css: str) -> dict[str, str]:
    return {name.replace("-", "_"): value.lower() for name, value in _TOKEN.findall(css)}
