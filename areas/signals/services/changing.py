"""How a manager's change comes about: on the version that was looked at, or not at all."""

from django.utils.translation import gettext as _

from cms.pagecache import purge

from ..models import Signal


class ChangedMeanwhileError(Exception):
    """Somebody else changed the signal since it was looked at; nothing was saved.

    `signal` is as it stands now, `steps` what was done since.
    """

    def __init__(self, signal: Signal, since: int):
        super().__init__(signal.reference)
        self.signal = signal
        self.steps = list(signal.steps.filter(version__gt=since).select_related("author"))


class NotPossibleError(Exception):
    """Why a change cannot be made now, in words for the manager or the asker."""


def lock(signal: Signal, *, version: int | None = None) -> Signal:
    """The signal as it stands, locked until the end of the transaction.

    `version`: what the user looked at. Raises ChangedMeanwhileError where it stands at another.
    SQLite lets one writer in at a time, which comes to the same.
    """
    rows = Signal.objects.select_for_update(of=("self",)).for_list()
    locked = rows.get(pk=signal.pk)
    if version is not None and locked.version != version:
        raise ChangedMeanwhileError(locked, since=version)
    return locked


def change(signal: Signal, **values) -> None:
    """Write columns of a locked signal as its next version, and drop kept pages."""
    signal.version += 1
    values["version"] = signal.version
    for name, value in values.items():
        setattr(signal, name, value)
    Signal.objects.filter(pk=signal.pk).update(**values)
    purge()


def require_open(signal: Signal) -> None:
    """Raise NotPossibleError unless the signal waits for an answer."""
    if signal.is_open:
        return
    if signal.state == Signal.State.MERGED:
        raise NotPossibleError(
            _("Dit signaal is samengevoegd met %(other)s. Werk daar verder.")
            % {"other": signal.merged_into.reference}
        )
    if signal.state == Signal.State.UNCONFIRMED:
        raise NotPossibleError(_("Dit signaal is nog niet bevestigd door de inbrenger."))
    raise NotPossibleError(_("Dit signaal is al beantwoord."))


def required(text: str, message: str) -> str:
    """The text without spaces around it; raises NotPossibleError where nothing is left."""
    text = text.strip()
    if not text:
        raise NotPossibleError(message)
    return text
