"""The files in a form that was sent: what came along is checked and held, what waits is found."""

import logging
import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.files.checking import CheckedFile, check_file, clean_name

from ..definition import Question
from ..models import AnswerFile, SurveyVersion
from ..types.files import HELD, kinds_of, most_bytes, most_files
from . import services

logger = logging.getLogger(__name__)

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
#: A file in a survey that an editor tries out is held by nothing but its name.
TRIED = "proef:"


class FormData(QueryDict):
    """A form that was sent, with the files that it holds on to.

    `held`: files by the token in the form. `refused`: why a file was not taken, by field name.
    """

    held: dict[str, AnswerFile]
    refused: dict[str, list[str]]

    @classmethod
    def of(cls, data: QueryDict) -> "FormData":
        """A copy of what was sent, still without its files."""
        form = cls(mutable=True)
        for name, values in data.lists():
            form.setlist(name, values)
        form.held, form.refused = {}, {}
        return form


def file_questions(version_asked) -> list[Question]:
    """The questions that take files."""
    return [question for question in version_asked if question.kind == "file"]


def with_files(
    data: QueryDict,
    uploads: MultiValueDict,
    version: SurveyVersion,
    *,
    may_hold: Callable[[], bool],
) -> QueryDict:
    """A form with all its files held on the server; as it is where the survey asks none.

    Uploads are checked and put aside at once, so that no later error makes anybody choose them
    twice. `may_hold` is asked for each of them. Two queries at most.
    """
    questions = file_questions(version.asked)
    if not questions:
        return data
    form = FormData.of(data)
    new = []
    for question in questions:
        new += _looked_at(
            form,
            uploads,
            question,
            form_token=data.get("csrfmiddlewaretoken", ""),
            may_hold=may_hold,
        )
    tokens = {token for question in questions for token in tokens_in(form, _held_name(question))}
    keys = {services.key_of(token): token for token in tokens}
    known = AnswerFile.objects.filter(survey_id=version.survey_id, pk__in=keys) if keys else ()
    form.held = {keys[row.pk]: row for row in known}
    missing = [one for one in new if one[0] not in form.held]
    try:
        if missing:
            form.held |= services.hold(survey_id=version.survey_id, files=missing)
    except OSError:
        logger.exception("Files of a survey could not be kept")
        for token, question_id, file in missing:
            name = f"v-{question_id}"
            message = _("Wij kunnen “%(name)s” nu niet bewaren. Probeer het later nog een keer.")
            _refuse(form, name, message % {"name": file.name})
            kept = [one for one in form.getlist(f"{name}-{HELD}") if one != token]
            form.setlist(f"{name}-{HELD}", kept)
    return form


def tried_with_files(data: QueryDict, uploads: MultiValueDict, asked) -> QueryDict:
    """The form of an editor who tries a survey out: files are checked, and nothing is kept."""
    questions = file_questions(asked)
    if not questions:
        return data
    form = FormData.of(data)
    for question in questions:
        name = _held_name(question)
        kept = [token for token in form.getlist(name) if token.startswith(TRIED)]
        new = _looked_at(form, uploads, question, form_token="", may_hold=lambda: True)
        form.setlist(name, [*kept, *(f"{TRIED}{file.name}" for _token, _key, file in new)])
        for token in form.getlist(name):
            form.held[token] = AnswerFile(
                question_id=question.id,
                own_name=clean_name(token.removeprefix(TRIED)),
                content_type="image/jpeg",
                size=0,
            )
    return form


def tokens_in(data: QueryDict, name: str) -> list[str]:
    """The tokens of a field that could be ours, in order and each once."""
    return [token for token in dict.fromkeys(data.getlist(name)) if TOKEN.fullmatch(token)]


def held_in(data: QueryDict) -> list[AnswerFile]:
    """All files that a form holds on to."""
    return list(getattr(data, "held", {}).values())


def _held_name(question: Question) -> str:
    return f"v-{question.id}-{HELD}"


def _looked_at(
    form: FormData, uploads, question: Question, *, form_token: str, may_hold
) -> list[tuple[str, str, CheckedFile]]:
    """(token, id of the question, file) of new good files; the tokens stand in the form too."""
    name, held = f"v-{question.id}", _held_name(question)
    tokens = tokens_in(form, held)
    found = []
    for upload in uploads.getlist(name):
        own_name, most = {"name": clean_name(upload.name or "")}, most_files(question)
        if len(tokens) >= most:
            message = ngettext(
                "“%(name)s” is er een te veel: u mag %(count)s bestand meesturen.",
                "“%(name)s” is er een te veel: u mag %(count)s bestanden meesturen.",
                most,
            )
            _refuse(form, name, message % (own_name | {"count": most}))
            continue
        if not may_hold():
            message = _(
                "“%(name)s” is nog niet bewaard: er komen nu heel veel bestanden van uw netwerk. "
                "Wacht tien minuten en kies het bestand dan opnieuw."
            )
            _refuse(form, name, message % own_name)
            continue
        try:
            file = check_file(upload, max_bytes=most_bytes(question), kinds=kinds_of(question))
        except ValidationError as error:
            _refuse(form, name, *error.messages)
            continue
        token = services.token_for(form_token=form_token, question_id=question.id, file=file)
        if token not in tokens:
            tokens.append(token)
            found.append((token, question.id, file))
    form.setlist(held, tokens)
    return found


def _refuse(form: FormData, name: str, *messages: str) -> None:
    form.refused.setdefault(name, []).extend(messages)
