"""Collectors in the admin, for who may edit their survey and nobody else."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.widgets.button import HeaderButton

from ..admin_views import SurveyAdminView, editable_survey
from ..exports.texts import csv_lines
from ..models import CodeBatch, Collector
from . import codes, services
from .admin_forms import CollectorForm, InviteForm, MakeCodesForm
from .letters import LETTERS_A_FILE, batch_codes, code_rows, collector_url, letters_pdf

SALT = "surveys.collecting.batch"
#: How long the page with new codes can make letters.
SECRET_SECONDS = 86_400
SAMPLE_CODE = "CDFG-34HJ-67KM"
NO_STORE = {"Cache-Control": "private, no-store"}


class CollectorsView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/ingangen/`: every link, for whom it is and what came in."""

    template_name = "surveys/admin/collectors.html"
    page_title = gettext_lazy("Ingangen")
    header_icon = "link"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items()[:-1],
            {
                "url": reverse("surveys_collectors", args=[self.survey.pk]),
                "label": _("Ingangen"),
            },
        ]

    @property
    def header_buttons(self):
        return [
            HeaderButton(
                _("Nieuwe ingang"),
                url=reverse("surveys_collector_new", args=[self.survey.pk]),
                icon_name="plus",
            )
        ]

    def get_context_data(self, **kwargs):
        collectors = list(Collector.objects.filter(survey=self.survey).with_counts())
        return {
            **super().get_context_data(**kwargs),
            "collectors": [(one, collector_url(one), self._dates(one)) for one in collectors],
        }

    def _dates(self, collector: Collector) -> dict:
        opens = max(filter(None, (collector.opens_at, self.survey.opens_at)))
        closes = min(filter(None, (collector.closes_at, self.survey.closes_at)))
        return {"opens": opens, "closes": closes}


class OneCollectorView(CollectorsView):
    """A view on one collector of the survey; 404 for that of another."""

    header_buttons = ()

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.collector = self.get_collector()

    def get_collector(self) -> Collector:
        rows = Collector.objects.filter(survey=self.survey).with_counts()
        collector = get_object_or_404(rows, pk=self.kwargs["collector_pk"])
        collector.survey = self.survey
        return collector

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.collector)}]

    def get_context_data(self, **kwargs):
        return {
            **SurveyAdminView.get_context_data(self, **kwargs),
            "collector": self.collector,
            "url": collector_url(self.collector),
            "threshold": settings.SURVEY_SMALL_NUMBERS,
        }

    def again(self, **kwargs) -> HttpResponse:
        """The page with a form that needs work."""
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class EditCollectorView(OneCollectorView):
    """`/beheer/enquetes/<pk>/ingangen/<collector>/`: change, stop, open again or remove it.

    POST with `actie` stops, opens or removes; else it is the form.
    """

    template_name = "surveys/admin/collector_edit.html"
    page_title = gettext_lazy("Ingang")

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", CollectorForm(instance=self.collector))
        return super().get_context_data(**kwargs)

    def post(self, request, *args, **kwargs):
        action = request.POST.get("actie", "")
        if action:
            return self._act(action)
        form = CollectorForm(request.POST, instance=self.collector)
        if form.is_valid():
            try:
                services.save_collector(
                    collector=form.instance, password=form.cleaned_data["new_password"]
                )
            except IntegrityError:
                # Somebody else took the name just before.
                form.add_error(
                    "name", _("Er is al een ingang met deze naam. Kies een andere naam.")
                )
        if form.errors:
            return self.again(form=form)
        messages.success(request, _("De ingang ‘%(name)s’ is bewaard.") % {"name": form.instance})
        return redirect("surveys_collectors", self.survey.pk)

    def _act(self, action: str) -> HttpResponse:
        request, collector = self.request, self.collector
        if action == "stop":
            services.set_active(collector=collector, is_active=False)
            done = _("De ingang ‘%(name)s’ is gestopt. Wat binnenkwam, blijft.")
        elif action == "open":
            services.set_active(collector=collector, is_active=True)
            done = _("De ingang ‘%(name)s’ is weer in gebruik.")
        elif action == "weg":
            try:
                services.delete_collector(collector=collector)
            except services.HasResponsesError:
                messages.error(
                    request,
                    _("Langs deze ingang kwamen antwoorden binnen. Stop haar: weghalen kan niet."),
                )
                return redirect("surveys_collector", self.survey.pk, collector.pk)
            done = _("De ingang ‘%(name)s’ is weg.")
        else:
            raise Http404
        messages.success(request, done % {"name": collector})
        return redirect("surveys_collectors", self.survey.pk)


