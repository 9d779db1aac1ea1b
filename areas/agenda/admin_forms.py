"""The form in which an area manager edits an agenda item."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from areas.models import AreaPage


class AgendaItemForm(WagtailAdminPageForm):
    """Offers themes in their own order, and the councils of the area the agenda is of."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if theme := self.fields.get("theme"):
            theme.empty_label = _("Kies een thema")
        if council := self.fields.get("source_council"):
            council.empty_label = _("Geen")
            council.queryset = self._councils(council.queryset)

    def _councils(self, councils):
        """Active councils of the area, and the one that is chosen already."""
        if self.parent_page is None:
            return councils
        area = (
            AreaPage.objects.ancestor_of(self.parent_page, inclusive=True)
            .without_geometry()
            .first()
        )
        own = Q(pk__in=councils.model.objects.active().for_area(area).values("pk"))
        return councils.filter(own | Q(pk=self.instance.source_council_id))
