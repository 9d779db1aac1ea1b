"""The public pages of surveys: list, form, thanks, going on later.

What is sent is in `submit_views`, polls are in `poll_views`.
"""

from http import HTTPStatus
from urllib.parse import quote, urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import PageViewRestriction

from areas import layers
from areas.layers import AreaLayer
from areas.maps import layer_links
from cms import moments
from cms.geometry.mapconfig import point_input_config
from cms.private_pages import for_one_person

from . import from_link
from .collecting.access import PASS, Door, collector_in, open_door
from .collecting.reach import is_out_of_reach, links_only_page
from .collecting.views import shut_page
from .definition import asked_in, minutes
from .drafts import key_of
from .files.sent import with_files
from .forms import SurveyFilterForm, SurveyForm, field_name, form_class
from .languages.registry import FIELD, chosen
from .languages.showing import translated
from .languages.switch import language_links, language_notes, path_without_language
from .models import Draft, SurveyPage, SurveyVersion
from .services import (
    forget_draft,
)
from .steps import as_it_was

CLOSED_SHOWN = 20
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
    language: str | None = None,
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
    along. `language` is the code of that in which a form that is given reads; without it the
    address says so, or else the language of the site.
    """
    if language is None:
        wanted = request.POST.get(FIELD) or request.GET.get(FIELD)
        language = chosen(wanted, survey.languages)
    survey.language = language
    if FIELD in request.GET:
        request.language_path = path_without_language(request)
    is_first = form is None
    state = state or survey.state
    label = state
    if in_grace:
        state = SurveyPage.State.OPEN
    version = None
    if state == SurveyPage.State.OPEN and form is None:
        is_draft = try_url or request.is_preview or not survey.pk
        version = None if is_draft else survey.versions.order_by("-number").first()
    if version is not None:
        # The form shows what the answers will be read with, also while an editor publishes.
        asked, version_number = translated(version.asked, language), version.number
    else:
        asked = translated(survey.asked, language) if form is None else form.questions
    if state == SurveyPage.State.OPEN and form is None:
        form = form_class(asked)(link=request.GET)
    is_typed = form is not None and form.is_bound
    has_map = any(question.type.has_map for question in asked)
    context = {
        "page": survey,
        "self": survey,
        "asked": [question for question in asked_in(asked) if question.type.is_visible],
        "state": state,
        "state_label": label.label,
        "state_style": SurveyPage.STATE_STYLES[label],
        "form": form if state == SurveyPage.State.OPEN else None,
        "given": form.as_given() if state != SurveyPage.State.OPEN and is_typed else [],
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
        "kept_in_part": bool(kept and not_kept(kept.version)),
        "kept_mailto": _mail_to_oneself(request, survey) if kept else "",
        "receipt_code": receipt_code,
        "moment": moments.field(request.POST.get(moments.FIELD, "") if request.POST else None),
        "door": door,
        "collector": door.collector if door else None,
        "can_keep": not try_url
        and not receipt_code
        and bool(version_number)
        and not (door and door.collector.leaves_nothing),
        "is_counted": bool(version_number) and not try_url and not receipt_code,
        "is_fresh": form is not None and not form.is_bound,
        "is_later_page": bool(form is not None and form.is_bound and form.page > 0),
        "has_map": has_map and state == SurveyPage.State.OPEN,
        "map_config": _point_map(survey) if has_map and state == SurveyPage.State.OPEN else None,
        "is_overdue": survey.is_overdue,
        **language_notes(survey, asked),
        "language_links": language_links(request, survey) if is_first else [],
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
    bounds = survey.area.bounds if survey.area else None
    return point_input_config(outlines, bounds=bounds.extent if bounds else None)


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
    wanted = request.POST.get(FIELD) or request.GET.get(FIELD)
    survey.language = chosen(wanted, survey.languages)
    context = {"page": survey, "self": survey, "try_url": try_url, "code": code, "is_sent": is_sent}
    return render(request, "surveys/thanks_page.html", context)


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
    if collector is None and is_out_of_reach(survey):
        given = form_class(draft.version.asked)(data).as_given()
        return links_only_page(request, survey, given=given)
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
    language = chosen(request.GET.get(FIELD) or data.get(FIELD), draft.version.languages)
    asked = translated(draft.version.asked, language)
    if collector is not None and is_open_to_others and not (is_open and collector.is_active):
        survey.language = language
        given = form_class(asked)(data).as_given()
        return shut_page(request, collector, survey, given=given)
    return survey_page(
        request,
        survey,
        form=as_it_was(form_class(asked), data),
        language=language,
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


def not_kept(version: SurveyVersion) -> list[str]:
    """The fields of answers that may not wait beside the others."""
    return [
        field_name(question)
        for question in version.asked
        if question.type.asks and not question.type.may_wait
    ]


def may_enter(request: HttpRequest, survey: SurveyPage) -> bool:
    """Whether the visitor gave the password or log-in that guards the page (two queries)."""
    restrictions: list[PageViewRestriction] = survey.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
