"""The programmes of areas with a long term, and the agenda items that work at their goals."""

from areas.agenda.models import ProgrammeGoal, ProgrammePage
from areas.models import AreaPage, Theme
from participation.demo.building import paragraphs, publish
from participation.demo.clock import Clock
from participation.demo.content.programmes import PROGRAMMES


def load_programmes(
    *, areas: dict[str, AreaPage], themes: dict[str, Theme], clock: Clock, users: dict
) -> dict[str, ProgrammeGoal]:
    """A programme for two areas; gives its goals by the title of each agenda item."""
    found = {}
    for code, content in PROGRAMMES.items():
        page = ProgrammePage(
            title=content["title"],
            slug="programma",
            summary=content["summary"],
            intro=paragraphs(content["intro"]),
        )
        page.goals = [
            ProgrammeGoal(
                title=title,
                theme=themes[theme],
                target_year=clock.today.year + years,
                text=text,
                sort_order=position,
            )
            for position, (title, theme, years, text, _items) in enumerate(content["goals"])
        ]
        page = publish(
            parent=AreaPage.objects.get(pk=areas[code].pk),
            page=page,
            user=users[code],
            at=clock.at(-390, 10),
        )
        goals = {goal.title: goal for goal in page.goals.all()}
        for title, _theme, _years, _text, items in content["goals"]:
            found.update(dict.fromkeys(items, goals[title]))
    return found
