"""Registry of jobs. An app registers its own in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

#: Tells a job that runs long whether the process was asked to stop.
Stopping = Callable[[], bool]


@dataclass(frozen=True)
class Job:
    """Something to do every so many seconds.

    `run` takes one argument, `stopping`: a job of many steps calls it between two steps and
    ends early, with nothing half done, when it answers True. A job must stand being killed at
    any moment and run again. Where `alone` is False several processes may run it at once.
    """

    name: str
    run: Callable[[Stopping], object]
    seconds: int
    alone: bool = True
    #: After this many seconds a run that never ended counts as dead (with `alone`).
    dead_after: int = 3600


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Add a job; the same name replaces."""
    _jobs[job.name] = job


def jobs() -> list[Job]:
    """All jobs, by name."""
    return [_jobs[name] for name in sorted(_jobs)]
