"""All answers to one question in the admin: searched, filtered, and tagged by hand."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ..admin_views import SurveyAdminView, editable_survey
from ..models import AnswerTag, AnswerTagging
from ..results import questions_ever_asked
from . import reading
from .forms import NO_TAG, UNTAGGED, AnswerKey, FilterForm, TaggingForm
from .services import (
    MOST_TAGS,
    TagGoneError,
    TooManyTagsError,
    ensure_tag,
    tag_answers,
    untag_answers,
)

ANSWERS_SHOWN = 50
#: Tags with a button at every answer, the most used first; the others are in the list on top.
TAGS_AT_HAND = 8


def question_in(survey, question_id: str):
    """A question of the survey whose answers are read one by one; 404 for any other."""
    for question in questions_ever_asked(survey):
        if question.id == question_id and reading.has_words(question):
            return question
    raise Http404


class QuestionView(SurveyAdminView):
    """A page about the answers to one question, with the way to the other pages about it."""

    #: Name of the address of this page, and its place in the menu of the question.
    here = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.question = question_in(self.survey, kwargs["question_id"])
        self.all_answers = reading.answers_to(self.question, reading.counted_responses(self.survey))

    @property
    def has_places(self) -> bool:
        return self.question.type.has_map

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def address(self, name: str) -> str:
        return reverse(name, args=[self.survey.pk, self.question.id])

    def get_context_data(self, **kwargs):
        tabs = [("surveys_answers", _("Antwoorden")), ("surveys_words", _("Woorden"))]
        if self.has_places:
            tabs.append(("surveys_answer_map", _("Kaart")))
        return {
            **super().get_context_data(**kwargs),
            "question": self.question,
            "tabs": [
                {"url": self.address(name), "label": label, "is_here": name == self.here}
                for name, label in tabs
            ],
        }


class FoundMixin:
    """The answers that the filter of the request finds."""

    @cached_property
    def tags(self) -> list[AnswerTag]:
        return list(AnswerTag.objects.of(self.survey))

    @cached_property
    def filter_form(self) -> FilterForm:
        return FilterForm(self.request.GET, tags=self.tags)

    @cached_property
    def is_filtered(self) -> bool:
        return self.filter_form.is_valid() and any(self.filter_form.cleaned_data.values())

    @cached_property
    def found(self):
        answers = self.all_answers
        if not self.filter_form.is_valid():
            return answers
        given = self.filter_form.cleaned_data
        if given["q"]:
            answers = reading.search(answers, given["q"])
        if given["label"] == UNTAGGED:
            answers = reading.without_tag(answers)
        elif given["label"]:
            answers = reading.with_tag(answers, int(given["label"]))
        return answers


class AnswersView(FoundMixin, QuestionView):
    """`/beheer/enquetes/<pk>/resultaten/<question id>/?q=…&label=…&p=…`.

    GET: a page of answers with their tags. POST: put a tag on the chosen answers, or take it off
    (`take_off`); 422 with the same page and all that was chosen where that cannot be done.
    """

    template_name = "surveys/admin/answers.html"
    page_title = gettext_lazy("Alle antwoorden")
    here = "surveys_answers"
    tagging_form = None

    def post(self, request, *args, **kwargs):
        form = self.tagging_form = TaggingForm(request.POST, survey=self.survey)
        if form.is_valid() and self._tag(form):
            return HttpResponseRedirect(request.get_full_path())
        return self.render_to_response(self.get_context_data(), status=422)

    def _tag(self, form: TaggingForm) -> bool:
        given = form.cleaned_data
        answers = self.found if given["whole"] else chosen(self.all_answers, given["answers"])
        try:
            tag = given["tag"] or ensure_tag(survey=self.survey, name=given["name"])
            work = untag_answers if given["take_off"] else tag_answers
            count = work(tag=tag, answers=answers)
        except TooManyTagsError:
            form.add_error(
                "name",
                _("Er zijn al %(n)s labels. Voeg er eerst een paar samen.") % {"n": MOST_TAGS},
            )
            return False
        except TagGoneError:
            form.add_error("tag", NO_TAG)
            return False
        messages.success(self.request, self._said(tag, count, take_off=given["take_off"]))
        gone = 0 if given["whole"] or given["take_off"] else len(given["answers"]) - count
        if gone > 0:
            messages.warning(
                self.request,
                ngettext(
                    "%(n)s antwoord is er niet meer.", "%(n)s antwoorden zijn er niet meer.", gone
                )
                % {"n": gone},
            )
        return True

    def _said(self, tag: AnswerTag, count: int, *, take_off: bool) -> str:
        if take_off:
            said = ngettext(
                "Van %(n)s antwoord is het label ‘%(tag)s’ af.",
                "Van %(n)s antwoorden is het label ‘%(tag)s’ af.",
                count,
            )
        else:
            said = ngettext(
                "%(n)s antwoord heeft nu het label ‘%(tag)s’.",
                "%(n)s antwoorden hebben nu het label ‘%(tag)s’.",
                count,
            )
        return said % {"n": count, "tag": tag.name}

    def get_context_data(self, **kwargs):
        paginator = Paginator(self.found.order_by("response_id", "option_id"), ANSWERS_SHOWN)
        page = paginator.get_page(self.request.GET.get("p"))
        total = self.all_answers.count() if self.is_filtered else paginator.count
        tags = by_use(self.tags, self.all_answers, total)
        rows = rows_with_tags(page.object_list, tags)
        form = self.tagging_form or TaggingForm(survey=self.survey)
        return {
            **super().get_context_data(**kwargs),
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "rows": rows,
            "total": total,
            "tags": tags,
            "is_filtered": self.is_filtered,
            "filter_form": self.filter_form,
            "tagging_form": form,
            "chosen": set(form.data.getlist("answers")) if form.is_bound else set(),
            "query": self.request.GET.urlencode(),
        }


def chosen(answers, keys: list[AnswerKey]):
    """Those of `answers` that the keys name."""
    if not keys:
        return answers.none()
    return answers.filter(reduce(or_, (key.condition for key in keys), Q()))


def by_use(tags: list[AnswerTag], answers, total: int) -> list[dict]:
    """Tags with their number of answers and percent of all answers, the most used first."""
    counts = AnswerTagging.objects.count_by_tag(answers) if tags else {}
    rows = [
        {
            "tag": tag,
            "count": counts.get(tag.pk, 0),
            "percent": round(100 * counts.get(tag.pk, 0) / total) if total else 0,
        }
        for tag in tags
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["tag"].key))


def rows_with_tags(answers, tags: list[dict]) -> list[dict]:
    """Answers for the template, each with a button a tag: those at hand, and those it carries."""
    answers = list(answers)
    taggings = AnswerTagging.objects.filter(
        response_id__in=[answer.response_id for answer in answers]
    )
    carried = set(taggings.values_list("response_id", "question_id", "option_id", "tag_id"))
    rows = []
    for answer in answers:
        own = (answer.response_id, answer.question_id, answer.option_id)
        buttons = [
            {"tag": row["tag"], "is_on": (*own, row["tag"].pk) in carried, "at_hand": place}
            for place, row in enumerate(tags)
        ]
        rows.append(
            {
                "answer": answer,
                "key": f"{answer.response_id}.{answer.option_id}",
                "buttons": [
                    button
                    for button in buttons
                    if button["is_on"] or button["at_hand"] < TAGS_AT_HAND
                ],
            }
        )
    return rows


@require_POST
def toggle_tag(request, pk: int, question_id: str):
    """`POST /beheer/enquetes/<pk>/resultaten/<question id>/label/`: one tag on or off one answer.

    `toggle` is `<on|off>:<tag>:<answer>:<place on the page>`, which says what the click is for
    and not merely that it was: twice the same click, or two editors, come to the same. With
    `Accept: application/json` the answer is {"on": bool}, else a way back to the list.
    """
    survey = editable_survey(request, pk)
    answers = reading.answers_to(
        question_in(survey, question_id), reading.counted_responses(survey)
    )
    try:
        wanted, tag_id, key, place = request.POST.get("toggle", "").split(":")
        answers = chosen(answers, [AnswerKey.read(key)])
        tag_id, place = int(tag_id[:9]), int(place[:9])
    except ValueError:
        raise Http404 from None
    tag = AnswerTag.objects.of(survey).filter(pk=tag_id).first()
    try:
        if tag is None:
            raise TagGoneError(str(tag_id))
        if wanted == "on":
            done = tag_answers(tag=tag, answers=answers)
        else:
            untag_answers(tag=tag, answers=answers)
            done = True
        refusal = "" if done else _("Dit antwoord is er niet meer.")
    except TagGoneError:
        refusal = str(NO_TAG)
    if request.headers.get("Accept") == "application/json":
        if refusal:
            return JsonResponse({"refusal": refusal}, status=409)
        return JsonResponse({"on": wanted == "on"})
    if refusal:
        messages.error(request, refusal)
    query = QueryDict(request.POST.get("query", "")[:500]).urlencode()
    back = reverse("surveys_answers", args=[pk, question_id])
    return HttpResponseRedirect(f"{back}{'?' if query else ''}{query}#antwoord-{place}")
