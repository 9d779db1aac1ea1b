"""Who sees and keeps which lists of addresses."""

from django.db.models import Q

from areas.permissions import ALL_AREAS, OwnAreaPermissionPolicy, managed_areas


class ListPolicy(OwnAreaPermissionPolicy):
    """Lists of an area: its managers. Of the whole municipality: the newsletter editors.

    An administrator keeps all. Editors choose a list of an area for an edition, and do not open it.
    """

    def _own(self, user, rows):
        if user.is_active and user.is_superuser:
            return rows
        own = Q(area__in=managed_areas(user))
        if user.has_perm(ALL_AREAS):
            own |= Q(area__isnull=True)
        return rows.filter(own)
