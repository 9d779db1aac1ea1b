"""Translating a survey in the admin, for who may edit that survey and nobody else."""

from http import HTTPStatus

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from cms.sheets.reading import SheetError
from cms.sheets.writing import FORMATS, sheet_response

from ..admin_views import SurveyAdminView, editable_survey
from ..models import SurveyPage
from .forms import TextsUpload, TranslationsForm
from .registry import Language, offered
from .services import Given, Saved, save_translations
from .sheets import HEADINGS, plan_of, rows_of
from .state import Progress, State, entries, progress

SALT = "surveys.languages"
#: How long one may look at a table before saying yes, in seconds.
KEPT_FOR = 24 * 60 * 60
SHOW = "toon"
FILTERS = {
    "": gettext_lazy("Alle teksten"),
    State.MISSING.value: gettext_lazy("Nog niet vertaald"),
    State.OUTDATED.value: gettext_lazy("Mogelijk verouderd"),
}


class LanguagesView(SurveyAdminView):
    """`GET /beheer/enquetes/<pk>/vertalen/`: the languages of the survey, and how far each is."""

    template_name = "surveys/admin/languages/index.html"
    page_title = gettext_lazy("Vertalen")
    header_icon = "globe"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": _("Vertalen")}]

    def get_context_data(self, **kwargs):
        draft = self.survey.get_latest_revision_as_object()
        return {**super().get_context_data(**kwargs), "progress": progress(draft)}


class OneLanguageView(SurveyAdminView):
    """A view on one language of the latest draft; 404 where the survey is not offered in it."""

    header_icon = "globe"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.draft = self.survey.get_latest_revision_as_object()
        self.language = language_of(self.draft, kwargs["code"])

    def get_page_title(self):
        return _("Vertalen naar het %(language)s") % {"language": self.language.dutch_name}

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items()[:-1],
            {"url": reverse("surveys_languages", args=[self.survey.pk]), "label": _("Vertalen")},
            {"url": "", "label": self.language.dutch_name},
        ]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "language": self.language,
            "progress": self.progress(),
            "formats": list(FORMATS),
        }

    def progress(self) -> Progress:
        """How far this language is."""
        return next(one for one in progress(self.draft) if one.language == self.language)

    def read_again(self) -> None:
        """The draft as it is after saving."""
        self.draft = SurveyPage.objects.get(pk=self.survey.pk).get_latest_revision_as_object()

    def refused(self) -> str:
        """Why nothing can be saved now; empty where it can."""
        if self.survey.permissions_for_user(self.request.user).page_locked():
            return _("Deze enquête is vergrendeld. Vraag wie dat deed om hem open te zetten.")
        return ""

    def told(self, saved: Saved) -> None:
        """Say what was saved, and how far it is now."""
        self.read_again()
        now = self.progress()
        if not saved.changed:
            messages.info(self.request, _("Er is niets veranderd."))
            return
        messages.success(
            self.request,
            ngettext(
                "%(n)s vertaling is bewaard in het concept. Nu is %(done)s van %(total)s teksten "
                "vertaald. Bewoners zien het als u publiceert.",
                "%(n)s vertalingen zijn bewaard in het concept. Nu is %(done)s van %(total)s "
                "teksten vertaald. Bewoners zien het als u publiceert.",
                saved.changed,
            )
            % {"n": saved.changed, "done": now.done, "total": now.total},
        )


