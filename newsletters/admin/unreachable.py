"""Which councils get nothing from us, for who works for their area."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from areas.councils.models import Council
from areas.permissions import areas_for

from ..bounces.unreachable import unreachable_councils


class UnreachableCouncilsView(WagtailAdminTemplateMixin, View):
    """`/beheer/nieuwsbrieven/raden-zonder-post/`: councils of the user's own areas."""

    template_name = "newsletters/admin/unreachable.html"
    page_title = gettext_lazy("Raden die geen post krijgen")
    header_icon = "warning"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        areas = list(areas_for(request.user).values_list("pk", flat=True))
        if not areas:
            raise Http404
        found = unreachable_councils(area_ids=areas)
        viewset = Council.snippet_viewset
        may_edit = viewset.permission_policy.user_has_permission(request.user, "change")
        edit_url = viewset.get_url_name("edit") if may_edit else ""
        return self.render_to_response(self.get_context_data(councils=found, edit_url=edit_url))

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]
