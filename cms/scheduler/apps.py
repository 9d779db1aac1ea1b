from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchedulerConfig(AppConfig):
    name = "cms.scheduler"
    label = "scheduler"
    verbose_name = _("Terugkerende taken")

    def ready(self) -> None:
        from django.core.management import call_command

        from .registry import Job, register

        register(
            Job(
                name="publish-scheduled",
                run=lambda stopping: call_command("publish_scheduled", verbosity=0),
                seconds=60,
                dead_after=600,
            )
        )
