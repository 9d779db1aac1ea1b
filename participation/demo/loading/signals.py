"""Questions and signals with a year of history; nobody is mailed."""

from datetime import datetime

from areas.agenda.models import AgendaItemPage
from areas.councils.models import AgendaPoint, Council
from areas.models import AreaPage
from areas.signals.models import Signal, SignalContact, SignalMail, SignalStep
from areas.signals.services import handling, linking, merging
from areas.signals.services.intake import announce, place_signal
from areas.signals.terms import last_day
from cms.services import default_site_settings
from participation.demo.building import shape
from participation.demo.clock import Clock
from participation.demo.content.signals import SECRETARY, SIGNALS, Brought


def load_signals(
    *,
    areas: dict[str, AreaPage],
    councils: dict[str, Council],
    agenda_items: dict[str, AgendaItemPage],
    clock: Clock,
    users: dict,
) -> dict[str, Signal]:
    """All signals by key, as if they came in and were answered on those days."""
    found: dict[str, Signal] = {}
    story = [(brought.days, 0, brought, None) for brought in SIGNALS]
    story += [(event[0], 1, brought, event) for brought in SIGNALS for event in brought.events]
    for days, _later, brought, event in sorted(story, key=lambda row: (-row[0], row[1])):
        if event is None:
            at = clock.at(-days, 9, 30)
            found[brought.key] = _bring_in(brought, areas, councils, at)
        else:
            at = clock.at(-days, 14)
            _take(found, brought, event, agenda_items, users[brought.area], at)
    # What the mails would have said is past; without this they would all go out now.
    SignalMail.objects.all().delete()
    _bring_to_meetings(found)
    return found


def _bring_in(
    brought: Brought, areas: dict[str, AreaPage], councils: dict[str, Council], at: datetime
) -> Signal:
    values = {
        "kind": brought.kind,
        "subject": brought.subject,
        "text": brought.text,
        "geometry": shape([brought.at]) if brought.at else None,
        "place_name": brought.place,
        "public": brought.public,
    }
    if brought.council:
        council = councils[brought.council]
        return place_signal(council=council, placed_by=SECRETARY, now=at, **values)
    signal = Signal.objects.create(
        area=areas[brought.area],
        published_at=at if brought.public else None,
        created_at=at,
        received_at=at,
        due_on=last_day(at, default_site_settings().signal_term_days),
        **values,
    )
    SignalContact.objects.create(
        signal=signal,
        email=f"bewoner.{brought.key}@example.nl",
        language=brought.language,
        confirmed_at=at,
    )
    announce(signal=signal, at=at)
    return signal


def _take(found, brought: Brought, event, agenda_items, user, at: datetime) -> None:
    """One step of the past, through the same services as today's."""
    _days, what, text = event
    signal = Signal.objects.get(pk=found[brought.key].pk)
    before = SignalStep.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    call = {"signal": signal, "version": signal.version, "user": user}
    if what == "assign":
        handling.assign(**call, role=text)
    elif what == "extend":
        handling.extend(**call, reason=text, now=at)
    elif what == "answer":
        handling.answer(**call, text=text, now=at)
    elif what == "reopen":
        handling.reopen(signal=signal, text=text, author_role=SECRETARY, now=at)
    elif what == "link":
        linking.link_agenda_item(**call, item=agenda_items[text])
    elif what == "merge":
        merging.merge(**call, into=found[text])
    SignalStep.objects.filter(pk__gt=before).update(at=at)


def _bring_to_meetings(found: dict[str, Signal]) -> None:
    """What is open stands on the next meeting with its council."""
    signal = found["speeltuin"]
    AgendaPoint.objects.create(
        meeting=linking.meeting_for_actions(signal.council),
        title=signal.subject,
        signal=signal,
        sort_order=90,
    )
