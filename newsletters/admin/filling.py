"""Filling a draft with what changed, for who may edit the edition; a 404 for all others."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..filling import CannotFillError, fill_with_changes
from ..forms.filling import FillForm
from ..models import NewsletterPage


class FillView(WagtailAdminTemplateMixin, View):
    """`/beheer/nieuwsbrieven/<pk>/vullen/`: GET asks which areas and since when, POST fills."""

    template_name = "newsletters/admin/fill.html"
    page_title = gettext_lazy("Vullen met wat er veranderde")
    header_icon = "list-ul"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        editions = NewsletterPage.objects.select_related("mailing")
        self.edition = get_object_or_404(editions, pk=kwargs["pk"])
        if not self.edition.permissions_for_user(request.user).can_edit():
            raise Http404

    def get_page_subtitle(self) -> str:
        return self.edition.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.edition.pk]),
                "label": self.edition.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.answer(FillForm(edition=self.edition, user=request.user))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = FillForm(request.POST, edition=self.edition, user=request.user)
        if not form.is_valid():
            return self.answer(form)
        try:
            filled = fill_with_changes(
                edition=self.edition,
                areas=form.cleaned_data["areas"],
                since=form.moment,
                user=request.user,
            )
        except CannotFillError as error:
            messages.error(request, str(error))
            return self.answer(form)
        self.tell(filled)
        return redirect("wagtailadmin_pages:edit", self.edition.pk)

    def answer(self, form: FillForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(edition=self.edition, form=form))

    def tell(self, filled) -> None:
        if not filled.added:
            messages.warning(
                self.request,
                _("Er is niets bij gekomen: alles staat er al, of er veranderde niets."),
            )
            return
        told = ngettext(
            "Er staat %(number)d onderwerp bij, onderaan het concept. Kijk het na, en haal het weg "
            "als het er niet in hoort.",
            "Er staan %(number)d onderwerpen bij, onderaan het concept. Kijk ze na, en haal weg "
            "wat er niet in hoort.",
            filled.added,
        ) % {"number": filled.added}
        if filled.left_out:
            told += " " + _("Nog %(number)d staan er niet bij. Kies een latere dag.") % {
                "number": filled.left_out
            }
        messages.success(self.request, told)
