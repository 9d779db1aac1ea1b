"""The texts with which people agree to get newsletters; each stays, since rows name it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ConsentText:
    """What stood beside the button. `version` is stored with the subscription."""

    version: str
    text: Any


TEXTS = {
    "2026-11": ConsentText(
        version="2026-11",
        text=_(
            "U krijgt alleen nieuwsbrieven over de gebieden die u kiest. Wij gebruiken uw "
            "e-mailadres nergens anders voor en wij meten niet of u de mails leest. "
            "U kunt zich altijd afmelden met één klik."
        ),
    ),
    "2026-11-topics": ConsentText(
        version="2026-11-topics",
        text=_(
            "U krijgt alleen nieuwsbrieven over wat u kiest. Wij gebruiken uw e-mailadres "
            "nergens anders voor en wij meten niet of u de mails leest. "
            "U kunt zich altijd afmelden met één klik."
        ),
    ),
}
CURRENT = TEXTS["2026-11-topics"]


def text_of(version: str) -> str:
    """The words somebody agreed to, or an empty text where we do not know the version."""
    found = TEXTS.get(version)
    return str(found.text) if found else ""
