"""One step through the pages of a survey: what to show next for what was sent."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import QueryDict

from areas.addresses.search import FIND

from .forms import SurveyForm

BACK, ON, SEND = "terug", "verder", "verstuur"
#: Show the form as it is, with nothing marked as wrong; and keep it to go on later.
SHOW, KEEP = "toon", "bewaar"
#: Leave a tablet that others use too, with nothing sent.
STOP = "stop"


@dataclass
class Step:
    """A form to show with a status, or a valid one to store (`is_done`).

    `news` says why a page shows again though nothing on it is wrong: "more" where an answer
    brought questions, "last" where it took all later pages away.
    """

    form: SurveyForm
    is_done: bool = False
    status: int = HTTPStatus.OK
    news: str = ""


def take_step(form_type: type[SurveyForm], data: QueryDict) -> Step:
    """Read a page that was sent, with the answers of other pages that it carries along.

    `pagina` is the page that was sent (from 1) and `stap` the button. Without them the form is
    read as a whole, as that of a survey of one page. Nothing that was carried along is trusted:
    before anything is stored, all answers are read and checked again.
    """
    button = data.get("stap", SEND)
    if button in (SHOW, FIND):
        return Step(as_it_was(form_type, data))
    count = len(form_type.flow.pages)
    sent = data.get("pagina", "")
    if count == 1 or not _is_page_number(sent):
        return _finish(form_type, data, form_type(data))
    page = _page(sent, count)
    if button == BACK:
        back = form_type(data, page=page, upto=-1).previous_page
        return Step(form_type(data, page=page if back is None else back, upto=-1))
    if page == count - 1 and button != ON:
        # No page can come after it: reading it as the last one checks all there is, once.
        return _finish(form_type, data, form_type(data, page=page))
    form = form_type(data, page=page, upto=page)
    if not form.is_valid():
        wrong = form.first_page_with_errors
        return _wrong(form_type, data, page if wrong is None else wrong)
    if form.has_unseen:
        return Step(form_type(data, page=page, upto=page - 1), news="more")
    if form.next_page is not None:
        return Step(form_type(data, page=form.next_page, upto=page))
    if button == ON:
        again = form_type(data, page=page, upto=page - 1)
        again.is_last_confirmed = True
        return Step(again, news="last")
    return _finish(form_type, data, form_type(data, page=page))


def as_it_was(form_type: type[SurveyForm], data: QueryDict) -> SurveyForm:
    """The page on which somebody was, with all they typed and nothing marked as wrong."""
    count, sent = len(form_type.flow.pages), data.get("pagina", "")
    return form_type(data, page=_page(sent, count) if _is_page_number(sent) else 0, upto=-1)


def _is_page_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4


def _page(sent: str, count: int) -> int:
    return min(max(int(sent), 1), count) - 1


def _finish(form_type: type[SurveyForm], data: QueryDict, form: SurveyForm) -> Step:
    if not form.is_valid():
        wrong = form.first_page_with_errors
        if len(form.flow.pages) > 1 and wrong is not None:
            return _wrong(form_type, data, wrong)
        return Step(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.has_unseen:
        return Step(form_type(data, page=form.page, upto=form.page - 1), news="more")
    return Step(form, is_done=True)


def _wrong(form_type: type[SurveyForm], data: QueryDict, page: int) -> Step:
    """The page with the first wrong answer, with the errors up to that page only."""
    form = form_type(data, page=page, upto=page)
    return Step(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
