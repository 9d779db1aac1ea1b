"""Signals on the first page of the admin: what is over its term, and what nearly is."""

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.admin_panels import RowAttentionSource, Sibling

from .links import work_url
from .models import Signal
from .terms import add_working_days


class OpenSignals(Sibling, RowAttentionSource):
    """Signals of the areas that the user manages."""

    family = "signals"
    order_by = ("due_on", "pk")
    place_lookup = "area_id"

    def get_every(self, user):
        policy = policy_registry.get_by_type(Signal)
        rows = policy.instances_user_has_any_permission_for(user, ["change"])
        return rows.open().for_list()

    def get_url(self, row):
        return work_url(row)

    def get_term(self, row):
        return row.due_on


class LateSignals(OpenSignals):
    key = "signals-late"
    title = gettext_lazy("Vragen en signalen over hun termijn heen")
    order = 5

    def condition(self, settings):
        return Q(due_on__lt=timezone.localdate())

    def describe(self, page):
        return _("antwoord moest er zijn op %(date)s") % {"date": date_format(page.due_on)}


class SignalsNearTerm(OpenSignals):
    """Those for which the reminder goes out, or went."""

    key = "signals-near-term"
    title = gettext_lazy("Vragen en signalen die bijna antwoord moeten hebben")
    order = 6

    def condition(self, settings):
        today = timezone.localdate()
        soon = add_working_days(today, settings.signal_reminder_days)
        return Q(due_on__gte=today, due_on__lte=soon)

    def describe(self, page):
        return _("antwoord uiterlijk op %(date)s") % {"date": date_format(page.due_on)}
