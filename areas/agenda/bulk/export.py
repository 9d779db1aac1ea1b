"""All items of an agenda as a table that can be read in again."""

from collections.abc import Iterator

from ..models import AgendaAction, AgendaItemPage, AgendaPage
from .choices import choices_for
from .columns import COLUMNS


def items_of(agenda: AgendaPage) -> list[AgendaItemPage]:
    """Items of an agenda in order, drafts too, with their actions; two queries."""
    items = list(AgendaItemPage.objects.on_agenda(agenda))
    steps: dict[int, list[AgendaAction]] = {}
    for step in AgendaAction.objects.filter(item__in=[item.pk for item in items]):
        steps.setdefault(step.item_id, []).append(step)
    for item in items:
        item.steps = steps.get(item.pk, [])
    return items


def rows_of(agenda: AgendaPage) -> Iterator[list]:
    """A row for each item, in the columns of HEADINGS; the reason of a change is empty."""
    items = items_of(agenda)
    choices = choices_for(agenda=agenda, items=items)
    for item in items:
        yield [item.pk, *(column.cell(item, choices) for column in COLUMNS), ""]
