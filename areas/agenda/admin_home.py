"""Agendas on the first page of the admin."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.admin_panels import AttentionSource, Link, LinkSource, Sibling, editable_below

from .models import AgendaItemPage, AgendaPage
from .querysets import has_no_place, is_confirmed_since, is_open, is_overdue, is_silent_since


class AgendaLinks(LinkSource):
    """To the agenda of today, and a new item on it; one query."""

    key = "agenda"

    def get_links(self, *, user, places):
        if not places:
            return {}
        agendas = (
            AgendaPage.objects.filter(editable_below(user, places))
            .exclude(followed_by__carried_out_at__isnull=False)
            .order_by("period_start", "pk")
        )
        today = timezone.localdate()
        current: dict[str, AgendaPage] = {}
        for agenda in agendas:
            area_path = agenda.path[: -Page.steplen]
            if area_path not in current or agenda.period_start <= today:
                current[area_path] = agenda
        return {
            place.pk: self._links(current[place.path], user)
            for place in places
            if place.path in current
        }

    def _links(self, agenda: AgendaPage, user) -> list[Link]:
        links = [
            Link(
                _("Gebiedsagenda wijzigen"),
                reverse("wagtailadmin_explore", args=[agenda.pk]),
                "list-ul",
                10,
            )
        ]
        if agenda.permissions_for_user(user).can_add_subpage():
            links.append(
                Link(
                    _("Nieuw agendapunt"),
                    reverse("wagtailadmin_pages:add", args=["agenda", "agendaitempage", agenda.pk]),
                    "plus",
                    20,
                )
            )
        return links


def silence_begins(settings) -> date:
    """The day since which an item should have been heard of, by the site's settings."""
    return timezone.localdate() - timedelta(weeks=settings.silent_weeks)


class WaitingItems(Sibling, AttentionSource):
    """Items of an agenda that want something of the manager."""

    family = "agenda"

    def get_every(self, user):
        return AgendaItemPage.objects.live().for_work_list()


class ConfirmedInOneClick(WaitingItems):
    """Items of which the manager can say that they still hold, without opening them."""

    action_label = gettext_lazy("Klopt nog")

    def action_url(self, page):
        return reverse("agenda_confirm", args=[page.pk])

    def may_act(self, *, user, page):
        return page.permissions_for_user(user).can_publish()


class OverdueItems(ConfirmedInOneClick):
    """Items past their last day, neither done nor stopped, and not looked at since."""

    key = "agenda-overdue"
    title = gettext_lazy("Agendapunten over hun einddatum heen")
    order = 10
    order_by = ("end_date", "pk")

    def condition(self, settings):
        return is_overdue(timezone.localdate()) & ~is_confirmed_since(silence_begins(settings))

    def get_term(self, page):
        return page.end_date

    def describe(self, page):
        return _("einde was %(date)s") % {"date": date_format(page.end_date)}


class SilentItems(ConfirmedInOneClick):
    """Items that should be under way and of which nothing was heard for long."""

    key = "agenda-silent"
    title = gettext_lazy("Agendapunten zonder nieuws")
    order = 15
    order_by = ("last_published_at", "pk")

    def condition(self, settings):
        in_time = Q(end_date__isnull=True) | Q(end_date__gte=timezone.localdate())
        return is_silent_since(silence_begins(settings)) & in_time

    def describe(self, page):
        return _("al lang niets gehoord: meld voortgang, of kies ‘klopt nog’")


class ItemsWithoutPlace(WaitingItems):
    """Items of which nobody can tell where they are."""

    key = "agenda-without-place"
    title = gettext_lazy("Agendapunten zonder plek")
    order = 20
    order_by = ("-first_published_at", "pk")

    def condition(self, settings):
        return has_no_place()

    def describe(self, page):
        return _("zet het op de kaart, of schrijf bij de plek: hele gebied")


class ItemsWithoutLead(WaitingItems):
    """Items of which nobody knows who sees to them."""

    key = "agenda-without-lead"
    title = gettext_lazy("Agendapunten zonder trekker")
    order = 25
    order_by = ("-first_published_at", "pk")

    def condition(self, settings):
        return is_open() & Q(lead="")

    def describe(self, page):
        return _("schrijf wie dit oppakt: een functie of team")