class NewCollectorView(EditCollectorView):
    """`/beheer/enquetes/<pk>/ingangen/nieuw/`: the form of a new collector."""

    page_title = gettext_lazy("Nieuwe ingang")

    def get_collector(self) -> Collector:
        return Collector(survey=self.survey)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": str(self.page_title)}]

    def _act(self, action: str) -> HttpResponse:
        raise Http404


class CodesView(OneCollectorView):
    """`/beheer/enquetes/<pk>/ingangen/<collector>/codes/`: make codes, print them, withdraw them.

    The secret that codes follow from travels, signed, with the page: it is stored nowhere. So
    letters can be made on the page that made the codes, and not any more after it is closed.
    """

    template_name = "surveys/admin/collector_codes.html"
    page_title = gettext_lazy("Codes")

    def get_collector(self) -> Collector:
        collector = super().get_collector()
        if collector.access != Collector.Access.CODE:
            raise Http404
        return collector

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", MakeCodesForm())
        kwargs.setdefault("secret", self._sign(codes.new_secret()))
        batches = list(CodeBatch.objects.filter(collector=self.collector).with_left())
        return {**super().get_context_data(**kwargs), "batches": batches}

    def post(self, request, *args, **kwargs):
        if "intrekken" in request.POST:
            return self._withdraw(request.POST["intrekken"])
        secret = request.POST.get("secret", "")
        form = MakeCodesForm(request.POST)
        found = secret_in(self.collector, secret)
        if found is None:
            messages.error(request, _("Deze pagina is te oud. Maak de codes opnieuw aan."))
            return redirect(request.path)
        if not form.is_valid():
            return self.again(form=form, secret=secret)
        try:
            batch = services.make_codes(
                collector=self.collector, secret=found, count=form.cleaned_data["count"]
            )
        except services.TooFewError:
            form.add_error(
                "count",
                _("Maak er ten minste %(n)s: bij minder is te raden wie wat antwoordde.")
                % {"n": settings.SURVEY_SMALL_NUMBERS},
            )
        except services.TooManyError:
            form.add_error("count", _("Eén ingang heeft ten hoogste 5.000 codes. Maak er minder."))
        if form.errors:
            return self.again(form=form, secret=secret)
        self.collector = self.get_collector()
        parts = [
            (start + 1, min(start + LETTERS_A_FILE, batch.made))
            for start in range(0, batch.made, LETTERS_A_FILE)
        ]
        context = self.get_context_data(made=batch, made_secret=secret, parts=parts)
        return self.render_to_response(context, headers=NO_STORE)

    def _withdraw(self, batch_pk: str) -> HttpResponse:
        if not (batch_pk.isascii() and batch_pk.isdecimal() and len(batch_pk) < 16):
            raise Http404
        batch = get_object_or_404(CodeBatch, pk=int(batch_pk), collector=self.collector)
        number = services.withdraw_codes(batch=batch)
        messages.success(
            self.request,
            ngettext(
                "%(n)s code werkt niet meer.", "%(n)s codes werken niet meer.", number
            )
            % {"n": number},
        )  # fmt: skip
        return redirect(self.request.path)

    def _sign(self, secret: str) -> str:
        return signing.dumps([self.collector.pk, secret], salt=SALT)


