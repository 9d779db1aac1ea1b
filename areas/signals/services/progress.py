"""Later progress reaches who asked: of the agenda item or the action that a signal became."""

import html
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from areas.agenda.history import change_in_words
from areas.agenda.models import AgendaItemPage, LedgerEntry, ProgressUpdate
from areas.councils.models import ActionPoint

from ..models import Signal, SignalStep
from .steps import role_in, take_step

MOST = SignalStep._meta.get_field("text").max_length


def known_updates(item: AgendaItemPage) -> list[str]:
    """Digests of the messages about an item's progress that are there now."""
    return [_digest(update) for update in ProgressUpdate.objects.filter(item_id=item.pk)]


def tell_of_item(*, item: AgendaItemPage, entries: list[LedgerEntry], **kwargs) -> int:
    """Tell the askers what became public about an item, once; gives how many signals.

    Called in the transaction that saves a live item. Wagtail makes the messages of a page anew
    at a publication, so they are known by what they say.
    """
    signals = list(Signal.objects.counted().filter(agenda_item_id=item.pk).for_list())
    if not signals or item.get_view_restrictions().exists():
        return 0
    updates = list(ProgressUpdate.objects.filter(item_id=item.pk).order_by("date", "-sort_order"))
    told = 0
    for signal in signals:
        known = set(signal.progress_known)
        fresh = [update for update in updates if _digest(update) not in known]
        if fresh:
            signal.progress_known = signal.progress_known + [_digest(one) for one in fresh]
            Signal.objects.filter(pk=signal.pk).update(progress_known=signal.progress_known)
        if entries or fresh:
            take_step(
                signal=signal,
                kind=SignalStep.Kind.PROGRESS,
                text=_in_words(item, entries, fresh),
                author_role=role_in(signal.area),
            )
            told += 1
    return told


def _digest(update: ProgressUpdate) -> str:
    return sha256(f"{update.date:%Y-%m-%d} {update.text}".encode()).hexdigest()[:16]


def _in_words(item: AgendaItemPage, entries: list[LedgerEntry], updates: list) -> str:
    """What became public, in plain Dutch, a line each."""
    with override("nl"):
        if any(entry.opening for entry in entries):
            lines = [_("Dit staat nu op de gebiedsagenda: %(title)s") % {"title": item.title}]
        else:
            lines = [_("Agendapunt: %(title)s") % {"title": item.title}]
            lines += [html.unescape(strip_tags(change_in_words(entry))) for entry in entries]
            reasons = dict.fromkeys(entry.reason for entry in entries if entry.reason)
            lines += [_("Reden: %(reason)s") % {"reason": reason} for reason in reasons]
        lines += [f"{date_format(update.date, 'j F Y')}: {update.text}" for update in updates]
    return "\n".join(lines)[:MOST]


def remember_if_done(*, instance: ActionPoint, raw: bool = False, **kwargs) -> None:
    """Before an action is saved: note whether it is done now and was not before."""
    instance.newly_done = False
    if instance.pk and instance.done_on and not raw:
        rows = ActionPoint.objects.filter(pk=instance.pk, done_on__isnull=True)
        instance.newly_done = rows.exists()


def tell_of_action(*, instance: ActionPoint, raw: bool = False, **kwargs) -> None:
    """After an action was saved: tell the askers that it is done."""
    if raw or not instance.newly_done:
        return
    with override("nl"):
        # Without the words of the action: a signal on the site has more readers than its council.
        text = _("Het actiepunt is klaar sinds %(date)s.") % {
            "date": date_format(instance.done_on, "j F Y")
        }
    for signal in Signal.objects.counted().filter(action_point_id=instance.pk).for_list():
        take_step(
            signal=signal,
            kind=SignalStep.Kind.PROGRESS,
            text=text,
            author_role=role_in(signal.area),
        )
