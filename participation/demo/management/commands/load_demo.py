"""Load the demo, and print the log-ins once."""

import logging
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError

from participation.demo.services import AlreadyLoadedError, OwnContentError, load_demo


@contextmanager
def quiet(*names: str):
    """Keep loggers that report every step from reporting a thousand of them."""
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


class Command(BaseCommand):
    help = (
        "Fills an empty site with the demo: six areas with agendas, projects, surveys, newsletters "
        "and office hours. Prints the log-ins, which are kept nowhere."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset",
            action="store_true",
            help="remove all content of the demo and its users first, and load it anew",
        )

    def handle(self, *args, reset=False, **options):
        try:
            with quiet("django_tasks", "wagtail", "weasyprint.progress"):
                log_ins = load_demo(reset=reset)
        except AlreadyLoadedError:
            self.stdout.write(
                "The demo is already there; nothing was changed. To start anew: load_demo --reset"
            )
            return
        except OwnContentError:
            raise CommandError(
                "This site has content or users of its own, so the demo was not loaded and "
                "nothing was changed. Use an empty database for the demo."
            ) from None
        widths = [
            max(len(getattr(log_in, name)) for log_in in log_ins)
            for name in ("username", "password")
        ]
        self.stdout.write("Demo log-ins, shown once:\n")
        for log_in in log_ins:
            self.stdout.write(
                f"  {log_in.username:<{widths[0]}}  {log_in.password:<{widths[1]}}  {log_in.role}"
            )
