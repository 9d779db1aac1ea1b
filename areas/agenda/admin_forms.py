"""The form in which an area manager edits an agenda item."""

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from areas.models import AreaPage

from .ledger import TRACKED, LedgerEntry


class AgendaItemForm(WagtailAdminPageForm):
    """Offers themes in their own order, and councils and goals of the area the agenda is of."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if theme := self.fields.get("theme"):
            theme.empty_label = _("Kies een thema")
        if council := self.fields.get("source_council"):
            council.empty_label = _("Geen")
            council.queryset = self._councils(council.queryset)
        if goal := self.fields.get("programme_goal"):
            goal.empty_label = _("Geen")
            goal.queryset = self._goals(goal.queryset)

    def clean(self):
        """Ask for the reason of a moved date, unless a draft is kept for oneself.

        A draft that waits for approval goes on the site without this form, so it counts as
        handed in.
        """
        data = super().clean()
        from .services import REASON_NEEDED, as_text, reason_is_missing

        draft = self.is_deferred_validation and not self.instance.current_workflow_state
        if self.instance.pk is None or draft or not set(TRACKED) <= set(data):
            return data
        before = LedgerEntry.objects.filter(item_id=self.instance.pk).state()
        after = {field: as_text(data[field]) for field in TRACKED}
        if "change_reason" in data and reason_is_missing(
            before=before, after=after, reason=data["change_reason"]
        ):
            self.add_error("change_reason", REASON_NEEDED)
        return data

    @cached_property
    def area(self) -> AreaPage | None:
        """The area of the agenda that the item stands on."""
        if self.parent_page is None:
            return None
        ancestors = AreaPage.objects.ancestor_of(self.parent_page, inclusive=True)
        return ancestors.without_geometry().first()

    def _councils(self, councils):
        """Active councils of the area, and the one that is chosen already."""
        if self.parent_page is None:
            return councils
        own = Q(pk__in=councils.model.objects.active().for_area(self.area).values("pk"))
        return councils.filter(own | Q(pk=self.instance.source_council_id))

    def _goals(self, goals):
        """Goals of the area's own programme."""
        if self.area is None:
            return goals.none()
        return goals.model.objects.of_area(self.area)
