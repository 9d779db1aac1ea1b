"""Filling a draft with what changed and comes, for who may edit the edition; else a 404."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..filling import CannotFillError, Filled, fill, offered
from ..forms.filling import FillForm
from ..models import NewsletterPage


class FillView(WagtailAdminTemplateMixin, View):
    """`/beheer/nieuwsbrieven/<pk>/vullen/`: what was found, of which the editor drops some.

    GET shows it for the areas and days in the query, or the usual ones; POST adds what is ticked.
    """

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
        return self.answer(self.form(request.GET or None))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.form(request.POST)
        chosen = set(request.POST.getlist("onderwerp"))
        if not form.is_valid():
            return self.answer(form, chosen)
        if not chosen:
            messages.error(request, _("Kruis ten minste één onderwerp aan."))
            return self.answer(form, chosen)
        try:
            filled = fill(
                edition=self.edition,
                areas=form.cleaned_data["areas"],
                period=form.period,
                chosen=chosen,
                user=request.user,
            )
        except CannotFillError as error:
            messages.error(request, str(error))
            return self.answer(form, chosen)
        self.tell(filled)
        return redirect("wagtailadmin_pages:edit", self.edition.pk)

    def form(self, data) -> FillForm:
        return FillForm(data, edition=self.edition, user=self.request.user)

    def answer(self, form: FillForm, chosen: set[str] | None = None) -> HttpResponse:
        """The choice, and where that is sound what was found; all ticked unless told which."""
        groups = None
        if form.is_valid():
            groups = offered(
                edition=self.edition, areas=form.cleaned_data["areas"], period=form.period
            )
        return self.render_to_response(
            self.get_context_data(
                edition=self.edition,
                form=form,
                media=form.media,
                groups=groups,
                total=sum(len(group.subjects) for group in groups or ()),
                more=sum(group.more for group in groups or ()),
                chosen=chosen,
            )
        )

    def tell(self, filled: Filled) -> None:
        if not filled.added:
            messages.warning(
                self.request,
                _("Er is niets bij gekomen: alles staat er al, of is er niet meer."),
            )
            return
        told = ngettext(
            "Er staat %(number)d onderwerp bij, onderaan het concept. U kunt het inkorten en "
            "verplaatsen.",
            "Er staan %(number)d onderwerpen bij, onderaan het concept. U kunt ze inkorten en "
            "verplaatsen.",
            filled.added,
        ) % {"number": filled.added}
        if filled.gone:
            told += " " + ngettext(
                "%(number)d onderwerp is intussen weg of stond er al.",
                "%(number)d onderwerpen zijn intussen weg of stonden er al.",
                filled.gone,
            ) % {"number": filled.gone}
        messages.success(self.request, told)
