"""The editor's form of an edition: only areas and councils that the user may write to."""

from wagtail.admin.forms import WagtailAdminPageForm

from areas.permissions import areas_for


class NewsletterPageForm(WagtailAdminPageForm):
    """Offers the user's own areas and councils, and keeps those that others have chosen.

    The area in which the edition is made counts as own: who may write there may propose its
    subscribers, and who may publish there sends. Another area cannot be added by hand: it is
    not among the choices. A new edition begins with the area it is made in.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user is None:
            return
        own = set(areas_for(self.for_user).values_list("pk", flat=True))
        if self.parent_page is not None:
            own.add(self.parent_page.pk)
        if "to_areas" in self.fields:
            self._limit("to_areas", own, order="path")
            if self.instance.pk is None and self.parent_page is not None:
                self.initial["to_areas"] = [self.parent_page.pk]
        if "to_councils" in self.fields:
            councils = self.fields["to_councils"].queryset.filter(active=True, area__in=own)
            self._limit("to_councils", set(councils.values_list("pk", flat=True)), order="name")

    def _limit(self, name: str, allowed: set[int], *, order: str) -> None:
        """Offer what is the user's own and what this edition already has."""
        field = self.fields[name]
        if self.instance.pk is not None:
            allowed = allowed | set(getattr(self.instance, name).values_list("id", flat=True))
        field.queryset = field.queryset.filter(pk__in=allowed).defer("geometry").order_by(order)
