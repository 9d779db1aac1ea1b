from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "participation.projects"
    label = "projects"
    verbose_name = _("Projecten")

    def ready(self) -> None:
        from areas import digest, layers, telling
        from areas.agenda import programme, progress
        from cms import admin_panels, navigation, sections
        from newsletters import topics

        from .digest import ProjectSource
        from .layers import ProjectLayer
        from .querysets import phases_past, project_lines
        from .sections import NewsSection, ProjectsSection
        from .telling import ProjectTeller
        from .topics import ProjectTopics

        layers.register(ProjectLayer)
        digest.register(ProjectSource)
        topics.register(ProjectTopics)
        telling.register(ProjectTeller)
        progress.register_phases(phases_past)
        programme.register_projects(project_lines)
        sections.register(["home", "area"], ProjectsSection)
        sections.register("home", NewsSection)
        navigation.register(navigation.Entry(_("Projecten"), "projects", order=30))
        admin_panels.register_new_page(
            admin_panels.NewPage("projects.ProjectPage", _("Nieuw project"), "site", order=30)
        )
