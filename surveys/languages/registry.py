"""The languages that a survey can be offered in besides Dutch: those of SURVEY_LANGUAGES."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

DUTCH = "nl"
#: The field of the form, and the word in an address, that say in which language one answers.
FIELD = "taal"
#: Whoever reads little Dutch gets buttons and messages in this language of the interface.
FRAME = "en"

# Two sentences for who answers in that language, in that language and so not translated here:
# that a part is Dutch only, and that buttons and messages are in English.
_TOLD = {
    "en": ("Some of the text is only available in Dutch.", ""),
    "de": (
        "Ein Teil des Textes ist nur auf Niederländisch verfügbar.",
        "Die Schaltflächen und Meldungen sind auf Englisch.",
    ),
    "fr": (
        "Une partie du texte n’est disponible qu’en néerlandais.",
        "Les boutons et les messages sont en anglais.",
    ),
    "pl": (
        "Część tekstu jest dostępna tylko w języku niderlandzkim.",
        "Przyciski i komunikaty są w języku angielskim.",
    ),
    "uk": (
        "Частина тексту доступна лише нідерландською мовою.",
        "Кнопки та повідомлення — англійською мовою.",
    ),
    "tr": (
        "Metnin bir bölümü yalnızca Felemenkçe olarak mevcuttur.",
        "Düğmeler ve mesajlar İngilizcedir.",
    ),
    "ar": ("جزء من النص متاح باللغة الهولندية فقط.", "الأزرار والرسائل باللغة الإنجليزية."),
}


@dataclass(frozen=True)
class Language:
    """A language: its own name, its Dutch name, and the direction it is written in."""

    code: str
    name: str
    dutch_name: str
    direction: str = "ltr"

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"

    @property
    def attrs(self) -> SafeString:
        """Attributes of an element with text in this language (WCAG 3.1.2)."""
        if self.code == DUTCH:
            return mark_safe('lang="nl"')
        return format_html('lang="{}" dir="{}"', self.code, self.direction)

    @property
    def partly_dutch(self) -> str:
        """That a part of the text is in Dutch only; in English where we have no own sentence."""
        return _TOLD.get(self.code, _TOLD[FRAME])[0]

    @property
    def frame_told(self) -> str:
        """That buttons and messages are in English; empty where that is the language itself."""
        return _TOLD.get(self.code, ("", ""))[1]


NL = Language(DUTCH, "Nederlands", "Nederlands")


def languages() -> dict[str, Language]:
    """The languages to choose from, by code; Dutch is not among them."""
    return {code: Language(code, *names) for code, names in settings.SURVEY_LANGUAGES.items()}


def language(code: str) -> Language:
    """The language of a code; Dutch for one that is not (or no longer) among the settings."""
    return NL if code == DUTCH else languages().get(code, NL)


def offered(codes: Iterable[str]) -> list[Language]:
    """Languages of a survey in the order of the settings, without those no longer there."""
    codes = set(codes)
    return [one for code, one in languages().items() if code in codes]


def chosen(wanted: str | None, codes: Collection[str]) -> str:
    """Code of the language to show: the one asked for, else that of the site's, else Dutch."""
    if not codes:
        return DUTCH
    known = {one.code for one in offered(codes)} | {DUTCH}
    if wanted in known:
        return wanted
    here = get_language() or DUTCH
    return here if here in known else DUTCH
