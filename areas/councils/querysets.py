"""Queries about councils."""

from django.db import models


class CouncilQuerySet(models.QuerySet):
    def active(self):
        """Councils that exist today."""
        return self.filter(active=True, area__live=True)

    def for_area(self, area):
        """Councils of an area, and those whose place touches it."""
        return self.filter(models.Q(area=area) | models.Q(areas=area)).distinct()
