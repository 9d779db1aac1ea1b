"""Entering paper in the admin, for who may edit the survey and nobody else."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..admin_views import SurveyAdminView
from ..models import PaperBatch, PaperCorrection, PaperEntry, PaperGap
from ..receipts.given import form_data
from . import services
from .document import form_number
from .entering import ILLEGIBLE, paper_form, rows_of, typed_again, village_options
from .forms import ReasonForm, StartForm
from .maps import ground_of
from .routing import NOT_BY_PEN

LAST_SHOWN = 5
BATCHES_SHOWN = 100
CORRECTIONS_SHOWN = 50


class PaperView(SurveyAdminView):
    """`/beheer/enquetes/<pk>/papier/`: the form to print, batches, and starting one.

    A fixed number of queries, however many batches there are.
    """

    template_name = "surveys/admin/paper/start.html"
    page_title = gettext_lazy("Papier")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items()[:-1],
            {"url": reverse("surveys_paper", args=[self.survey.pk]), "label": _("Papier")},
        ]

    def get_context_data(self, **kwargs):
        if "form" not in kwargs:
            kwargs["form"] = StartForm(survey=self.survey)
        batches = PaperBatch.objects.of(self.survey).with_incomplete()[:BATCHES_SHOWN]
        return {
            **super().get_context_data(**kwargs),
            "is_published": bool(kwargs["form"].versions),
            "takes_paper": services.takes_paper(self.survey),
            "batches": [(batch, form_number(self.survey, batch.version)) for batch in batches],
            "corrections": PaperCorrection.objects.filter(batch__survey=self.survey).select_related(
                "user"
            )[:CORRECTIONS_SHOWN],
            "gaps": self._gaps(),
        }

    def _gaps(self) -> list[tuple[str, int, int]]:
        """Question, and how often it was skipped and could not be read; in the newest words."""
        counts: dict[str, dict[str, int]] = {}
        rows = (
            PaperGap.objects.filter(response__version__survey=self.survey)
            .values_list("question_id", "why")
            .annotate(n=Count("pk"))
            .order_by()
        )
        for question_id, why, number in rows:
            counts.setdefault(question_id, {})[why] = number
        if not counts:
            return []
        labels: dict[str, str] = {}
        for version in self.survey.versions.order_by("number"):
            labels |= {question.id: question.label for question in version.asked}
        return [
            (
                label,
                counts[key].get(PaperGap.Why.EMPTY, 0),
                counts[key].get(PaperGap.Why.ILLEGIBLE, 0),
            )
            for key, label in labels.items()
            if key in counts
        ]

    def post(self, request, *args, **kwargs):
        form = StartForm(request.POST, survey=self.survey)
        if form.is_valid():
            try:
                batch = services.start_batch(user=request.user, **form.batch)
            except services.ClosedError:
                form.add_error(None, closed_words(self.survey))
            else:
                return redirect("surveys_paper_batch", self.survey.pk, batch.pk)
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def closed_words(survey) -> str:
    """Why no paper can be entered now."""
    if survey.state == survey.State.PLANNED:
        return _("De enquête is nog niet open. Papier invoeren kan vanaf het begin.")
    return _(
        "De enquête is te lang gesloten. Nieuw papier kunt u niet meer invoeren. Meld het bij de "
        "uitkomst als er nog antwoorden waren."
    )


class BatchView(PaperView):
    """A view on one batch of the survey; 404 for that of another."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.batch = get_object_or_404(
            PaperBatch.objects.of(self.survey), pk=self.kwargs["batch_pk"]
        )
        self.batch.survey = self.survey

    @property
    def page_url(self) -> str:
        return reverse("surveys_paper_batch", args=[self.survey.pk, self.batch.pk])

    def get_breadcrumbs_items(self):
        label = _("Stapel %(number)s") % {"number": self.batch.pk}
        return [*super().get_breadcrumbs_items(), {"url": self.page_url, "label": label}]

    @cached_property
    def form_type(self):
        return paper_form(self.batch.version.asked)

    @cached_property
    def ground(self):
        """What maps are drawn on; two queries, or none without a map."""
        return ground_of(self.survey) if self.form_type.sheet.has_map else None

    def screen(self, form, *, with_errors: bool = False, with_apart: bool = True) -> dict:
        """What the template needs to show a form."""
        rows = rows_of(form, with_errors=with_errors, with_apart=with_apart)
        return {
            "rows": rows,
            "apart_from": form.sheet.apart[0].number if form.sheet.apart else "",
            "errors": [row for row in rows if row.errors],
            "form_errors": form.non_field_errors() if with_errors else [],
            "villages": village_options() if form.sheet.has_map else [],
            "form_number": form_number(self.survey, self.batch.version),
            "batch": self.batch,
        }


