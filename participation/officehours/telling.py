"""Office hours as told in a newsletter: the next moments, where, and whether to book."""

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.telling import Fact, Teller, Told

from .models import Occurrence

#: Moments of one office hour; who wants more looks at its page.
MOMENTS = 3


class OfficeHourTeller(Teller):
    page_type = "officehours.OfficeHourPage"

    def tell(self, pages):
        """One query."""
        coming = Occurrence.objects.next_of([page.pk for page in pages], now=timezone.now())
        moments: dict[int, list[Occurrence]] = {}
        for moment in coming.filter(turn__lte=MOMENTS):
            moments.setdefault(moment.office_hour_id, []).append(moment)
        return {page.pk: _told(page, moments.get(page.pk, [])) for page in pages}


def _told(page, moments: list[Occurrence]) -> Told:
    if not moments:
        return Told(facts=(Fact(_("Wanneer"), _("Er is nu geen nieuw moment gepland.")),))
    labels = [_("Volgende keer"), _("Daarna"), _("En dan")] if len(moments) > 1 else [_("Wanneer")]
    facts = [
        Fact(label, f"{moment.day_text}, {moment.time_text}")
        for label, moment in zip(labels, moments, strict=False)
    ]
    if page.appointment:
        facts.append(Fact(_("Afspraak"), page.appointment, in_dutch=True))
    return Told(facts=tuple(facts), button=_("Bekijk alle momenten"))
