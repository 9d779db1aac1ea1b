"""The choice of a language on a survey's page, and what is said about the language chosen."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from ..definition import Questions
from .registry import DUTCH, FIELD, FRAME, NL, Language, language, offered
from .showing import is_partly_dutch


def frame_of(code: str) -> str:
    """The language of the site around a survey in that language: its own, or the best we have."""
    return code if code in dict(settings.LANGUAGES) else FRAME


def address_in(path: str, query: dict, code: str) -> str:
    """An address in a language: `/en/…` for English, `/en/…?taal=ar` for what the site lacks."""
    frame = frame_of(code)
    pairs = [(name, value) for name, values in query.items() for value in values if name != FIELD]
    if code != frame:
        pairs.append((FIELD, code))
    return translate_url(f"{path}?{urlencode(pairs)}" if pairs else path, frame)


def language_links(request: HttpRequest, survey) -> list[dict]:
    """The page in each language of the survey, Dutch first, as {language, url, current}."""
    if not survey.languages:
        return []
    query = dict(request.GET.lists())
    return [
        {
            "language": one,
            "url": address_in(request.path, query, one.code),
            "current": one.code == survey.language,
        }
        for one in (NL, *offered(survey.languages))
    ]


def path_without_language(request: HttpRequest) -> str:
    """The address of the request without the language that was chosen."""
    pairs = [
        (name, value) for name, values in request.GET.lists() for value in values if name != FIELD
    ]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def language_notes(survey, asked: Questions) -> dict:
    """What a page says about its language: `language`, and sentences in it about what is not.

    `language_field` is what a form carries along; empty where there is nothing to choose.
    """
    own: Language = language(survey.language)
    partly = survey.words.is_partly_dutch or is_partly_dutch(asked)
    return {
        "language": own,
        "partly_dutch": own.partly_dutch if partly else "",
        "frame_told": own.frame_told if own != NL and get_language() == FRAME else "",
        "language_field": survey.language if survey.languages else "",
    }


def with_language(url: str, codes: Iterable[str], code: str) -> str:
    """An address of our own that keeps the language, where a survey has more than one."""
    is_plain = code == (get_language() if get_language() in [*codes, DUTCH] else DUTCH)
    return url if is_plain else f"{url}?{urlencode({FIELD: code})}"
