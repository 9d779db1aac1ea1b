"""The agenda of each area, with its items and their progress."""

from areas.agenda.models import (
    AgendaAction,
    AgendaItemPage,
    AgendaPage,
    ProgrammeGoal,
    ProgressUpdate,
)
from areas.councils.models import Council
from areas.models import AreaPage, Theme
from participation.demo.building import publish, publish_again, shape
from participation.demo.clock import Clock
from participation.demo.content.agenda import ITEMS
from participation.demo.content.agenda.items import Item, Stand

MONTH = 30
NOTHING_YET = 170  # days ago that an item without progress was published


def load_agendas(
    *,
    areas: dict[str, AreaPage],
    themes: dict[str, Theme],
    councils: dict[str, Council],
    projects: dict,
    goals: dict[str, ProgrammeGoal],
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
                task=values.task,
                goal=values.goal,
                partners=values.partners,
                source=values.source,
                source_council=councils.get(values.council),
                source_text=values.source_text,
                project=projects.get(values.project),
                programme_goal=goals.get(values.title),
                place_name=values.place,
                geometry=shape(values.at),
            )
            page.updates = [
                ProgressUpdate(date=clock.day(-days), text=text, sort_order=position)
                for position, (days, text) in enumerate(values.updates)
            ]
            page.steps = _steps(values)
            found[values.title] = _publish_history(
                agenda=agenda, page=page, values=values, user=user, clock=clock
            )
            agenda = AgendaPage.objects.get(pk=agenda.pk)
    return found


def _steps(values: Item) -> list[AgendaAction]:
    """The actions of an item: of one that is under way the first is done, the next busy."""
    status = AgendaAction.Status
    if values.status == AgendaItemPage.Status.DONE:
        begin = [status.DONE] * len(values.actions)
    elif values.status == AgendaItemPage.Status.PLANNED:
        begin = []
    else:
        begin = [status.DONE, status.BUSY]
    begin += [status.OPEN] * len(values.actions)
    return [
        AgendaAction(text=text, status=step, sort_order=position)
        for position, (text, step) in enumerate(zip(values.actions, begin, strict=False))
    ]


def _publish_history(*, agenda, page, values: Item, user, clock: Clock) -> AgendaItemPage:
    """Publish an item as it first stood, and then every change that came after."""
    told = [days for days, _text in values.updates]
    stands = values.history or (Stand(days=max(told, default=NOTHING_YET) + MONTH),)
    for number, stand in enumerate(stands):
        _put(page, stand, values, clock)
        at = clock.at(-stand.days, 10)
        if number == 0:
            page = publish(parent=agenda, page=page, user=user, at=at)
        else:
            publish_again(page=page, user=user, at=at)
    last = clock.at(-min([stands[-1].days, *told]), 10)
    AgendaItemPage.objects.filter(pk=page.pk).update(last_published_at=last)
    return AgendaItemPage.objects.get(pk=page.pk)


def _put(page: AgendaItemPage, stand: Stand, values: Item, clock: Clock) -> None:
    """Let an item stand as it did; what the stand does not tell is as it is now."""

    def told(name: str):
        own = getattr(stand, name)
        return getattr(values, name) if own is None else own

    page.status, page.lead, page.money = told("status"), told("lead"), told("money")
    page.status_reason = values.reason if page.status in page.NEEDS_REASON else ""
    page.start_date = clock.month(told("start"))
    page.end_date = clock.month_end(told("end"))
    page.change_reason = stand.reason
