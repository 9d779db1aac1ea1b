"""Projects as something to follow by e-mail."""

from django.utils.translation import gettext_lazy as _

from newsletters.topics import TopicKind

from .models import ProjectPage


class ProjectTopics(TopicKind):
    """Every project that everybody may see."""

    key = "project"
    singular = _("Project")
    plural = _("Projecten")
    order = 10

    def get_pages(self):
        return ProjectPage.objects.live().public()
