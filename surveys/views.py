"""The public pages of surveys: list, form, answer, thanks. Polls are in `poll_views`."""

from copy import copy
from http import HTTPStatus
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.gis.db.models import Extent
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import PageViewRestriction

from areas import layers
from areas.addresses.search import FIND
from areas.addresses.views import may_search
from areas.layers import AreaLayer
from areas.maps import layer_links
from areas.models import AreaPage
from cms import moments, pagecache, ratelimit
from cms.geometry.mapconfig import point_input_config
from cms.private_pages import for_one_person

from . import from_link
from .collecting.access import NOT_KEPT, PASS, Door, collector_in, open_door
from .collecting.kiosk import end_visit, is_ended
from .collecting.views import may_send, shut_page
from .definition import asked_in, minutes
from .drafts import TooMuchError, key_of, token_in
from .files.sent import held_in, with_files
from .files.services import FilesGoneError
from .forms import SurveyFilterForm, SurveyForm, field_name, form_class
from .integrity.signals import marks_of
from .models import Draft, SurveyPage, SurveyVersion
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

CLOSED_SHOWN = 20
LIMIT_SECONDS = 600
FILES_GONE = _("Een bestand dat u eerder koos, hebben wij niet meer. Kies het opnieuw.")
KIOSK_TEMPLATE = "surveys/kiosk/form.html"


@require_safe
def survey_list(request: HttpRequest) -> HttpResponse:
    """`GET /enquetes/?gebied=…&pagina=…`: open, coming and closed surveys."""
    form = SurveyFilterForm(request.GET)
    surveys = SurveyPage.objects.for_list()
    area = form.cleaned_data["gebied"] if form.is_valid() else None
    if area is not None:
        surveys = surveys.for_area(area)
    now = timezone.now()
    page_obj = Paginator(surveys.closed(now), CLOSED_SHOWN).get_page(request.GET.get("pagina"))
    return render(
        request,
        "surveys/survey_list.html",
        {
            "form": form,
            "area": area,
            "open_surveys": list(surveys.open_now(now)),
            "coming_surveys": list(surveys.upcoming(now)),
            "page_obj": page_obj,
        },
        status=HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST,
    )


