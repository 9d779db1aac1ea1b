"""What takes long to work out from the answers to a survey, kept until an answer changes.

Kept in the Django cache under a stamp of the answers: the number of responses, and a mark that
the database renews where one is changed or goes (`watch`). So sending answers costs nothing, and
what is old is never read again.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Func, IntegerField, OuterRef, Subquery
from django.utils.translation import get_language

from ..models import AnswersStamp, Response, SurveyPage, SurveyVersion

Made = TypeVar("Made")

#: Names of places and limits of areas are in it too, and may be a little behind.
SECONDS_KEPT = 3600
#: Whoever works it out is dead after this; and so long others wait for it.
SECONDS_BUSY = 30
PAUSE = 0.1


def kept(survey: SurveyPage, *about: object, make: Callable[[], Made]) -> Made:
    """What `make` gives, worked out once for all who ask; one query.

    `about` tells one figure of a survey from another, with all that it depends on besides the
    answers. Of those who ask at the same time one works it out and the others wait, as far as they
    share a cache. `make` must not give None, and what it gives must stand being pickled.
    """
    return once(_key(survey, *about), make)


def once(key: str, make: Callable[[], Made]) -> Made:
    """What is kept under a key, or what `make` gives while others wait; no query of its own."""
    found = cache.get(key)
    if found is not None:
        return found
    busy, until = f"{key}:busy", time.monotonic() + SECONDS_BUSY
    ours = secrets.token_hex(8)
    while not cache.add(busy, ours, SECONDS_BUSY) and time.monotonic() < until:
        time.sleep(PAUSE)
        found = cache.get(key)
        if found is not None:
            return found
    try:
        # Whoever was busy may have ended just before.
        found = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, SECONDS_KEPT)
    finally:
        if cache.get(busy) == ours:  # else somebody else is busy now, and others wait for them
            cache.delete(busy)
    return found


def _key(survey: SurveyPage, *about: object) -> str:
    stamps = AnswersStamp.objects.filter(pk=OuterRef("pk")).values("stamp")
    versions = SurveyVersion.objects.filter(survey=survey).values("pk")
    responses = Response.objects.filter(version__in=versions).order_by()
    counted = responses.annotate(
        number=Func("pk", function="COUNT", output_field=IntegerField())
    ).values("number")
    stamp, count = SurveyPage.objects.filter(pk=survey.pk).values_list(
        Subquery(stamps), Subquery(counted)
    ).first() or (None, None)
    parts = (survey.pk, stamp, count, get_language(), *about)
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    return f"survey-kept:{digest[:40]}"