class TranslateView(OneLanguageView):
    """`/beheer/enquetes/<pk>/vertalen/<code>/?toon=ontbreekt`: Dutch beside the translation.

    A POST saves all boxes in one go: 422 where one is no good (nothing is saved), 409 where
    somebody else changed one meanwhile (the others are saved). What was typed stays.
    """

    template_name = "surveys/admin/languages/translate.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        wanted = request.GET.get(SHOW, "")
        self.show = wanted if wanted in FILTERS else ""

    def form(self, data=None) -> TranslationsForm:
        """The boxes that the filter shows; with `data` those that were sent."""
        found = entries(self.draft, self.language.code)
        if data is not None:
            found = [entry for entry in found if f"t:{entry.text.key}" in data]
        elif self.show:
            found = [entry for entry in found if entry.state == self.show]
        return TranslationsForm(found, data)

    def get_context_data(self, *, form=None, conflicts=None, refused="", **kwargs):
        form = form or self.form()
        now = self.progress()
        counts = {State.MISSING.value: now.missing, State.OUTDATED.value: now.outdated}
        return {
            **super().get_context_data(**kwargs),
            "groups": form.groups(conflicts),
            "errors": form.errors,
            "conflicts": conflicts or {},
            "refused": refused,
            "show": self.show,
            "filters": [
                {"key": key, "label": label, "count": counts.get(key, now.total)}
                for key, label in FILTERS.items()
            ],
        }

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.form(request.POST)
        given = form.given()
        refused = self.refused()
        if refused or form.errors:
            context = self.get_context_data(form=form, refused=refused)
            status = HTTPStatus.CONFLICT if refused else HTTPStatus.UNPROCESSABLE_ENTITY
            return self.render_to_response(context, status=status)
        saved = save_translations(
            survey=self.survey, code=self.language.code, given=given, user=request.user
        )
        if saved.conflicts:
            self.read_again()
            shown = [
                entry
                for entry in entries(self.draft, self.language.code)
                if entry.text.key in saved.conflicts
            ]
            context = self.get_context_data(
                form=TranslationsForm(shown, request.POST), conflicts=saved.conflicts
            )
            return self.render_to_response(context, status=HTTPStatus.CONFLICT)
        self.told(saved)
        query = f"?{SHOW}={self.show}" if self.show else ""
        return redirect(f"{request.path}{query}")


class ImportTextsView(OneLanguageView):
    """`/beheer/enquetes/<pk>/vertalen/<code>/inlezen/`: a table in, a look at it, and saved.

    Nothing is stored before the second step: what was read travels, signed, with the page.
    """

    template_name = "surveys/admin/languages/import.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", TextsUpload())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "kept" in request.POST:
            return self._apply()
        form = TextsUpload(request.POST, request.FILES)
        plan = None
        if form.is_valid():
            try:
                plan = plan_of(form.sheet, entries(self.draft, self.language.code))
            except SheetError as error:
                form.add_error("file", str(error))
        if plan is None:
            return self.render_to_response(
                self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        kept = signing.dumps(
            {
                "survey": self.survey.pk,
                "code": self.language.code,
                "texts": {
                    change.entry.text.key: [change.words, change.base] for change in plan.changes
                },
            },
            salt=SALT,
            compress=True,
        )
        return self.render_to_response(self.get_context_data(form=form, plan=plan, kept=kept))

    def _apply(self) -> HttpResponse:
        request = self.request
        try:
            kept = signing.loads(request.POST["kept"], salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            kept = {}
        here = reverse("surveys_texts_import", args=[self.survey.pk, self.language.code])
        if kept.get("survey") != self.survey.pk or kept.get("code") != self.language.code:
            messages.error(
                request, _("Dit is te lang geleden ingestuurd. Stuur het bestand opnieuw in.")
            )
            return redirect(here)
        if refused := self.refused():
            messages.error(request, refused)
            return redirect(here)
        given = {key: Given(words, base) for key, (words, base) in kept["texts"].items()}
        saved = save_translations(
            survey=self.survey, code=self.language.code, given=given, user=request.user
        )
        self.told(saved)
        if saved.conflicts:
            messages.warning(
                request,
                _(
                    "Iemand anders veranderde intussen deze teksten. Die zijn niet overgenomen: "
                    "%(texts)s"
                )
                % {"texts": "; ".join(one.text.dutch[:60] for one in saved.conflicts.values())},
            )
        return redirect("surveys_translate", self.survey.pk, self.language.code)


@require_GET
def export_texts(request: HttpRequest, pk: int, code: str, format_name: str) -> HttpResponse:
    """`GET /beheer/enquetes/<pk>/vertalen/<code>/teksten.xlsx` (or ods, csv): for a translator."""
    draft = editable_survey(request, pk).get_latest_revision_as_object()
    language = language_of(draft, code)
    if format_name not in FORMATS:
        raise Http404
    return sheet_response(
        format_name=format_name,
        name=f"teksten-{draft.slug}-{language.code}",
        title="teksten",
        head=HEADINGS,
        rows=list(rows_of(entries(draft, language.code))),
    )


def language_of(survey, code: str) -> Language:
    """A language in which a survey is offered; 404 for another."""
    found = next((one for one in offered(survey.languages) if one.code == code), None)
    if found is None:
        raise Http404
    return found