def survey_page(
    request: HttpRequest,
    survey: SurveyPage,
    *,
    form: SurveyForm | None = None,
    version_number: int | None = None,
    state: SurveyPage.State | None = None,
    busy: bool = False,
    news: str = "",
    changed: bool = False,
    in_grace: bool = False,
    try_url: str = "",
    draft_token: str = "",
    kept: Draft | None = None,
    receipt_code: str = "",
    door: Door | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """A survey as it is now, or with a form that must be shown again with what was typed.

    `state` is given where it is not that of this moment: in a preview. `busy` says that too
    much came from the visitor's network; `news` is that of a `Step`. `changed` says that
    the survey asks something else by now, `in_grace` that it closed while the visitor was busy
    and still takes these answers. `try_url` is where an editor who tries the survey sends it to:
    nothing is stored there. `draft_token` is the secret of the draft that the form goes on with,
    `kept` that draft where its link must be shown. `receipt_code` is the code of answers that are
    changed: they go to the page of the receipt. `door` is the collector that the visitor comes
    along.
    """
    state = state or survey.state
    label = state
    if in_grace:
        state = SurveyPage.State.OPEN
    asked = survey.asked if form is None else form.questions
    if state == SurveyPage.State.OPEN and form is None:
        is_draft = try_url or request.is_preview or not survey.pk
        version = None if is_draft else survey.versions.order_by("-number").first()
        if version is not None:
            # The form shows what the answers will be read with, also while an editor publishes.
            asked, version_number = version.asked, version.number
        form = form_class(asked)(link=request.GET)
    has_map = any(question.type.has_map for question in asked)
    context = {
        "page": survey,
        "self": survey,
        "asked": [question for question in asked_in(asked) if question.type.is_visible],
        "state": state,
        "state_label": label.label,
        "state_style": SurveyPage.STATE_STYLES[label],
        "form": form if state == SurveyPage.State.OPEN else None,
        "given": form.as_given() if form is not None and form.is_bound else [],
        "version_number": version_number,
        "minutes": minutes(asked),
        "busy": busy,
        "news": news,
        "changed": changed,
        "in_grace": in_grace,
        "try_url": try_url,
        "draft_token": draft_token,
        "kept": kept,
        "kept_url": request.build_absolute_uri() if kept else "",
        "kept_in_part": bool(kept and _not_kept(kept.version)),
        "kept_mailto": _mail_to_oneself(request, survey) if kept else "",
        "receipt_code": receipt_code,
        "moment": moments.field(request.POST.get(moments.FIELD, "") if request.POST else None),
        "door": door,
        "collector": door.collector if door else None,
        "can_keep": not try_url
        and not receipt_code
        and bool(version_number)
        and not (door and door.collector.leaves_nothing),
        "is_fresh": form is not None and not form.is_bound,
        "is_later_page": bool(form is not None and form.is_bound and form.page > 0),
        "has_map": has_map and state == SurveyPage.State.OPEN,
        "map_config": _point_map(survey) if has_map and state == SurveyPage.State.OPEN else None,
        "is_overdue": survey.is_overdue,
    }
    template = KIOSK_TEMPLATE if door and door.visit else survey.template
    response = render(request, template, context, status=status)
    if form is not None and from_link.is_open(asked, form.link_data):
        add_never_cache_headers(response)
    return response


def _mail_to_oneself(request: HttpRequest, survey: SurveyPage) -> str:
    """The address of a new mail in the visitor's own program, with the link of this page."""
    words = {"subject": survey.title, "body": request.build_absolute_uri()}
    return f"mailto:?{urlencode(words, quote_via=quote)}"


def _point_map(survey: SurveyPage) -> dict:
    """Config of the map of a question: the area of the survey, with the outlines of all areas."""
    outlines = layer_links([layers.get(AreaLayer.key)])
    extent = (
        AreaPage.objects.filter(pk=survey.area.pk).aggregate(extent=Extent("geometry"))["extent"]
        if survey.area
        else None
    )
    return point_input_config(outlines, bounds=extent)


def thanks_page(
    request: HttpRequest,
    survey: SurveyPage,
    *,
    try_url: str = "",
    code: str = "",
    is_sent: bool = False,
) -> HttpResponse:
    """`GET …/bedankt/`: the answers are in, and what happens with them.

    `try_url` is given to an editor who tried the survey. `code` is that of the receipt, for who
    just sent answers (`is_sent`); it is empty where it was shown before, too long ago.
    """
    context = {"page": survey, "self": survey, "try_url": try_url, "code": code, "is_sent": is_sent}
    return render(request, "surveys/thanks_page.html", context)


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
    seen = int(number) if _is_number(number) else None
    # Every visitor answers the same few versions, and looking one up takes as long as storing
    # the answers.
    version = pagecache.remember(
        ("survey-version", pk, seen),
        lambda: SurveyVersion.objects.for_answering(pk, seen).first(),
    )
    if version is None:
        raise Http404
    survey = version.survey
    began_here = version.number == seen
    form_type = form_class(version.asked)
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
        return redirect("survey_kiosk", collector.key)

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
            return redirect("survey_kiosk", collector.key)
        if version.survey.state == SurveyPage.State.OPEN:
            page = get_object_or_404(SurveyPage, pk=pk)
            return shut_page(request, collector, page, given=form.as_given())
        return again(HTTPStatus.CONFLICT)
    if request.POST.get("stap") == FIND and not may_search(request):
        shown = request.POST.copy()
        shown["stap"] = SHOW
        form = as_it_was(form_type, shown)
        return again(HTTPStatus.TOO_MANY_REQUESTS, busy=True)
    data = with_files(
        request.POST, request.FILES, version, may_hold=lambda: _may_hold_a_file(request)
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
                return redirect("survey_sent", pk=pk, sealed=codes.seal(code, pk))
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
                leave_out=[*_not_kept(version), *NOT_KEPT],
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
            ),
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
        return redirect("survey_kiosk_thanks", collector.key)
    return redirect("survey_sent", pk=pk, sealed=codes.seal(code, pk))


@for_one_person
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """`GET /enquetes/<pk>/verder/<token>/`: the form as somebody kept it, in its own version.

    A GET changes nothing, so that a program that looks at links does no harm. A POST removes
    what was kept. 410 where the link is too old, wrong or used; 409 where the survey closed
    meanwhile: what was filled in is then shown to copy.
    """
    if request.method == "POST":
        forget_draft(token=token)
        return redirect("survey_forgotten", pk=pk)
    survey = get_object_or_404(SurveyPage.objects.live(), pk=pk)
    if not may_enter(request, survey):
        return redirect(survey.get_url(request))
    draft = Draft.objects.for_going_on(pk, key_of(token), timezone.localdate()).first()
    if draft is None:
        return render(
            request,
            "surveys/kept_gone.html",
            {"page": survey, "is_ended": True},
            status=HTTPStatus.GONE,
        )
    data = QueryDict(draft.data, mutable=True)
    collector = collector_in(data, pk)
    door = None
    if collector is not None:
        data[PASS] = request.GET.get(PASS, "")
        door = open_door(request, collector, data)
    is_open_to_others = survey.state == SurveyPage.State.OPEN
    if collector is not None and is_open_to_others:
        collector.narrow(survey)
    state = survey.state
    in_grace = state == SurveyPage.State.CLOSED and timezone.now() < survey.grace_ends
    is_open = state == SurveyPage.State.OPEN or in_grace
    data = with_files(data, MultiValueDict(), draft.version, may_hold=lambda: False)
    if collector is not None and is_open_to_others and not (is_open and collector.is_active):
        given = form_class(draft.version.asked)(data).as_given()
        return shut_page(request, collector, survey, given=given)
    return survey_page(
        request,
        survey,
        form=as_it_was(form_class(draft.version.asked), data),
        door=door,
        version_number=draft.version.number,
        draft_token=token,
        kept=draft,
        in_grace=in_grace,
        status=HTTPStatus.OK if is_open else HTTPStatus.CONFLICT,
    )


@require_safe
def forgotten(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET /enquetes/<pk>/verwijderd/`: what was kept to go on later is gone."""
    survey = get_object_or_404(SurveyPage.objects.live(), pk=pk)
    if not may_enter(request, survey):
        return redirect(survey.get_url(request))
    return render(request, "surveys/kept_gone.html", {"page": survey})


def _not_kept(version: SurveyVersion) -> list[str]:
    """The fields of answers that may not wait beside the others."""
    return [
        field_name(question)
        for question in version.asked
        if question.type.asks and not question.type.may_wait
    ]


def _may_hold_a_file(request: HttpRequest) -> bool:
    return ratelimit.allow(
        "survey-files",
        ratelimit.client_key(request),
        limit=settings.SURVEY_FILES_PER_ADDRESS,
        period=LIMIT_SECONDS,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


def may_enter(request: HttpRequest, survey: SurveyPage) -> bool:
    """Whether the visitor gave the password or log-in that guards the page (two queries)."""
    restrictions: list[PageViewRestriction] = survey.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
