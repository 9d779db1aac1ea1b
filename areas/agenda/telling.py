"""Agenda items as told in a newsletter: how far they are."""

from areas.telling import Teller, Told


class AgendaItemTeller(Teller):
    page_type = "agenda.AgendaItemPage"

    def tell(self, pages):
        """No queries."""
        return {
            page.pk: Told(status=page.get_status_display(), status_style=page.status_style)
            for page in pages
        }
