"""Panel in the editor of a survey: how many responses there are, and the way to them."""

from django.urls import reverse
from wagtail.admin.panels import Panel


class ResultsPanel(Panel):
    """Number of responses with a link to the results; hidden for a survey not saved yet."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "surveys/admin/results_panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            from .models import Response

            context = super().get_context_data(parent_context)
            context["total"] = Response.objects.of(self.instance).count()
            context["results_url"] = reverse("surveys_results", args=[self.instance.pk])
            return context
