"""Marked responses of a survey in the admin, for who may edit that survey."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..admin_views import SurveyAdminView
from ..models import Response, ResponseMark, SurveyPage, SurveyVersion
from ..receipts.given import in_words
from .forms import ALL, DecisionForm
from .services import decide

SHOWN = 20
DECISIONS_SHOWN = 50


@dataclass
class MarkedCount:
    """How many responses bear a mark, and about how many nobody decided yet."""

    kind: str
    label: str
    number: int
    undecided: int
    is_current: bool = False


@dataclass
class Shown:
    """A marked response in words."""

    response: Response
    given: list[tuple[str, str]]
    others: list[str] = field(default_factory=list)


class MarkedView(SurveyAdminView):
    """`/beheer/enquetes/<pk>/gemarkeerd/?kenmerk=…&p=…`: marked responses, and deciding about them.

    A fixed number of queries, whatever is marked.
    """

    template_name = "surveys/admin/marked.html"
    page_title = gettext_lazy("Gemarkeerde inzendingen")
    header_icon = "warning"
    form: DecisionForm | None = None

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": _("Gemarkeerde inzendingen")},
        ]

    @cached_property
    def counts(self) -> list[MarkedCount]:
        rows = marked_counts(self.survey)
        wanted = self.request.GET.get("kenmerk", "")
        current = next((row for row in rows if row.kind == wanted), rows[0] if rows else None)
        if current is not None:
            current.is_current = True
        return rows

    @cached_property
    def current(self) -> MarkedCount | None:
        return next((row for row in self.counts if row.is_current), None)

    @cached_property
    def page_obj(self):
        kind = self.current.kind if self.current else ""
        found = (
            Response.objects.of(self.survey)
            .filter(marks__kind=kind)
            .prefetch_related("answers", "marks")
            .order_by("verdict", "pk")
        )
        return Paginator(found, SHOWN).get_page(self.request.GET.get("p"))

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "counts": self.counts,
            "current": self.current,
            "page_obj": self.page_obj,
            "shown": list(self._shown(self.page_obj.object_list)),
            "chosen": self.form.data.getlist("inzending") if self.form else (),
            "form": self.form
            or DecisionForm(initial={"kenmerk": self.current.kind if self.current else ""}),
            "decisions": self.survey.decisions.select_related("user")[:DECISIONS_SHOWN],
        }

    def _shown(self, responses: Iterable[Response]) -> Iterable[Shown]:
        asked = {
            version.pk: version.asked
            for version in SurveyVersion.objects.filter(survey=self.survey)
        }
        for response in responses:
            others = [mark.get_kind_display() for mark in response.marks.all()
                      if mark.kind != self.current.kind]  # fmt: skip
            given = in_words(asked[response.version_id], response.answers.all())
            yield Shown(response, given, others)

    def post(self, request, *args, **kwargs):
        keys = [response.pk for response in self.page_obj.object_list]
        form = DecisionForm(request.POST, response_ids=keys)
        if not form.is_valid():
            self.form = form
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        cleaned = form.cleaned_data
        decision = decide(
            survey=self.survey,
            user=request.user,
            kind=cleaned["kenmerk"],
            counts=cleaned["besluit"] == "ja",
            reason=cleaned["reden"],
            response_ids=None if cleaned["welke"] == ALL else cleaned["inzending"],
        )
        if decision is None:
            messages.warning(request, _("Er was niets om over te besluiten."))
        else:
            messages.success(
                request,
                ngettext(
                    "Het besluit over %(n)s inzending staat op de lijst.",
                    "Het besluit over %(n)s inzendingen staat op de lijst.",
                    decision.number,
                )
                % {"n": decision.number},
            )
        return redirect(request.get_full_path())


def marked_counts(survey: SurveyPage) -> list[MarkedCount]:
    """The marks that responses to a survey bear, the most telling first; one query."""
    found = {
        row["kind"]: row
        for row in ResponseMark.objects.filter(response__version__survey=survey)
        .values("kind")
        .annotate(
            number=Count("response"),
            undecided=Count("response", filter=Q(response__verdict__isnull=True)),
        )
        .order_by()
    }
    return [
        MarkedCount(kind.value, kind.label, found[kind]["number"], found[kind]["undecided"])
        for kind in ResponseMark.Kind
        if kind in found
    ]
