"""Running the jobs that are due, in one or many processes."""

import logging
import traceback
from datetime import timedelta

from django.db.models import Max, Q
from django.utils import timezone

from .models import JobRun
from .registry import Job, Stopping, jobs

logger = logging.getLogger(__name__)

ERROR_LENGTH = 4000


def run_due(*, stopping: Stopping = lambda: False, only: str = "") -> dict[str, bool]:
    """Run every job that is due and that no other process runs: {name: went well}.

    `only` names one job, which then runs whether it is due or not. A job that raises is logged
    and keeps its traceback in `JobRun.error`; the others go on.
    """
    outcome = {}
    for job in jobs():
        if stopping() or (only and job.name != only):
            continue
        if not _claim(job=job, anyhow=bool(only)):
            continue
        error = ""
        try:
            job.run(stopping)
        except Exception:
            logger.exception("Job %s failed", job.name)
            error = traceback.format_exc()[-ERROR_LENGTH:]
        JobRun.objects.filter(name=job.name).update(
            running=False, ended_at=timezone.now(), error=error
        )
        outcome[job.name] = not error
    return outcome


def _claim(*, job: Job, anyhow: bool) -> bool:
    """Take the next run of a job; one conditional update, so that only one process gets it."""
    now = timezone.now()
    JobRun.objects.get_or_create(name=job.name, defaults={"due_at": now})
    free = JobRun.objects.filter(name=job.name)
    if not anyhow:
        free = free.filter(due_at__lte=now)
    if job.alone:
        dead_before = now - timedelta(seconds=job.dead_after)
        free = free.filter(Q(running=False) | Q(started_at__lt=dead_before))
    claimed = free.update(running=True, started_at=now, due_at=now + timedelta(seconds=job.seconds))
    return bool(claimed)


def last_tick():
    """When any job last began, or None where the scheduler never ran."""
    return JobRun.objects.aggregate(last=Max("started_at"))["last"]
