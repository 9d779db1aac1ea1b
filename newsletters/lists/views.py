"""Screens of one list of addresses. For who may not keep the list they do not exist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from cms.sheets.reading import SheetError

from ..models import AddressList, ListImport, ListImportRow, ListMember, Suppression
from . import importing, services
from .columns import HEADINGS
from .export import csv_of
from .forms import FileForm, MemberFilterForm, MemberForm

PAGE_SIZE = 50
LONGEST = 9  # digits of the version of a plan
Outcome = ListImportRow.Outcome
#: What an editor must know about rows of a file that do not come on the list.
MEANINGS = {
    Outcome.NEW: gettext_lazy("Deze adressen komen op de lijst."),
    Outcome.KNOWN: gettext_lazy("Er verandert niets aan deze adressen."),
    Outcome.DOUBLE: gettext_lazy("De eerste rij met dit adres telt. Deze rij slaan wij over."),
    Outcome.LEFT: gettext_lazy("De eigenaar wil deze mail niet meer. Wij slaan het adres over."),
    Outcome.SUPPRESSED: gettext_lazy("Dit adres krijgt geen post van ons. Dat blijft zo."),
    Outcome.ERROR: gettext_lazy("Deze rijen slaan wij over. Verbeter ze in uw bestand."),
}


class OwnListMixin:
    """Finds `address_list` among those that the user keeps; a 404 for all others."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        policy = policy_registry.get_by_type(AddressList)
        own = policy.instances_user_has_any_permission_for(request.user, ["change"])
        lists = own.select_related("area").defer("area__geometry")
        self.address_list = get_object_or_404(lists, pk=kwargs["pk"])

    def to_list(self) -> HttpResponse:
        return redirect("newsletter_list", self.address_list.pk)


class ListView(OwnListMixin, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "group"

    def get_page_subtitle(self) -> str:
        return self.address_list.name

    def get_breadcrumbs_items(self) -> list[dict]:
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsletter_lists:index"), "label": _("Verzendlijsten")},
        ]
        own = reverse("newsletter_list", args=[self.address_list.pk])
        if self.request.path == own:
            return [*items, {"url": "", "label": self.address_list.name}]
        return [
            *items,
            {"url": own, "label": self.address_list.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(address_list=self.address_list, **kwargs)


class MembersView(ListView):
    """`…/lijsten/<id>/`: who is on the list, with search and pages."""

    template_name = "newsletters/admin/lists/members.html"
    page_title = gettext_lazy("Verzendlijst")

    def get_context_data(self, **kwargs) -> dict:
        form = MemberFilterForm(self.request.GET)
        form.is_valid()
        text, state = form.cleaned_data.get("q", ""), form.cleaned_data.get("stand", "")
        rows = self.address_list.members.with_block().matching(text).order_by("email")
        if state == "blocked":
            rows = rows.filter(block__isnull=False)
        elif state:
            rows = rows.filter(state=state)
        paginator = WagtailPaginator(rows.select_related("added_by"), PAGE_SIZE)
        page = paginator.get_page(self.request.GET.get("p"))
        members = list(page.object_list)
        for member in members:
            member.block_label = Suppression.Reason(member.block).label if member.block else ""
        counted = AddressList.objects.with_counts().get(pk=self.address_list.pk)
        return super().get_context_data(
            form=form,
            members=members,
            active=counted.active,
            left=counted.left,
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            searching=bool(text or state),
            **kwargs,
        )


class AddMemberView(ListView):
    """`…/toevoegen/`: one address."""

    template_name = "newsletters/admin/lists/add.html"
    page_title = gettext_lazy("Adres toevoegen")

    def get_context_data(self, **kwargs) -> dict:
        kwargs.setdefault("form", MemberForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = MemberForm(request.POST)
        if form.is_valid():
            try:
                services.add_member(
                    address_list=self.address_list, by=request.user, **form.cleaned_data
                )
            except services.CannotAddError as error:
                form.add_error("email", str(error))
            else:
                messages.success(request, _("Het adres staat op de lijst."))
                return self.to_list()
        return self.render_to_response(self.get_context_data(form=form))


class RemoveMemberView(OwnListMixin, View):
    """POST `…/verwijderen/<member>/`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        member = ListMember.objects.filter(
            address_list=self.address_list, pk=kwargs["member_id"]
        ).first()
        if member is None:
            messages.warning(request, _("Dit adres stond al niet meer op de lijst."))
        else:
            services.remove_member(member=member, by=request.user)
            messages.success(
                request, _("%(address)s is van de lijst gehaald.") % {"address": member.email}
            )
        return self.to_list()


class ImportView(ListView):
    """`…/importeren/`: a file to send in."""

    template_name = "newsletters/admin/lists/import.html"
    page_title = gettext_lazy("Adressen importeren")

    def get_context_data(self, **kwargs) -> dict:
        kwargs.setdefault("form", FileForm())
        return super().get_context_data(headings=HEADINGS, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        data = form.cleaned_data
        try:
            sheet = importing.keep_import(
                address_list=self.address_list,
                user=request.user,
                file=data["file"].file,
                file_name=data["file"].name,
                consent_source=data["consent_source"],
                consent_date=data["consent_date"],
            )
        except SheetError as error:
            form.add_error("file", str(error))
            return self.render_to_response(self.get_context_data(form=form))
        return redirect("newsletter_list_plan", self.address_list.pk, sheet.pk)


class PlanView(ListView):
    """`…/importeren/<import>/`: GET shows what would happen, POST does it."""

    template_name = "newsletters/admin/lists/plan.html"
    page_title = gettext_lazy("Bekijk wat er gebeurt")

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        own = ListImport.objects.filter(address_list=self.address_list, user_id=request.user.pk)
        self.sheet = own.filter(pk=kwargs["import_id"]).first()

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.sheet is None:
            messages.error(request, _("Dit bestand bewaren wij niet meer. Stuur het opnieuw in."))
            return redirect("newsletter_list_import", self.address_list.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        counts = [
            (outcome, outcome.label, self.sheet.counts[outcome])
            for outcome in Outcome
            if self.sheet.counts.get(outcome)
        ]
        present = [outcome for outcome, _label, _count in counts]
        first = Outcome.ERROR if Outcome.ERROR in present else (*present, Outcome.NEW)[0]
        wanted = self.request.GET.get("soort")
        shown = Outcome(wanted) if wanted in present else first
        rows = self.sheet.rows.filter(outcome=shown).order_by("number")
        paginator = WagtailPaginator(rows, PAGE_SIZE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            sheet=self.sheet,
            counts=counts,
            new=self.sheet.counts.get(Outcome.NEW, 0),
            shown=shown,
            meaning=MEANINGS[shown],
            rows=list(page.object_list),
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        version = request.POST.get("version", "")[:LONGEST]
        try:
            added = importing.apply_import(
                sheet=self.sheet,
                user=request.user,
                version=int(version) if version.isascii() and version.isdigit() else 0,
            )
        except importing.OutdatedError:
            importing.renew_import(sheet=self.sheet)
            self.sheet.refresh_from_db()
            return self.render_to_response(self.get_context_data(outdated=True))
        messages.success(
            request,
            ngettext(
                "%(number)d adres staat nu op de lijst.",
                "%(number)d adressen staan nu op de lijst.",
                added,
            )
            % {"number": added},
        )
        return self.to_list()


class ExportView(OwnListMixin, View):
    """POST `…/exporteren/`: the list as CSV; who took it stands in the history."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        log(instance=self.address_list, action="newsletters.list_export", user=request.user)
        return csv_of(self.address_list)
