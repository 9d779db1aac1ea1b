"""The public pages of collectors: the survey along its own link, and on a tablet."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from cms import ratelimit
from cms.private_pages import for_one_person

from ..languages.registry import FIELD, chosen, offered
from ..languages.switch import address_in
from ..models import Collector, Invitation, SurveyPage
from .access import PASS, Door, invitation_in, open_door
from .kiosk import new_visit
from .services import stop_reminders

LIMIT_SECONDS = 600
State = SurveyPage.State


@require_http_methods(["GET", "HEAD", "POST"])
def via(request: HttpRequest, key: str) -> HttpResponse:
    """`/enquetes/via/<key>/?toegang=…`: the survey for who comes along this link.

    A POST gives a code or a password. 404 for a survey that is not public, 410 where the
    collector is stopped or over, 422 where the code or password is wrong, 429 after too many.
    """
    from ..views import may_enter, survey_page

    collector, survey = _found(key)
    if collector.is_restricted and not may_enter(request, survey):
        return redirect(survey.get_url(request))
    if survey.state == State.OPEN and collector.state_at(timezone.now()) != State.OPEN:
        response = shut_page(request, collector, survey)
    else:
        collector.narrow(survey)
        data = request.POST if request.method == "POST" else request.GET
        door = open_door(request, collector, data)
        if survey.state != State.OPEN or door.is_unlocked:
            request.is_preview = False
            response = survey_page(request, survey, door=door)
        else:
            response = _key_page(
                request, survey, door, is_first=PASS not in data and not request.POST
            )
    response["X-Robots-Tag"] = "noindex, nofollow"
    if collector.access != Collector.Access.OPEN:
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "same-origin"
    return response


def shut_page(
    request: HttpRequest, collector: Collector, survey: SurveyPage, *, given=()
) -> HttpResponse:
    """The survey is open, but not along this link: what to do, and what was typed."""
    state = collector.state_at(timezone.now())
    if given:
        status = HTTPStatus.CONFLICT
    else:
        status = HTTPStatus.OK if state == State.PLANNED else HTTPStatus.GONE
    context = {
        "page": survey,
        "collector": collector,
        "is_planned": state == State.PLANNED,
        "given": given,
    }
    return render(request, "surveys/collector_shut.html", context, status=status)


def may_send(request: HttpRequest, survey_id: int, door: Door | None, *, is_kept: bool) -> bool:
    """Whether an answer is within the limits of its way in.

    What counts once needs none. On a tablet and in talks one network sends all answers, so there
    the collector itself has a limit.
    """
    if door is not None and not is_kept:
        if door.once is not None:
            return True
        if door.collector.leaves_nothing:
            return ratelimit.allow(
                "collector-responses",
                door.collector.key,
                limit=settings.SURVEY_RESPONSES_PER_COLLECTOR,
                period=LIMIT_SECONDS,
            )
    return ratelimit.allow(
        f"survey-{'draft-' if is_kept else ''}{survey_id}",
        ratelimit.client_key(request),
        limit=settings.SURVEY_RESPONSES_PER_ADDRESS,
        period=LIMIT_SECONDS,
    )


@for_one_person
@require_safe
def kiosk_start(request: HttpRequest, key: str) -> HttpResponse:
    """`GET /enquetes/via/<key>/zuil/`: the screen that waits for the next person."""
    return _kiosk_page(request, key, "surveys/kiosk/start.html")


@for_one_person
@require_safe
def kiosk_questions(request: HttpRequest, key: str) -> HttpResponse:
    """`GET /enquetes/via/<key>/zuil/vragen/`: an empty form, for one person."""
    from ..views import survey_page

    collector, survey = _kiosk(request, key)
    if not _is_open(collector, survey):
        return redirect("survey_kiosk", key)
    collector.narrow(survey)
    request.is_preview = False
    door = Door(collector, is_unlocked=True, visit=new_visit())
    return survey_page(request, survey, door=door)


@for_one_person
@require_safe
def kiosk_thanks(request: HttpRequest, key: str) -> HttpResponse:
    """`GET /enquetes/via/<key>/zuil/bedankt/`: thanks, and back to the start by itself."""
    return _kiosk_page(request, key, "surveys/kiosk/thanks.html")


@for_one_person
@require_http_methods(["GET", "HEAD", "POST"])
def no_reminder(request: HttpRequest, token: str) -> HttpResponse:
    """`/enquetes/uitnodiging/<token>/`: no more mail about this survey.

    A GET changes nothing, as programs look at links in mails; a POST does it. RFC 8058 mail
    programs post without our form, so the page is exempt from the check on forms of other sites:
    the token itself is what only the invited person has.
    """
    found = invitation_in(token)
    invitation = (
        Invitation.objects.select_related("collector__survey").filter(pk=found).first()
        if found
        else None
    )
    if invitation is None:
        return render(request, "surveys/no_reminder.html", {"is_gone": True}, status=410)
    if request.method == "POST":
        stop_reminders(invitation=invitation)
    context = {"is_done": not invitation.wants_reminder, "survey": invitation.collector.survey}
    return render(request, "surveys/no_reminder.html", context)


def _found(key: str) -> tuple[Collector, SurveyPage]:
    collector = get_object_or_404(Collector.objects.for_visitors(), key=key)
    return collector, collector.survey


def _kiosk(request: HttpRequest, key: str) -> tuple[Collector, SurveyPage]:
    from ..views import may_enter

    collector, survey = _found(key)
    if not collector.is_kiosk or (collector.is_restricted and not may_enter(request, survey)):
        raise Http404
    return collector, survey


def _is_open(collector: Collector, survey: SurveyPage) -> bool:
    return survey.state == collector.state_at(timezone.now()) == State.OPEN


def _kiosk_page(request: HttpRequest, key: str, template: str) -> HttpResponse:
    collector, survey = _kiosk(request, key)
    is_open = _is_open(collector, survey)
    survey.language = chosen(request.GET.get(FIELD), survey.languages)
    questions = reverse("survey_kiosk_questions", args=[collector.key])
    context = {
        "survey": survey,
        "collector": collector,
        "is_open": is_open,
        "other_languages": [
            {"language": one, "url": address_in(questions, {}, one.code)}
            for one in offered(survey.languages)
        ],
    }
    return render(request, template, context)


def _key_page(
    request: HttpRequest, survey: SurveyPage, door: Door, *, is_first: bool
) -> HttpResponse:
    """The page that asks for the code or the password."""
    is_asked = door.asks_code or door.asks_password
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if door.is_busy:
        status = HTTPStatus.TOO_MANY_REQUESTS
    elif is_first and is_asked:
        door.problem, status = "", HTTPStatus.OK
    elif not is_asked:
        status = HTTPStatus.FORBIDDEN if is_first else HTTPStatus.GONE
    wanted = request.POST.get(FIELD) or request.GET.get(FIELD)
    survey.language = chosen(wanted, survey.languages)
    context = {
        "page": survey,
        "door": door,
        "language_field": survey.language if survey.languages else "",
    }
    return render(request, "surveys/collector_key.html", context, status=status)
