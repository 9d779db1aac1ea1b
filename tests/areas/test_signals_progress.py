"""Later progress reaches who asked: of an agenda item once a public change, and of an action."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from areas.agenda.models import AgendaItemPage, ProgressUpdate
from areas.councils.models import ActionPoint, CouncilMeeting
from areas.signals.models import Signal, SignalMail, SignalStep
from areas.signals.services import linking
from tests.factories import pages as make
from tests.factories import signals as brought


@pytest.fixture
def council(north):
    return brought.council_in(north)


@pytest.fixture
def item(north):
    agenda = make.AgendaPageFactory(parent=north, period_start=date(2020, 1, 1))
    item = make.AgendaItemPageFactory(
        parent=agenda, title="Zebrapad", status="gestart", end_date=date(2027, 5, 1)
    )
    ProgressUpdate.objects.create(item=item, date=date(2026, 1, 5), text="Oud nieuws.")
    return AgendaItemPage.objects.get(pk=item.pk)


@pytest.fixture
def signal(council, item, area_manager):
    signal = brought.from_council(council)
    return linking.link_agenda_item(signal=signal, version=0, user=area_manager, item=item)


def told(signal):
    rows = SignalStep.objects.filter(signal=signal, kind=SignalStep.Kind.PROGRESS)
    return list(rows.order_by("pk").values_list("text", flat=True))


def publish(item, user=None, **values):
    """Publish a new version of an item, as the form of the admin does."""
    item = AgendaItemPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    updates = values.pop("updates", [])
    for name, value in values.items():
        setattr(item, name, value)
    for day, text in updates:
        item.updates.add(ProgressUpdate(date=day, text=text))
    item.save_revision(user=user).publish()
    return item


def test_each_public_change_is_told_once(signal, item):
    publish(item, summary="Alleen de samenvatting anders.")
    assert told(signal) == []
    publish(item, status="vertraagd", status_reason="De aannemer is later.")
    publish(item, summary="Weer alleen de samenvatting.")
    assert told(signal) == [
        "Agendapunt: Zebrapad\nStatus: van Gestart naar Vertraagd\nReden: De aannemer is later."
    ]
    publish(item, updates=[(date(2026, 6, 12), "De tekening is af.")])
    publish(item, summary="En weer.", updates=[(date(2026, 7, 1), "De straat ligt open.")])
    publish(item)
    assert told(signal)[1:] == [
        "Agendapunt: Zebrapad\n12 juni 2026: De tekening is af.",
        "Agendapunt: Zebrapad\n1 juli 2026: De straat ligt open.",
    ]
    assert SignalMail.objects.filter(step__kind=SignalStep.Kind.PROGRESS).count() == 6


def test_a_change_in_the_form_of_the_admin_is_told(signal, item, login, area_manager):
    publish(item, end_date=date(2027, 6, 1), change_reason="Langere levertijd & vertraging.")
    assert "Einde: van 1 mei 2027 naar 1 juni 2027" in told(signal)[0]
    assert "Reden: Langere levertijd & vertraging." in told(signal)[0]


def test_a_draft_is_told_when_it_comes_on_the_site(north, council, area_manager):
    make.AgendaPageFactory(parent=north, period_start=date(2020, 1, 1))
    signal = brought.from_council(council)
    item = linking.make_agenda_item(
        signal=signal, version=0, user=area_manager, theme=make.ThemeFactory()
    )
    revised = item.get_latest_revision_as_object()
    revised.lead = "Team Groen"
    revised.save_revision()
    assert told(signal) == []
    item.get_latest_revision().publish()
    assert told(signal) == [f"Dit staat nu op de gebiedsagenda: {signal.subject}"]


def test_nothing_is_told_of_a_closed_item_or_after_a_failed_save(signal, item):
    PageViewRestriction.objects.create(page=item, restriction_type="password", password="sesam")
    publish(item, status="klaar")
    assert told(signal) == []


def test_askers_of_doubles_and_of_other_signals_hear_it_too(signal, item, north, area_manager):
    resident = brought.from_resident(north)
    linking.link_agenda_item(signal=resident, version=0, user=area_manager, item=item)
    double = brought.from_resident(north)
    brought.age(double, state="samengevoegd", merged_into=signal)
    publish(item, status="klaar")
    assert len(told(signal)) == len(told(resident)) == 1
    readers = SignalMail.objects.filter(step__kind=SignalStep.Kind.PROGRESS)
    assert set(readers.values_list("signal__pk", flat=True)) == {
        signal.pk,
        resident.pk,
        double.pk,
    }


def test_saving_an_item_without_signals_costs_one_query_more(item, django_assert_max_num_queries):
    item.title = "Anders"
    with django_assert_max_num_queries(60):
        item.save()


def test_an_action_that_is_done_is_told_once(council, area_manager, login):
    start = timezone.now() + timedelta(days=5)
    meeting = CouncilMeeting.objects.create(
        council=council, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    signal = brought.from_council(council)
    action = linking.make_action_point(
        signal=signal, version=0, user=area_manager, text="Borden plaatsen", owner="Team Verkeer"
    )
    client = login(area_manager)
    address = reverse("wagtailsnippets_councils_councilmeeting:edit", args=[meeting.pk])
    form = {
        "council": council.pk,
        "starts_at": timezone.localtime(start).strftime("%d-%m-%Y %H:%M"),
        "ends_at": timezone.localtime(start + timedelta(hours=1)).strftime("%d-%m-%Y %H:%M"),
        "place_name": "",
        "geometry": "",
        "participants": "",
        "minutes": "null",
        "state": "concept",
        "agenda_points-TOTAL_FORMS": 0,
        "agenda_points-INITIAL_FORMS": 0,
        "action_points-TOTAL_FORMS": 1,
        "action_points-INITIAL_FORMS": 1,
        "action_points-0-id": action.pk,
        "action_points-0-text": action.text,
        "action_points-0-owner": action.owner,
        "action_points-0-ORDER": 1,
    }
    for done in ("", "03-06-2026", "03-06-2026"):
        response = client.post(address, form | {"action_points-0-done_on": done})
        assert response.status_code == 302, response.context["form"].errors
    assert ActionPoint.objects.get().done_on == date(2026, 6, 3)
    assert told(Signal.objects.get(pk=signal.pk)) == ["Het actiepunt is klaar sinds 3 juni 2026."]
