"""Work that a visitor need not wait for, and whose length must tell them nothing."""

import logging
from collections.abc import Callable

from django.http import HttpResponseRedirect

logger = logging.getLogger(__name__)


class RedirectThen(HttpResponseRedirect):
    """A redirect that does something once the visitor has it.

    The server closes a response when all of it went out (PEP 3333). The work may be lost with the
    process; what must not be lost is written down before.
    """

    def __init__(self, to: str, work: Callable[[], object]) -> None:
        super().__init__(to)
        self._work = work

    def close(self) -> None:
        """Do the work, before Django lets go of the database."""
        work, self._work = self._work, None
        if work is not None:
            try:
                work()
            except Exception:  # the visitor has the answer: there is nobody left to tell
                logger.exception("Work after a response failed")
        super().close()
