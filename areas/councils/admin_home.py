"""Councils on the first page of the admin."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from areas.viewsets import ACTIONS
from cms.admin_panels import RowAttentionSource

from .models import Agreement


class AgreementsToReview(RowAttentionSource):
    """Working agreements whose day to look at them again is near or behind us."""

    key = "councils-agreements"
    title = gettext_lazy("Werkafspraken om opnieuw te bekijken")
    order = 60
    place_lookup = "council__area_id"

    def get_own(self, user):
        policy = policy_registry.get_by_type(Agreement)
        return (
            policy.instances_user_has_any_permission_for(user, ACTIONS)
            .to_review(timezone.localdate(), within_days=settings.AGREEMENT_REVIEW_NOTICE_DAYS)
            .select_related("council")
            .defer("council__geometry", "council__map_geometry")
        )

    def get_url(self, row):
        return reverse("wagtailsnippets_councils_agreement:edit", args=[row.pk])

    def describe(self, page):
        return _("afgesproken om te bekijken op %(date)s") % {"date": date_format(page.review_date)}
