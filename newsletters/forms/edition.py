"""The editor's form of an edition: only choices of recipients that the user may write to."""

from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from areas.models import AreaPage
from areas.permissions import ALL_AREAS, areas_for

from ..models.lists import AddressList
from ..sizes import label_with_sizes


class NewsletterPageForm(WagtailAdminPageForm):
    """Offers what is of the user's own areas, and keeps what others have chosen.

    The area in which the edition is made counts as own: who may write there may propose its
    subscribers, and who may publish there sends. What is of another area cannot be added by hand:
    it is not among the choices. A new edition begins with the area it is made in.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user is None or "to_areas" not in self.fields:
            return
        own = areas_for(self.for_user)
        if self.parent_page is not None:
            own = AreaPage.objects.without_geometry().filter(
                Q(pk__in=own.values("pk")) | Q(pk=self.parent_page.pk)
            )
        ids = list(own.values_list("pk", flat=True))
        for name in ("to_areas", "to_council_areas"):
            self._limit(name, Q(pk__in=ids), order="path")
        if self.instance.pk is None and self.parent_page is not None:
            self.initial["to_areas"] = [self.parent_page.pk]
        self._limit("to_councils", Q(active=True, area__in=ids), order="name")
        self._limit("to_places", Q(area__in=ids), order="name")
        self._limit("to_themes", Q(), order="sort_order")
        self._limit("to_pages", self._followed_below(own), order="title")
        lists = AddressList.objects.usable_by(self.for_user)
        self._limit("to_lists", Q(pk__in=lists.values("pk")), order="name")
        label_with_sizes(self.fields)
        for name in ("to_pages", "to_lists"):  # a heading without choices tells nothing
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def _followed_below(self, own) -> Q:
        """Live pages that somebody follows, in the user's own areas."""
        followed = Q(live=True, news_subscriptions__isnull=False)
        if self.for_user.has_perm(ALL_AREAS):
            return followed
        below = Q(pk__in=[])
        for path in own.values_list("path", flat=True):
            below |= Q(path__startswith=path)
        return followed & below

    def _limit(self, name: str, allowed: Q, *, order: str) -> None:
        """Offer what is the user's own and what this edition already has."""
        field = self.fields[name]
        if self.instance.pk is not None:
            chosen = list(getattr(self.instance, name).values_list("id", flat=True))
            allowed |= Q(pk__in=chosen) if allowed else Q()
        model = field.queryset.model
        names = {one.name for one in model._meta.get_fields()}
        rows = field.queryset.filter(pk__in=model._default_manager.filter(allowed).values("pk"))
        field.queryset = rows.defer(*names & {"geometry"}).order_by(order)
