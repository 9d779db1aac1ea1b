"""Signals on the first page of the admin: what is over its term, and what nearly is."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.admin_panels import RowAttentionSource
from cms.services import default_site_settings

from .links import work_url
from .models import Signal
from .terms import add_working_days


class OpenSignals(RowAttentionSource):
    """Signals of the areas that the user manages."""

    place_lookup = "area_id"

    def own(self, user):
        policy = policy_registry.get_by_type(Signal)
        rows = policy.instances_user_has_any_permission_for(user, ["change"])
        return rows.open().for_list().order_by("due_on", "pk")

    def get_url(self, row):
        return work_url(row)

    def get_term(self, row):
        return row.due_on


class LateSignals(OpenSignals):
    key = "signals-late"
    title = gettext_lazy("Vragen en signalen over hun termijn heen")
    order = 5

    def get_own(self, user):
        return self.own(user).late(timezone.localdate())

    def describe(self, page):
        return _("antwoord moest er zijn op %(date)s") % {"date": date_format(page.due_on)}


class SignalsNearTerm(OpenSignals):
    """Those for which the reminder goes out, or went."""

    key = "signals-near-term"
    title = gettext_lazy("Vragen en signalen die bijna antwoord moeten hebben")
    order = 6

    def get_own(self, user):
        today = timezone.localdate()
        soon = add_working_days(today, default_site_settings().signal_reminder_days)
        return self.own(user).due_by(soon).filter(due_on__gte=today)

    def describe(self, page):
        return _("antwoord uiterlijk op %(date)s") % {"date": date_format(page.due_on)}
