"""Projects on the map."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from areas.layers import Layer

from .models import ProjectPage


class ProjectLayer(Layer):
    key = "projecten"
    label = _("Projecten")
    singular = _("Project")
    letter = "P"
    shape = "hexagon"
    color = "project"
    order = 50
    statuses = list(ProjectPage.Status.choices)
    status_styles = ProjectPage.STATUS_STYLES
    status_expression = F("status")

    def get_queryset(self):
        return ProjectPage.objects.live().public()

    def filter_status(self, rows, status):
        return rows.filter(status=status)

    def filter_text(self, rows, text):
        return rows.matching(text)
