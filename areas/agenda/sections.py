"""The programme and the agenda on the page of their area."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import AgendaItemPage, AgendaPage, ProgrammeGoal


class AgendaSection(Section):
    """The agenda of today: its bar of progress and the items changed last."""

    key = "agenda"
    title = _("Gebiedsagenda")
    order = 20
    template = "agenda/sections/agenda.html"
    limit = 4

    def get_items(self, *, request, area=None, limit):
        from .progress import mean_percent, progress_of
        from .views import progress_parts

        agenda = AgendaPage.objects.child_of(area).current(timezone.localdate()).first()
        if agenda is None:
            return []
        items = AgendaItemPage.objects.child_of(agenda).for_list()
        progress = progress_of(items)
        return [
            {
                "agenda": agenda,
                "progress": progress_parts(Counter(row.status for row in progress)),
                "percent": mean_percent(progress),
                "latest": list(items.order_by("-last_published_at")[:limit]),
            }
        ]


class ProgrammeSection(Section):
    """What the area wants to reach in the long term, and how many items are done; one query."""

    key = "programme"
    title = _("Gebiedsprogramma")
    order = 15
    template = "agenda/sections/programme.html"
    limit = 6

    def get_items(self, *, request, area=None, limit):
        goals = list(ProgrammeGoal.objects.public_of(area).with_item_counts()[:limit])
        return [{"programme": goals[0].programme, "goals": goals}] if goals else []
