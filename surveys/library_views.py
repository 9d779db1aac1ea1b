"""Starting a survey from the library, and copying questions into a survey, in the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.permissions import require_addable

from .admin_views import SurveyAdminView
from .library.services import TooManyQuestionsError, add_items, start_survey
from .library.sources import OWN, OWN_SHOWN, library_sources, own_surveys, source_for
from .models import SurveyPage
from .types.stream import MAX_QUESTIONS


class SourcesMixin:
    """The sources to choose from: `bron` in the address picks one to look at alone."""

    def sources(self):
        """The library, or the one source that was asked for."""
        key = self.request.GET.get("bron", "")
        if not key:
            return library_sources()
        source = source_for(self.request.user, key)
        return library_sources() if source is None else [source]

    def get_context_data(self, **kwargs):
        sources = [source for source in self.sources() if self.is_offered(source)]
        own = own_surveys(self.request.user).exclude(pk=self.excluded)[:OWN_SHOWN]
        return {
            **super().get_context_data(**kwargs),
            "sources": sources,
            "is_one": bool(self.request.GET.get("bron")) and len(sources) == 1,
            "own_surveys": [(f"{OWN}{survey.pk}", survey) for survey in own],
        }

    excluded = None

    def is_offered(self, source) -> bool:
        return True


class NewSurveyView(SourcesMixin, WagtailAdminTemplateMixin, TemplateView):
    """`/beheer/enquetes/nieuw/<pk of the page above>/`: empty, or from the library.

    POST with `bron` makes a draft and leads to its editor.
    """

    template_name = "surveys/admin/library_new.html"
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Nieuwe enquête")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.parent = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if SurveyPage not in self.parent.creatable_subpage_models():
            raise PermissionDenied
        require_addable(request.user, self.parent, SurveyPage)

    def is_offered(self, source) -> bool:
        return source.is_survey

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=[self.parent.pk]),
                "label": self.parent.get_admin_display_title(),
            },
            {"url": "", "label": _("Nieuwe enquête")},
        ]

    def get_page_subtitle(self):
        return self.parent.get_admin_display_title()

    def get_context_data(self, **kwargs):
        add = reverse("wagtailadmin_pages:add", args=["surveys", "surveypage", self.parent.pk])
        return {**super().get_context_data(**kwargs), "empty_url": f"{add}?leeg=1"}

    def post(self, request, *args, **kwargs):
        source = source_for(request.user, request.POST.get("bron", ""))
        if source is None or not source.items:
            messages.error(request, _("Deze enquête is er niet meer. Kies een andere."))
            return redirect(request.path)
        survey = start_survey(parent=self.parent, source=source, user=request.user)
        messages.success(
            request,
            _("Het concept ‘%(title)s’ staat klaar. Kijk de vragen na en vul de dagen in.")
            % {"title": survey.title},
        )
        return redirect("wagtailadmin_pages:edit", survey.pk)


class AddQuestionsView(SourcesMixin, SurveyAdminView):
    """`/beheer/enquetes/<pk>/bibliotheek/?bron=…`: copies of questions at the end of the draft.

    POST with `bron` and the ids of items as `vraag`.
    """

    template_name = "surveys/admin/library_add.html"
    page_title = gettext_lazy("Vragen uit de bibliotheek")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.excluded = self.survey.pk

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items()[:-1],
            {"url": "", "label": _("Vragen uit de bibliotheek")},
        ]

    def post(self, request, *args, **kwargs):
        source = source_for(request.user, request.POST.get("bron", ""))
        items = source.chosen(set(request.POST.getlist("vraag"))) if source else []
        refused = ""
        if self.survey.permissions_for_user(request.user).page_locked():
            refused = _("Deze enquête is vergrendeld. Vraag wie dat deed om hem open te zetten.")
        elif not items:
            refused = _("Kies ten minste één vraag.")
        else:
            try:
                number = add_items(
                    survey=self.survey,
                    items=items,
                    user=request.user,
                    translations=source.translations,
                )
            except TooManyQuestionsError:
                refused = _(
                    "Zoveel past er niet bij: een enquête heeft ten hoogste %(most)s onderdelen. "
                    "Kies minder vragen."
                ) % {"most": MAX_QUESTIONS}
        if refused:
            messages.error(request, refused)
            return self.get(request, *args, **kwargs)
        messages.success(
            request,
            ngettext(
                "Onderaan het concept staat %(n)s onderdeel erbij. Kijk het na en publiceer.",
                "Onderaan het concept staan %(n)s onderdelen erbij. Kijk ze na en publiceer.",
                number,
            )
            % {"n": number},
        )
        return redirect("wagtailadmin_pages:edit", self.survey.pk)
