"""The pages of a receipt: the code after sending, and what one can do with it.

The code is entered in a form and goes on in forms, never in an address: addresses end up in logs
and in the history of shared computers. There is no cookie either.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms import ratelimit
from cms.private_pages import for_one_person

from ..files.services import FilesGoneError
from ..forms import SurveyForm, form_class
from ..integrity.signals import marks_of
from ..languages.showing import translated
from ..models import Response, SurveyPage
from ..steps import as_it_was, take_step
from ..submit_views import FILES_GONE, may_hold_a_file
from ..views import survey_page, thanks_page
from . import codes
from .files import own_files, sent_with_files, with_own_files
from .forms import ReceiptForm
from .given import form_data, in_words
from .services import change_answers, withdraw

#: Codes entered from one network in ten minutes: a family or a library never comes there. With
#: 80 random bits a code cannot be found by trying; this keeps programs from trying at all.
CODES_PER_ADDRESS = 60
#: Steps through the pages of a form with a code that is good.
STEPS_PER_ADDRESS = 300
LIMIT_SECONDS = 600
DONE = {"veranderd": "changed", "ingetrokken": "withdrawn"}


@for_one_person
@require_safe
def sent(request: HttpRequest, pk: int, sealed: str) -> HttpResponse:
    """`GET /enquetes/<pk>/verstuurd/<sealed>/bedankt/`: thanks, with the code of these answers.

    404 for an address that we did not make; after half an hour the page thanks without a code.
    """
    survey = get_object_or_404(SurveyPage, pk=pk)
    try:
        code = codes.unseal(sealed, pk)
    except BadSignature:
        raise Http404 from None
    return thanks_page(request, survey, code=codes.grouped(code) if code else "", is_sent=True)


def with_receipt(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a POST with a good code: `view(request, code, response)`.

    Others get the form to enter one: 422 for a wrong code, 429 after too many. A GET leads to it.
    """

    @for_one_person
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return redirect("survey_receipt")
        steps = "versie" in request.POST
        if not ratelimit.allow(
            "survey-receipt-steps" if steps else "survey-receipt",
            ratelimit.client_key(request),
            limit=STEPS_PER_ADDRESS if steps else CODES_PER_ADDRESS,
            period=LIMIT_SECONDS,
        ):
            form = ReceiptForm(request.POST)
            form.errors.clear()
            form.add_error(
                None,
                _(
                    "Er zijn vanaf uw netwerk heel veel codes ingevuld. Probeer het over tien "
                    "minuten weer, of bel ons."
                ),
            )
            return _enter(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        form = ReceiptForm(request.POST)
        if not form.is_valid():
            return _enter(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        return view(request, form.cleaned_data["code"], form.response)

    return wrapped


@for_one_person
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """`/enquetes/ontvangst/`: enter a code; a POST shows what it stands for."""
    if request.method != "POST":
        return _enter(request, ReceiptForm(), HTTPStatus.OK)
    return _look(request)


@with_receipt
def _look(request: HttpRequest, code: str, response: Response) -> HttpResponse:
    return _shown(request, code, response)


@with_receipt
def change(request: HttpRequest, code: str, response: Response) -> HttpResponse:
    """`POST /enquetes/ontvangst/veranderen/`: the form as it was given, and what is sent with it.

    In the version in which it was given. 409 where the survey closed meanwhile: nothing changes,
    and what was typed is shown to copy.
    """
    version = response.version
    survey = version.survey
    # An address never stands beside answers: there is nothing to show, and a new one would say
    # whose answers these are.
    all_asked = translated(version.asked, response.language)
    asked = tuple(question for question in all_asked if question.type.may_change)
    form_type = form_class(asked)
    is_sent = "versie" in request.POST
    busy = is_sent and timezone.now() < survey.grace_ends
    if not may_change(survey) and not (busy and survey.state == SurveyPage.State.CLOSED):
        unsent = form_type(request.POST).as_given() if is_sent else ()
        return _shown(request, code, response, status=HTTPStatus.CONFLICT, unsent=unsent)

    def shown(form: SurveyForm, **kwargs) -> HttpResponse:
        return survey_page(
            request,
            survey,
            form=form,
            version_number=version.number,
            receipt_code=code,
            language=response.language,
            in_grace=survey.state == SurveyPage.State.CLOSED,
            **kwargs,
        )

    data = form_data(version.asked, response.answers.all())
    if data is None:
        return _shown(request, code, response, status=HTTPStatus.CONFLICT, is_fixed=True)
    files = own_files(code, response)
    if not is_sent:
        return shown(as_it_was(form_type, with_own_files(data, files)))
    sent = sent_with_files(request, version, files, may_hold=lambda: may_hold_a_file(request))
    step = take_step(form_type, sent)
    if not step.is_done:
        return shown(step.form, news=step.news, status=step.status)
    answers = step.form.answers
    marks = marks_of(request, version=version, form=step.form, answers=answers, is_change=True)
    try:
        changed = change_answers(
            response_id=response.pk,
            answers=answers,
            marks=marks,
            files=step.form.answer_files,
        )
    except FilesGoneError:
        step.form.add_error(None, FILES_GONE)
        return shown(step.form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not changed:
        return redirect("survey_receipt")
    return redirect("survey_receipt_done", pk=survey.pk, what="veranderd")


@with_receipt
def withdrawal(request: HttpRequest, code: str, response: Response) -> HttpResponse:
    """`POST /enquetes/ontvangst/intrekken/`: asks whether one is sure; with `zeker` it is done."""
    survey = response.version.survey
    if not may_withdraw(survey):
        return _shown(request, code, response, status=HTTPStatus.CONFLICT)
    if request.POST.get("zeker") != "ja":
        survey.language = response.language
        context = {"page": survey, "code": codes.grouped(code)}
        return render(request, "surveys/receipts/withdraw.html", context)
    withdraw(response_id=response.pk)
    return redirect("survey_receipt_done", pk=survey.pk, what="ingetrokken")


@for_one_person
@require_safe
def done(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`GET /enquetes/<pk>/ontvangst/<veranderd|ingetrokken>/`: it is done; holds no code."""
    survey = get_object_or_404(SurveyPage, pk=pk)
    return render(request, "surveys/receipts/done.html", {"page": survey, "what": DONE[what]})


def may_change(survey: SurveyPage) -> bool:
    """Whether who answered may change it: as long as the survey is open to others too."""
    return survey.live and survey.state == SurveyPage.State.OPEN


def may_withdraw(survey: SurveyPage) -> bool:
    """Whether who answered may withdraw it: until results or their outcome are published."""
    if survey.state == SurveyPage.State.OPEN:
        return True
    return not (survey.live and (survey.has_told or survey.shows_results))


def _enter(request: HttpRequest, form: ReceiptForm, status: int) -> HttpResponse:
    return render(request, "surveys/receipts/enter.html", {"form": form}, status=status)


def _shown(request, code: str, response: Response, *, status=HTTPStatus.OK, **kwargs):
    survey = response.version.survey
    survey.language = response.language
    asked = translated(response.version.asked, response.language)
    context = {
        "page": survey,
        "code": codes.grouped(code),
        "response": response,
        "state": survey.state,
        "state_label": survey.state.label,
        "state_style": survey.state_style,
        "can_change": may_change(survey) and not kwargs.get("is_fixed"),
        "can_withdraw": may_withdraw(survey),
        "given": in_words(asked, response.answers.all()),
        "is_overdue": survey.is_overdue,
        **kwargs,
    }
    return render(request, "surveys/receipts/receipt.html", context, status=status)
