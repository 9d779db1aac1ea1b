"""Views of the admin about meetings: sending again what did not arrive."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from .invitations import send_invitations
from .models import CouncilMeeting, Invitation


class ResendView(WagtailAdminTemplateMixin, TemplateView):
    """`/beheer/raden/overleg/<pk>/versturen/`: GET shows what waits, POST sends it."""

    template_name = "councils/admin/resend.html"
    page_title = gettext_lazy("Opnieuw versturen")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        policy = policy_registry.get_by_type(CouncilMeeting)
        own = policy.instances_user_has_any_permission_for(request.user, ["change"])
        self.meeting = get_object_or_404(own.select_related("council"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.meeting)

    def get_context_data(self, **kwargs):
        waiting = Invitation.objects.waiting(timezone.now()).filter(meeting=self.meeting)
        return super().get_context_data(meeting=self.meeting, waiting=list(waiting), **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        sent, failed = send_invitations(meeting_id=self.meeting.pk)
        if failed:
            messages.error(
                request, _("Het is niet gelukt. De mails blijven staan; probeer het later weer.")
            )
        else:
            messages.success(request, _("Verstuurd: %(number)d.") % {"number": sent})
        return redirect("wagtailsnippets_councils_councilmeeting:edit", self.meeting.pk)
