"""Answers that are sent: read, kept to go on with later, or stored."""

from copy import copy
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from areas.addresses.search import FIND
from areas.addresses.views import may_search
from cms import pagecache, ratelimit

from .collecting.access import NOT_KEPT, PASS, collector_in, open_door
from .collecting.begun import count_begun, is_uncounted
from .collecting.kiosk import end_visit, is_ended, start_url
from .collecting.reach import links_only_page
from .collecting.views import may_send, shut_page
from .drafts import TooMuchError, token_in
from .files.sent import held_in, with_files
from .files.services import FilesGoneError
from .forms import form_class
from .integrity.signals import marks_of
from .languages.registry import FIELD, chosen
from .languages.showing import translated
from .languages.switch import with_language
from .models import SurveyPage, SurveyVersion
from .receipts import codes
from .services import (
    UsedError,
    forget_draft,
    keep_draft,
    said_in,
    submit_response,
    was_stored,
)
from .steps import KEEP, SHOW, STOP, as_it_was, take_step
from .views import may_enter, not_kept, survey_page

LIMIT_SECONDS = 600
FILES_GONE = _("Een bestand dat u eerder koos, hebben wij niet meer. Kies het opnieuw.")


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST /enquetes/<pk>/antwoorden/`: store the answers and go to the page that thanks.

    An address of its own, outside the page tree, because finding a page in the tree takes more
    queries than storing the answers. Whatever is wrong, the form or what was typed is shown
    again: 422 where answers are missing or wrong, 409 where the survey is not open (any more) or
    not public, 429 where very many answers come from one network. A GET goes to the survey.

    `versie` is the version that the visitor began in: the answers are read with it and stay with
    it, also where the survey asks something else by now. Only an open survey hands out a form,
    so who sends one within the time of grace was busy when it closed.

    `ingang` is the collector that the visitor came along, with dates and access of its own; see
    `collecting.access` for what goes with it.
    """
    number = request.POST.get("versie", "")
    version = version_seen(pk, number)
    if version is None:
        raise Http404
    survey = version.survey
    began_here = _is_number(number) and version.number == int(number)
    language = chosen(request.POST.get(FIELD), version.languages)
    form_type = form_class(translated(version.asked, language))
    is_hidden = not survey.live or (version.is_restricted and not may_enter(request, survey))
    if is_hidden and request.method == "POST" and began_here:
        given = form_type(request.POST).as_given()
        if given:
            return render(
                request, "surveys/gone_page.html", {"given": given}, status=HTTPStatus.CONFLICT
            )
    if not survey.live:
        raise Http404
    if request.method != "POST" or is_hidden:
        return redirect(survey.get_url(request))
    state = survey.state
    collector = collector_in(request.POST, pk)
    if collector is None and survey.only_by_links and timezone.now() < survey.grace_ends:
        return links_only_page(
            request, get_object_or_404(SurveyPage, pk=pk), given=form_type(request.POST).as_given()
        )
    if collector is not None and state == SurveyPage.State.OPEN:
        survey = copy(survey)  # the remembered one is shared by all requests
        collector.narrow(survey)
        state = survey.state if collector.is_active else SurveyPage.State.CLOSED
    in_grace = (
        state == SurveyPage.State.CLOSED
        and began_here
        and timezone.now() < survey.grace_ends
        and not (collector and not collector.is_active)
    )
    door = None if collector is None else open_door(request, collector, request.POST)
    visit = door.visit if door else ""
    if visit and (is_ended(visit) or request.POST.get("stap") == STOP):
        end_visit(visit)
        return redirect(start_url(collector.key))

    token = token_in(request.POST)

    def again(status: HTTPStatus, **kwargs) -> HttpResponse:
        # The remembered survey is shared by all requests and lacks the long texts.
        page = get_object_or_404(SurveyPage, pk=pk)
        if collector is not None:
            collector.narrow(page)
        return survey_page(
            request,
            page,
            form=form,
            door=door,
            language=language,
            version_number=version.number,
            draft_token=token,
            changed=began_here and version.is_old,
            in_grace=in_grace,
            status=status,
            **kwargs,
        )

    if state != SurveyPage.State.OPEN and not in_grace:
        form = form_type(request.POST)
        if visit:
            end_visit(visit)
            return redirect(start_url(collector.key))
        if version.survey.state == SurveyPage.State.OPEN:
            page = get_object_or_404(SurveyPage, pk=pk)
            page.language = language
            return shut_page(request, collector, page, given=form.as_given())
        return again(HTTPStatus.CONFLICT)
    if request.POST.get("stap") == FIND and not may_search(request):
        shown = request.POST.copy()
        shown["stap"] = SHOW
        form = as_it_was(form_type, shown)
        return again(HTTPStatus.TOO_MANY_REQUESTS, busy=True)
    if is_uncounted(request.POST):
        count_begun(survey_id=pk, collector=collector)
    data = with_files(
        request.POST, request.FILES, version, may_hold=lambda: may_hold_a_file(request)
    )
    is_kept = request.POST.get("stap") == KEEP and not (door and door.collector.leaves_nothing)
    if is_kept:
        form = as_it_was(form_type, data)
    else:
        step = take_step(form_type, data)
        form = step.form
        if not step.is_done:
            return again(step.status, news=step.news)
        form_token = token or request.POST.get("csrfmiddlewaretoken", "")
        sent = {"version": version, "answers": form.answers, "form_token": form_token}
        code = codes.code_for(version.pk, form_token, said_in(form.answers))
        if door is not None and not door.is_unlocked:
            # Who sends a form twice used up their own code: that is no reason to refuse.
            if was_stored(**sent):
                return _thanked(pk, code, version, language)
            return again(
                HTTPStatus.TOO_MANY_REQUESTS if door.is_busy else HTTPStatus.UNPROCESSABLE_ENTITY
            )
    if not may_send(request, pk, door, is_kept=is_kept):
        return again(HTTPStatus.TOO_MANY_REQUESTS, busy=True)
    if is_kept:
        try:
            token = keep_draft(
                version=version,
                data=data,
                token=token,
                leave_out=[*not_kept(version), *NOT_KEPT],
                files=held_in(data),
            )
        except TooMuchError:
            return again(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, news="too-much")
        query = f"?{urlencode({PASS: door.pass_})}" if door and door.pass_ else ""
        return redirect(f"{reverse('survey_go_on', args=[pk, token])}{query}#bewaard")
    along = {"collector": collector, "source": door.source, "once": door.once} if door else {}
    try:
        submit_response(
            contacts=form.contacts,
            files=form.answer_files,
            receipt=codes.key_of(code),
            marks=marks_of(
                request,
                version=version,
                form=form,
                answers=form.answers,
                form_token=form_token,
                is_timed=not token,
                is_shared=bool(door and (door.once is not None or door.collector.leaves_nothing)),
            ),
            language=language,
            **sent,
            **along,
        )
    except UsedError:
        # Somebody else was just before: the door says so now.
        door = open_door(request, collector, request.POST)
        return again(HTTPStatus.UNPROCESSABLE_ENTITY)
    except FilesGoneError:
        form.add_error(None, FILES_GONE)
        return again(HTTPStatus.UNPROCESSABLE_ENTITY)
    if token:
        forget_draft(token=token)
    if visit:
        end_visit(visit)
        thanks = reverse("survey_kiosk_thanks", args=[collector.key])
        return redirect(with_language(thanks, version.languages, language))
    return _thanked(pk, code, version, language)


def version_seen(pk: int, number: str) -> SurveyVersion | None:
    """The version of a survey that a form names, else the newest; None where there is none.

    Every visitor answers the same few versions, and looking one up takes as long as storing the
    answers: so it is remembered.
    """
    seen = int(number) if _is_number(number) else None
    return pagecache.remember(
        ("survey-version", pk, seen),
        lambda: SurveyVersion.objects.for_answering(pk, seen).first(),
    )


def _thanked(pk: int, code: str, version: SurveyVersion, language: str) -> HttpResponse:
    """To the page that thanks, in the language of the answers."""
    thanks = reverse("survey_sent", kwargs={"pk": pk, "sealed": codes.seal(code, pk)})
    return redirect(with_language(thanks, version.languages, language))


def may_hold_a_file(request: HttpRequest) -> bool:
    """Whether the visitor's network is within the limit of files."""
    return ratelimit.allow(
        "survey-files",
        ratelimit.client_key(request),
        limit=settings.SURVEY_FILES_PER_ADDRESS,
        period=LIMIT_SECONDS,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9
