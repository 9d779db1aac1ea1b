"""The signals that mark a response. None of them refuses one: a vote is never dropped.

Nothing that a signal looks at is stored with the response: no moment, address or browser. What
must be compared with others is counted in the cache for minutes, under keyed digests.
"""

import hashlib
import hmac
from collections.abc import Sequence

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from areas.signals.asking import puzzle
from cms import moments, ratelimit

from ..forms import SurveyForm
from ..models import Answer, ResponseMark, SurveyVersion
from ..services import said_in

Kind = ResponseMark.Kind

#: Nobody opens a page, reads a question, answers and sends it quicker than this, in seconds.
FASTEST = 2.0
FASTEST_ANSWER = 0.5
LIMIT_SECONDS = 600
BURST_SECONDS = 600
#: One form answers once; a shared tablet that goes back to it is looked at, and not refused.
FORM_SECONDS = 86_400
#: How many equal responses in ten minutes are still chance: few where somebody wrote the same
#: words, many where there is little to choose. (From so many characters or answers, so many.)
BURST_WORDS = (25, 3)
BURST_ANSWERS = (8, 8)
BURST_FEW = 40


def marks_of(
    request: HttpRequest,
    *,
    version: SurveyVersion,
    form: SurveyForm,
    answers: Sequence[Answer],
    form_token: str = "",
    is_timed: bool = True,
    is_change: bool = False,
    is_shared: bool = False,
) -> list[str]:
    """Kinds of `ResponseMark` for answers that are about to be stored; no queries.

    `form_token` is the secret of the showing of the form. Not `is_timed` where the form was
    filled in before it was shown (a draft); `is_change` where answers of before come back;
    `is_shared` where many people answer from one network, as on a tablet of ours or with codes.
    """
    found = []
    said = said_in(answers)
    if form.trap_value:
        found.append(Kind.TRAP)
    checked = puzzle.check(request.POST.get("puzzel", ""))
    if checked == puzzle.FALSE:
        found.append(Kind.PUZZLE)
    if is_timed and not is_change and _is_too_fast(request, answers):
        found.append(Kind.FAST)
    digest = _digest(str(version.pk), *said)
    is_again = False
    if form_token and not is_change:
        before = _before_with(form_token, digest)
        is_again = before == digest
        if before and not is_again:
            found.append(Kind.REUSED)
    if not is_again and _times(version, digest) > _chance(answers):
        found.append(Kind.BURST)
    if not is_shared and not ratelimit.allow(
        f"survey-many-{version.survey_id}",
        ratelimit.client_key(request),
        limit=settings.SURVEY_MARK_PER_ADDRESS,
        period=LIMIT_SECONDS,
    ):
        found.append(Kind.NETWORK)
    if found and checked == puzzle.MISSING:
        # By itself it says only that somebody has no JavaScript, which is nobody's business.
        found.append(Kind.UNCHECKED)
    return found


def _is_too_fast(request: HttpRequest, answers: Sequence[Answer]) -> bool:
    seconds = moments.seconds_since(request.POST.get(moments.FIELD, ""))
    answered = len({answer.question_id for answer in answers})
    return seconds is not None and seconds < FASTEST + FASTEST_ANSWER * answered


def _before_with(form_token: str, digest: str) -> str:
    """The digest of the first answers that came with a form; empty where these are the first."""
    key = f"survey-form:{_digest(form_token)}"
    try:
        if cache.add(key, digest, timeout=FORM_SECONDS):
            return ""
        return cache.get(key) or ""
    except OSError:
        return ""


def _times(version: SurveyVersion, digest: str) -> int:
    """How often these answers came in the last minutes, this time included."""
    key = f"survey-same:{version.survey_id}:{digest}"
    try:
        return 1 if cache.add(key, 1, timeout=BURST_SECONDS) else cache.incr(key)
    except (OSError, ValueError):
        return 1


def _chance(answers: Sequence[Answer]) -> int:
    written = max((len(answer.text) for answer in answers), default=0)
    if written >= BURST_WORDS[0]:
        return BURST_WORDS[1]
    return BURST_ANSWERS[1] if len(answers) >= BURST_ANSWERS[0] else BURST_FEW


def _digest(*parts: str) -> str:
    message = "\x1f".join(parts).encode(errors="surrogatepass")
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
