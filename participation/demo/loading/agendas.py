"""The agenda of each area, with its items and their progress."""

from areas.agenda.models import AgendaItemPage, AgendaPage, ProgressUpdate
from areas.councils.models import Council
from areas.models import AreaPage, Theme
from participation.demo.building import items, publish, shape
from participation.demo.clock import Clock
from participation.demo.content.agenda import ITEMS

NOTHING_YET = 200  # days ago that an item without progress was published


def load_agendas(
    *,
    areas: dict[str, AreaPage],
    themes: dict[str, Theme],
    councils: dict[str, Council],
    projects: dict,
    clock: Clock,
    users: dict,
) -> dict[str, AgendaItemPage]:
    """One agenda of two years an area; gives the items by title."""
    first = clock.today.year
    found = {}
    for code, content in ITEMS.items():
        user = users[code]
        agenda = publish(
            parent=AreaPage.objects.get(pk=areas[code].pk),
            page=AgendaPage(
                title=f"Gebiedsagenda {first}-{first + 1}",
                slug="agenda",
                summary="Waar wij in dit gebied aan werken, wie dat doet en hoe ver het is.",
                intro="<p>Deze agenda maakten wij met de dorps- en wijkraden. Er komt elk jaar "
                "iets bij. Mist u iets? Vertel het de gebiedsmanager.</p>",
                period_start=clock.today.replace(month=1, day=1),
                period_end=clock.year_end(1),
            ),
            user=user,
            at=clock.at(-330, 9),
        )
        for values in content:
            page = AgendaItemPage(
                title=values.title,
                summary=values.summary,
                theme=themes[values.theme],
                status=values.status,
                status_reason=values.reason,
                task=values.task,
                goal=values.goal,
                actions=items(values.actions),
                lead=values.lead,
                partners=values.partners,
                start_date=clock.month(values.start),
                end_date=clock.month_end(values.end),
                money=values.money,
                source=values.source,
                source_council=councils.get(values.council),
                source_text=values.source_text,
                project=projects.get(values.project),
                place_name=values.place,
                geometry=shape(values.at),
            )
            page.updates = [
                ProgressUpdate(date=clock.day(-days), text=text, sort_order=position)
                for position, (days, text) in enumerate(values.updates)
            ]
            last = min((days for days, _text in values.updates), default=NOTHING_YET)
            found[values.title] = publish(
                parent=agenda, page=page, user=user, at=clock.at(-last, 10)
            )
            agenda = AgendaPage.objects.get(pk=agenda.pk)
    return found
