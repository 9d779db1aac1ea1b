"""Years of work in six areas: agendas with long histories, and many signals of councils."""

from datetime import timedelta

from django.db import connection
from django.db.models.functions import Mod
from django.utils import timezone

from areas.agenda.models import AgendaItemPage, LedgerEntry
from areas.councils.models import Council
from areas.models import AreaPage
from areas.signals.models import Signal, SignalStep
from areas.signals.terms import last_day, working_days_between
from tests.factories import pages as make

ITEMS, ENTRIES = 200, 50  # items an area, entries an item
SIGNALS = 20_000
COUNCILS = 29
DAYS = 730  # over which the signals came in


def make_work(areas: list[AreaPage], *, copy_page, spot) -> dict:
    """Agendas, their ledgers and signals; gives what the cases must know (JSON)."""
    for area in areas:
        agenda = make.AgendaPageFactory(parent=area, title=f"Agenda van {area.title}")
        item = make.AgendaItemPageFactory(
            parent=agenda, title=f"Werk in {area.title}", geometry=spot(0)
        )
        copy_page(item, ITEMS - 1)
    # Something to do on the work list.
    AgendaItemPage.objects.annotate(part=Mod("pk", 5)).filter(part=0).update(lead="")
    make_entries()
    councils = [
        make.CouncilFactory(area=areas[number % len(areas)], geometry=spot(170 * number))
        for number in range(COUNCILS)
    ]
    make_signals(councils)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "council": councils[0].slug,
        "council_id": councils[0].pk,
        "council_name": councils[0].name,
    }


def make_entries() -> None:
    """A history of `ENTRIES` changes for the newest items, one a week."""
    items = AgendaItemPage.objects.filter(title__startswith="Werk in").values_list("pk", flat=True)
    now = timezone.now()
    fields = ("lead", "money", "goal", "confirmed")
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                item_id=pk,
                at=now - timedelta(weeks=ENTRIES - number, minutes=pk % 600),
                author_role="Gebiedsmanager",
                field=fields[number % len(fields)],
                old=f"stand {number}",
                new=f"stand {number + 1}",
            )
            for pk in items
            for number in range(ENTRIES)
        ),
        batch_size=5_000,
    )


def make_signals(councils: list[Council]) -> None:
    """Signals of two years: nearly all answered, one in ten late, the newest still open."""
    now = timezone.now()
    made = []
    for number in range(SIGNALS):
        council = councils[number % len(councils)]
        received = now - timedelta(days=DAYS * (SIGNALS - number) / SIGNALS)
        due = last_day(received, 10)
        signal = Signal(
            area_id=council.area_id,
            council=council,
            subject=f"Losse tegels in straat {number}",
            text="Wie hier loopt kan vallen. Kan de gemeente dit rechtleggen?",
            public=number % 2 == 0,
            published_at=received if number % 2 == 0 else None,
            map_geometry=council.map_geometry,
            received_at=received,
            created_at=received,
            due_on=due,
        )
        answered = received + timedelta(days=17 if number % 10 == 0 else number % 12)
        if answered < now:
            day = timezone.localdate(answered)
            signal.state = Signal.State.ANSWERED
            signal.answer = "De tegels liggen weer recht."
            signal.answered_at = answered
            signal.answer_days = working_days_between(timezone.localdate(received), day)
            signal.in_term = day <= due
        made.append(signal)
    made = Signal.objects.bulk_create(made, batch_size=2_000)
    through = Signal.areas.through
    through.objects.bulk_create(
        (through(signal_id=signal.pk, areapage_id=signal.area_id) for signal in made),
        batch_size=5_000,
    )
    SignalStep.objects.bulk_create(
        (
            SignalStep(signal=signal, at=at, kind=kind, due_on=signal.due_on)
            for signal in made
            for kind, at in (
                (SignalStep.Kind.RECEIVED, signal.received_at),
                (SignalStep.Kind.ANSWERED, signal.answered_at),
            )
            if at
        ),
        batch_size=5_000,
    )
