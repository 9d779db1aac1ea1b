"""Run what is due by the clock: once (from cron) or for ever (as a process beside the web)."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from cms.scheduler.registry import jobs
from cms.scheduler.services import run_due

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5
PAUSE_AFTER_TROUBLE_SECONDS = 30


class Command(BaseCommand):
    help = (
        "Runs the jobs that are due: scheduled pages, newsletters to send, clean-ups. "
        "Call it every minute from cron, or keep one or more running with --loop."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop", action="store_true", help="keep running until SIGTERM or Ctrl-C"
        )
        parser.add_argument("--only", default="", help="run this job now, due or not")

    def handle(self, *args, loop=False, only="", **options):
        known = [job.name for job in jobs()]
        if only and only not in known:
            raise CommandError(f"There is no job {only!r}; there are: {', '.join(known)}.")
        asked = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: asked.set())
        if loop:
            self.keep_running(asked, only)
            return
        outcome = run_due(stopping=asked.is_set, only=only)
        for name, went_well in outcome.items():
            self.stdout.write(f"{name}: {'done' if went_well else 'failed'}")
        failed = [name for name, went_well in outcome.items() if not went_well]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")

    def keep_running(self, asked: threading.Event, only: str) -> None:
        """Round after round; a database that is away for a while is no reason to stop."""
        while not asked.is_set():
            pause = PAUSE_SECONDS
            try:
                close_old_connections()
                run_due(stopping=asked.is_set, only=only)
            except DatabaseError as error:
                logger.error("The scheduler could not reach the database: %s", error)
                pause = PAUSE_AFTER_TROUBLE_SECONDS
            asked.wait(pause)
