"""The agenda on the page of its area."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.sections import Section

from .models import AgendaItemPage, AgendaPage


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
