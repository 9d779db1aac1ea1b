"""Files of answers that are changed: those of before stay in the form, under a name of their own.

The secret that stood in the first form is kept nowhere. So the form with which somebody changes
answers names each file by another one, which follows from the code of the receipt: only who has
the code has it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ..files.sent import FormData, file_questions, with_files
from ..models import AnswerFile, Response, SurveyVersion
from ..types.files import HELD


def own_files(code: str, response: Response) -> dict[str, AnswerFile]:
    """The files of a response by what its form calls them, in a fixed order; one query."""
    files = response.files.order_by("pk")
    found = {}
    for number, file in enumerate(files, start=1):
        # For the form only: nothing of a file that was sent keeps the visitor's own name.
        file.own_name = _("Bestand %(n)s, eerder verstuurd: %(name)s") % {
            "n": number,
            "name": file.name,
        }
        found[_token(code, file)] = file
    return found


def with_own_files(data: QueryDict, files: dict[str, AnswerFile]) -> QueryDict:
    """Form data of stored answers with the files that came with them."""
    form = FormData.of(data)
    form.held = dict(files)
    for token, file in files.items():
        form.appendlist(f"v-{file.question_id}-{HELD}", token)
    return form


def sent_with_files(
    request: HttpRequest,
    version: SurveyVersion,
    files: dict[str, AnswerFile],
    *,
    may_hold: Callable[[], bool],
) -> QueryDict:
    """A form that was sent: with new files that are held, and those of before that stay in it."""
    data = with_files(request.POST, request.FILES, version, may_hold=may_hold)
    if file_questions(version.asked):
        data.held |= files
    return data


def _token(code: str, file: AnswerFile) -> str:
    message = f"receipt-file\x1f{code}\x1f{file.pk}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:24]).decode()
