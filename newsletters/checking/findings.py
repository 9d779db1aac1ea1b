"""What a check has to say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing to mend (an error), or to consider; `where` in the edition, and what to do."""

    where: str
    message: str
    is_error: bool = False