class EntryView(BatchView):
    """`/beheer/enquetes/<pk>/papier/<batch>/`: enter one form after another.

    POST with `actie=sluit` closes the batch; else it is a form, with `sleutel` of the screen.
    422 where something is wrong, 409 where no paper is taken any more: all that was typed stays.
    """

    template_name = "surveys/admin/paper/entry.html"
    page_title = gettext_lazy("Papier invoeren")

    @property
    def is_mine(self) -> bool:
        return self.batch.user_id == self.request.user.pk

    def get_context_data(self, **kwargs):
        may_enter = self.batch.is_open and self.is_mine and services.takes_paper(self.survey)
        entries = (
            PaperEntry.objects.filter(batch=self.batch)
            .annotate(gaps=Count("response__paper_gaps"))
            .order_by("-number")  # a query that counts forgets the usual order
        )
        everything = "alles" in self.request.GET
        context = {
            **super(PaperView, self).get_context_data(**kwargs),
            "may_enter": may_enter or "rows" in kwargs,
            "is_mine": self.is_mine,
            "entries": entries if everything else entries[:LAST_SHOWN],
            "everything": everything,
            "closed_words": "" if services.takes_paper(self.survey) else closed_words(self.survey),
            "key": kwargs.get("key") or uuid.uuid4(),
        }
        if "rows" not in kwargs:
            context |= self.screen(self.form_type(ground=self.ground))
        return context

    def again(self, form, key, status, message: str = "") -> HttpResponse:
        context = self.screen(form, with_errors=not message)
        if message:
            context["form_errors"] = [message]
        return self.render_to_response(self.get_context_data(key=key, **context), status=status)

    def post(self, request, *args, **kwargs):
        if request.POST.get("actie") == "sluit":
            services.close_batches(pks=[self.batch.pk])
            messages.success(request, _("De stapel is afgesloten."))
            return redirect("surveys_paper", self.survey.pk)
        form = self.form_type(request.POST, ground=self.ground)
        key = _key(request.POST.get("sleutel", ""))
        if not self.is_mine:
            message = _("Deze stapel is van iemand anders. Begin zelf een nieuwe stapel.")
            return self.again(form, key, HTTPStatus.CONFLICT, message)
        if not form.is_valid():
            return self.again(form, key, HTTPStatus.UNPROCESSABLE_ENTITY)
        gaps = form.gaps
        try:
            entry, is_new = services.enter_form(
                batch=self.batch,
                key=key,
                answers=form.answers,
                contacts=form.contacts,
                gaps=gaps,
            )
        except services.ClosedError:
            message = (
                closed_words(self.survey)
                if self.batch.is_open and not services.takes_paper(self.survey)
                else _("Deze stapel is afgesloten. Begin een nieuwe stapel voor dit formulier.")
            )
            return self.again(form, key, HTTPStatus.CONFLICT, message)
        self._tell(entry, is_new, form, gaps)
        return redirect(self.page_url)

    def _tell(self, entry: PaperEntry | None, is_new: bool, form, gaps: dict[str, str]) -> None:
        request = self.request
        if entry is None:
            messages.success(request, _("Het adres is bewaard, los van alle formulieren."))
            return
        number = {"number": entry.number}
        if not is_new:
            messages.warning(
                request,
                _("Dit formulier was al bewaard als nummer %(number)s. Het telt één keer.")
                % number,
            )
            return
        messages.success(request, _("Bewaard als nummer %(number)s.") % number)
        told(request, form, gaps)


