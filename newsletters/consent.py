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
}
CURRENT = TEXTS["2026-11"]