def secret_in(collector: Collector, signed: str) -> str | None:
    """The secret that a page carried along for this collector; None where it is not one."""
    try:
        pk, secret = signing.loads(signed, salt=SALT, max_age=SECRET_SECONDS)
    except signing.BadSignature:
        return None
    return secret if pk == collector.pk else None


def _collector_for(request: HttpRequest, pk: int, collector_pk: int) -> Collector:
    survey = editable_survey(request, pk)
    collector = get_object_or_404(Collector, pk=collector_pk, survey=survey)
    collector.survey = survey
    return collector


@require_POST
def code_letters(request: HttpRequest, pk: int, collector_pk: int, form: str) -> HttpResponse:
    """`POST …/codes/brieven.pdf` or `codes.csv` with `secret` and `van`: the new codes."""
    collector = _collector_for(request, pk, collector_pk)
    secret = secret_in(collector, request.POST.get("secret", ""))
    batch = (
        CodeBatch.objects.filter(mark=codes.mark_of(secret), collector=collector).first()
        if secret
        else None
    )
    if batch is None:
        messages.error(
            request,
            _("Deze codes kunnen wij niet meer laten zien. Trek ze in en maak nieuwe codes."),
        )
        return redirect("surveys_collector_codes", pk, collector_pk)
    if form == "csv":
        rows = code_rows(collector, batch_codes(secret, batch.made))
        return StreamingHttpResponse(
            csv_lines(rows),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="codes-{collector.key}.csv"',
                **NO_STORE,
            },
        )
    given = request.POST.get("van", "1")
    start = int(given) - 1 if given.isascii() and given.isdecimal() and len(given) < 6 else 0
    start = max(0, min(start, batch.made - 1))
    wanted = batch_codes(secret, batch.made, start=start, end=start + LETTERS_A_FILE)
    return _pdf(letters_pdf(collector, wanted), f"brieven-{collector.key}-{start + 1}.pdf")


@require_GET
def sample_letter(request: HttpRequest, pk: int, collector_pk: int) -> HttpResponse:
    """`GET …/codes/voorbeeld.pdf`: one letter with a code that opens nothing."""
    collector = _collector_for(request, pk, collector_pk)
    return _pdf(letters_pdf(collector, [SAMPLE_CODE]), "voorbeeldbrief.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **NO_STORE}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


class InvitationsView(OneCollectorView):
    """`/beheer/enquetes/<pk>/ingangen/<collector>/uitnodigingen/`: who to invite, and counts.

    Addresses are never shown again: who is still to answer is nobody's business.
    """

    template_name = "surveys/admin/collector_invitations.html"
    page_title = gettext_lazy("Uitnodigingen")

    def get_collector(self) -> Collector:
        collector = super().get_collector()
        if collector.access != Collector.Access.INVITATION:
            raise Http404
        return collector

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", InviteForm())
        return {
            **super().get_context_data(**kwargs),
            "kept_days": settings.SURVEY_INVITATION_DAYS,
        }

    def post(self, request, *args, **kwargs):
        form = InviteForm(request.POST, request.FILES)
        number = 0
        if form.is_valid():
            try:
                number = services.invite(
                    collector=self.collector, addresses=form.cleaned_data["found"]
                )
            except services.TooFewError:
                form.add_error(
                    None,
                    _("Nodig ten minste %(n)s mensen uit: bij minder is te raden wie wat "
                      "antwoordde.") % {"n": settings.SURVEY_SMALL_NUMBERS},
                )  # fmt: skip
            except services.TooManyError:
                form.add_error(None, _("Nodig ten hoogste 5.000 mensen uit langs één ingang."))
        if form.errors:
            return self.again(form=form)
        messages.success(
            request,
            ngettext(
                "%(n)s nieuwe uitnodiging staat klaar. De mail gaat binnen enkele minuten uit.",
                "%(n)s nieuwe uitnodigingen staan klaar. De mails gaan binnen enkele minuten uit.",
                number,
            )
            % {"n": number}
            if number
            else _("Al deze adressen waren al uitgenodigd. Er is niets veranderd."),
        )
        return redirect(request.path)
