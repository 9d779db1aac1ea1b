"""Projects and their news on the home page and on the pages of areas."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import ProjectNews, ProjectPage


class ProjectsSection(Section):
    """Projects that touch an area, or of the whole municipality, those under way first."""

    key = "projects"
    title = _("Projecten")
    order = 30
    template = "projects/sections/projects.html"
    limit = 6

    def get_items(self, *, request, area=None, limit):
        projects = ProjectPage.objects.for_list(today=timezone.localdate()).with_card_images()
        if area is not None:
            projects = projects.in_area(area)
        return list(projects[:limit])

    def get_more_url(self, *, area=None):
        query = f"?{urlencode({'gebied': area.slug})}" if area is not None else ""
        return reverse("projects") + query


class NewsSection(Section):
    """The latest news of all projects."""

    key = "project-news"
    title = _("Laatste nieuws")
    order = 60
    template = "projects/sections/news.html"
    limit = 4

    def get_items(self, *, request, area=None, limit):
        news = ProjectNews.objects.published(today=timezone.localdate())
        if area is not None:
            news = news.filter(project__in=ProjectPage.objects.in_area(area))
        return list(news[:limit])
