"""Views of the admin about an agenda as a table: out, in, and a look at what would change."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from cms.sheets.writing import FORMATS, sheet_response

from ..base_views import AgendaView
from ..forms import SheetForm
from ..models import AgendaPage, SheetImport
from ..permissions import item_actions
from .columns import HEADINGS
from .export import rows_of
from .plan import make_plan
from .services import OutdatedError, apply_import, keep_import, told


@require_GET
def export_items(request: HttpRequest, page_id: int, format_name: str) -> HttpResponse:
    """`GET /beheer/agenda/<id>/agendapunten.xlsx` (or ods, csv): all items, drafts too."""
    agenda = get_object_or_404(AgendaPage, pk=page_id)
    if not item_actions(user=request.user, agenda=agenda):
        raise PermissionDenied
    if format_name not in FORMATS:
        raise Http404
    return sheet_response(
        format_name=format_name,
        name=f"agendapunten-{agenda.slug}",
        title="agendapunten",
        head=HEADINGS,
        rows=rows_of(agenda),
    )


class SheetView(AgendaView):
    """`/beheer/agenda/<id>/tabel/`: the files to download, and a file to send in."""

    template_name = "agenda/admin/sheet.html"
    page_title = gettext_lazy("Agendapunten als tabel")
    header_icon = "table"

    def may_use(self):
        self.actions = item_actions(user=self.request.user, agenda=self.agenda)
        return bool(self.actions)

    def form(self, *args) -> SheetForm:
        return SheetForm(*args, may_publish="publish" in self.actions)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.form())
        formats = [
            (name.upper(), reverse("agenda_export", args=[self.agenda.pk, name]))
            for name in FORMATS
        ]
        return super().get_context_data(formats=formats, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        kept = keep_import(
            agenda=self.agenda,
            user=request.user,
            file_name=form.cleaned_data["file"].name,
            sheet=form.sheet,
            publish_new=form.cleaned_data.get("publish_new", False),
        )
        return redirect("agenda_sheet_plan", self.agenda.pk, kept.pk)


class SheetPlanView(AgendaView):
    """`/beheer/agenda/<id>/tabel/<import>/`: GET shows what would change, POST does it."""

    template_name = "agenda/admin/sheet_plan.html"
    page_title = gettext_lazy("Bekijk wat er verandert")
    header_icon = "table"

    def may_use(self):
        return bool(item_actions(user=self.request.user, agenda=self.agenda))

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        own = SheetImport.objects.filter(agenda_id=kwargs["page_id"], user_id=request.user.pk)
        self.kept = get_object_or_404(own, pk=kwargs["import_id"])

    def get_context_data(self, **kwargs):
        plan = make_plan(
            agenda=self.agenda,
            table=self.kept.table,
            publish_new=self.kept.publish_new,
            user=self.request.user,
        )
        return super().get_context_data(kept=self.kept, plan=plan, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            plan = apply_import(
                kept=self.kept,
                user=request.user,
                fingerprint=request.POST.get("fingerprint", ""),
            )
        except OutdatedError as error:
            self.kept.refresh_from_db()
            return self.render_to_response(
                self.get_context_data(outdated=True, failure=error.problem)
            )
        messages.success(request, _("De tabel is verwerkt.") + " " + told(plan))
        return redirect("wagtailadmin_explore", self.agenda.pk)
