"""The rhythm and the sender of an area's newsletters, for its managers and newsletter editors."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from areas.models import AreaPage
from areas.permissions import AreaPermissionPolicy, areas_for

from ..drafts.days import next_due
from ..drafts.services import settle, told
from ..forms.areas import AreaNewsletterForm
from ..letterhead import letterhead_of
from ..models import AreaNewsletter, RhythmDraft
from ..sending import mailing as mailings

DRAFTS_SHOWN = 12


class AreaNewsletterPolicy(AreaPermissionPolicy):
    """Changing only: a row comes with the first change and stays with its area."""

    def _has(self, user, actions) -> bool:
        return super()._has(user, [action for action in actions if action == "change"])


def may_settle(user) -> bool:
    """Whether the user settles this for any area at all."""
    return policy_registry.get_by_type(AreaNewsletter).user_has_permission(user, "change")


def own_areas(user):
    """The areas whose newsletters the user settles, in order."""
    if not may_settle(user):
        return AreaPage.objects.none()
    rows = AreaPage.objects.filter(pk__in=areas_for(user).order_by().values("pk"))
    return rows.without_geometry().in_order()


class AreaView(WagtailAdminTemplateMixin, View):
    """A page for who settles the newsletters of areas."""

    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_settle(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AreaListView(AreaView):
    """The user's own areas with their rhythm; straight to the form where there is one."""

    template_name = "newsletters/admin/areas.html"
    page_title = gettext_lazy("Ritme en afzender")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        areas = list(own_areas(request.user).select_related("newsletter_settings"))
        if not areas:
            raise Http404
        if len(areas) == 1:
            return redirect("newsletter_area", areas[0].pk)
        rows = [(area, letterhead_of(area)) for area in areas]
        today = timezone.localdate()
        rows = [(area, row, next_due(row, today)) for area, row in rows]
        return self.render_to_response(self.get_context_data(rows=rows))

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class AreaSettingsView(AreaView):
    """The form of one area, with the next day and the drafts that came."""

    template_name = "newsletters/admin/area.html"
    page_title = gettext_lazy("Ritme en afzender")

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        if may_settle(request.user):
            self.area = get_object_or_404(own_areas(request.user), pk=kwargs["area_pk"])

    def get_page_subtitle(self) -> str:
        return self.area.title

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsletter_areas:index"), "label": self.page_title},
            {"url": "", "label": self.area.title},
        ]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.answer(AreaNewsletterForm(instance=letterhead_of(self.area)))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = AreaNewsletterForm(request.POST, instance=letterhead_of(self.area))
        if not form.is_valid():
            messages.error(request, _("Er is niets bewaard. Verbeter wat er bij staat."))
            return self.answer(form)
        settle(row=form.save(commit=False), user=request.user)
        messages.success(request, _("Bewaard."))
        return redirect("newsletter_area", self.area.pk)

    def answer(self, form: AreaNewsletterForm) -> HttpResponse:
        area = AreaPage.objects.without_geometry().get(pk=self.area.pk)
        row = letterhead_of(area)  # as it is kept, whatever the form holds
        drafts = RhythmDraft.objects.filter(area=area).select_related("page").order_by("-due_on")
        return self.render_to_response(
            self.get_context_data(
                area=area,
                form=form,
                media=form.media,
                next_due=next_due(row, timezone.localdate()),
                told=told(row),
                sender=mailings.sender_of(area),
                reply_to=mailings.reply_address_of(area),
                drafts=drafts[:DRAFTS_SHOWN],
            )
        )


class AreaMenuItem(MenuItem):
    """Shown to who settles newsletters of areas."""

    def is_shown(self, request) -> bool:
        return may_settle(request.user)


class AreaNewsletterViewSet(ViewSet):
    """The entry of the menu, and its list."""

    name = "newsletter_areas"
    url_prefix = "nieuwsbrieven/ritme"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Ritme en afzender")
    menu_order = 15
    menu_item_class = AreaMenuItem

    def get_urlpatterns(self) -> list:
        return [path("", AreaListView.as_view(), name="index")]
