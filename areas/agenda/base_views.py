"""What the views of the admin about one agenda share."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .models import AgendaPage


class AgendaView(WagtailAdminTemplateMixin, TemplateView):
    """A view of the admin about one agenda, found as `agenda`."""

    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.agenda = get_object_or_404(AgendaPage, pk=kwargs["page_id"])
        if not self.may_use():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_use(self) -> bool:
        """Whether the user may do this with the agenda."""
        raise NotImplementedError

    def get_page_subtitle(self):
        return self.agenda.get_admin_display_title()

    def get_breadcrumbs_items(self):
        agenda = {
            "url": reverse("wagtailadmin_explore", args=[self.agenda.pk]),
            "label": self.agenda.get_admin_display_title(),
        }
        return [*super().get_breadcrumbs_items(), agenda, {"label": str(self.page_title)}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(agenda=self.agenda, **kwargs)