def told(request, form, gaps: dict[str, str]) -> None:
    """Warn of what is missing in a form, and of what was left out of it."""
    if gaps:
        numbers = form.numbers(gaps)
        messages.warning(
            request,
            ngettext(
                "Onvolledig: vraag %(numbers)s is leeg of onleesbaar.",
                "Onvolledig: de vragen %(numbers)s zijn leeg of onleesbaar.",
                len(numbers),
            )
            % {"numbers": ", ".join(numbers)},
        )
    left_out = form.left_out
    if left_out:
        messages.warning(
            request,
            ngettext(
                "Vraag %(numbers)s is niet bewaard: die hoort niet bij de andere antwoorden.",
                "De vragen %(numbers)s zijn niet bewaard: die horen niet bij de andere antwoorden.",
                len(left_out),
            )
            % {"numbers": ", ".join(left_out)},
        )


def _key(text: str) -> uuid.UUID:
    """The key that a screen was made with; another one where it is not a key."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


class CorrectView(BatchView):
    """`/beheer/enquetes/<pk>/papier/<batch>/<number>/`: put one form right, or take it away.

    POST with `actie` = `weg` or `herstel`, and `reden`. Back to the batch where it is gone or where
    results are out.
    """

    template_name = "surveys/admin/paper/correct.html"
    page_title = gettext_lazy("Formulier herstellen")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(
            PaperEntry.objects.select_related("response"),
            batch=self.batch,
            number=self.kwargs["number"],
        )
        self.refusal = ""
        if self.entry.response is None:
            self.refusal = _("Nummer %(number)s is al weggehaald.")
        elif not services.may_correct(self.survey, self.entry.response):
            self.refusal = _(
                "Nummer %(number)s kan niet meer veranderen: de resultaten staan al op de site."
            )

    def dispatch(self, request, *args, **kwargs):
        if self.refusal:
            messages.warning(request, self.refusal % {"number": self.entry.number})
            return redirect(self.page_url)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        label = _("Nummer %(number)s") % {"number": self.entry.number}
        return [*super().get_breadcrumbs_items(), {"url": "", "label": label}]

    def get_context_data(self, **kwargs):
        context = {
            **super(PaperView, self).get_context_data(**kwargs),
            "entry": self.entry,
            "reason": kwargs.get("reason") or ReasonForm(),
        }
        return context if "rows" in kwargs else context | self._stored()

    def _stored(self) -> dict:
        """The form as it was entered; without rows where it cannot be shown again."""
        asked = self.batch.version.asked
        by_pen = tuple(one for one in asked if one.kind not in NOT_BY_PEN)
        data = form_data(by_pen, self.entry.response.answers.all())
        if data is None:
            return {"rows": [], "batch": self.batch}
        data = typed_again(data, self.form_type.sheet, self.ground)
        data.setlist(
            ILLEGIBLE,
            self.entry.response.paper_gaps.filter(why=PaperGap.Why.ILLEGIBLE).values_list(
                "question_id", flat=True
            ),
        )
        return self.screen(self.form_type(data, ground=self.ground), with_apart=False)

    def post(self, request, *args, **kwargs):
        action = request.POST.get("actie", "")
        if action not in ("herstel", "weg"):
            raise Http404
        form = self.form_type(request.POST, ground=self.ground)
        reason = ReasonForm(request.POST)
        is_good = reason.is_valid() and (action == "weg" or form.is_valid())
        if is_good and action == "herstel" and not (form.answers or form.gaps):
            form.add_error(None, _("Er staat niets meer in. Haal het formulier dan weg."))
            is_good = False
        if not is_good:
            context = self.screen(form, with_errors=action == "herstel", with_apart=False)
            return self.render_to_response(
                self.get_context_data(reason=reason, **context),
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
        about = {
            "entry": self.entry,
            "user": request.user,
            "reason": reason.cleaned_data["reden"],
        }
        number = {"number": self.entry.number}
        try:
            if action == "weg":
                services.remove_form(**about)
                messages.success(request, _("Nummer %(number)s is weggehaald.") % number)
            else:
                gaps = form.gaps
                services.correct_form(answers=form.answers, gaps=gaps, **about)
                messages.success(request, _("Nummer %(number)s is hersteld.") % number)
                told(request, form, gaps)
        except services.GoneError:
            messages.warning(request, _("Nummer %(number)s is al weggehaald.") % number)
        return redirect(self.page_url)
