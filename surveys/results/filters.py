"""Which responses results are about."""

from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from ..models import Response, SurveyPage

#: Instead of the key of a collector: what came in without any.
NO_COLLECTOR = 0


class Group(NamedTuple):
    """What all responses in one group have in common; `version` is the number of the version."""

    version: int
    collector: int | None
    source: str
    day: date
    language: str


@dataclass(frozen=True)
class ResultsFilter:
    """A choice among the responses to one survey; what is None or empty chooses nothing.

    `collector` is a key, or NO_COLLECTOR. `since` and `until` are days, both included.
    `version` is a number, `language` the code of that in which the questions were read.
    """

    collector: int | None = None
    source: str = ""
    since: date | None = None
    until: date | None = None
    version: int | None = None
    language: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is taken."""
        return all(getattr(self, field.name) in (None, "") for field in fields(self))

    def responses(self, survey: SurveyPage):
        """The responses that count and that this chooses: the base of every result."""
        found = Response.objects.of(survey).counted()
        if self.collector == NO_COLLECTOR:
            found = found.filter(collector__isnull=True)
        elif self.collector is not None:
            found = found.filter(collector=self.collector)
        if self.source:
            found = found.filter(source=self.source)
        if self.since:
            found = found.filter(submitted_on__gte=self.since)
        if self.until:
            found = found.filter(submitted_on__lte=self.until)
        if self.version is not None:
            found = found.filter(version__number=self.version)
        if self.language:
            found = found.filter(language=self.language)
        return found

    def takes(self, group: Group) -> bool:
        """Whether the responses of a group are among them; says the same as `responses`."""
        return (
            (self.collector is None or self.collector == (group.collector or NO_COLLECTOR))
            and self.source in ("", group.source)
            and (self.since is None or group.day >= self.since)
            and (self.until is None or group.day <= self.until)
            and self.version in (None, group.version)
            and self.language in ("", group.language)
        )


EVERYTHING = ResultsFilter()
