"""What a manager does with a signal, through the page on which managers work."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from areas.agenda.models import AgendaItemPage
from areas.councils.models import ActionPoint, CouncilMeeting
from areas.signals.models import Signal, SignalMail, SignalStep
from areas.signals.models.step import StepsAreKeptError
from areas.signals.services import handling
from areas.signals.services.changing import ChangedMeanwhileError, NotPossibleError
from areas.signals.terms import add_working_days
from tests.factories import pages as make
from tests.factories import signals as brought

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Kind = SignalStep.Kind


@pytest.fixture
def council(north):
    return brought.council_in(north)


@pytest.fixture
def signal(council):
    return brought.from_council(council)


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def work(signal):
    return reverse("wagtailsnippets_signals_signal:edit", args=[signal.pk])


def do(client, signal, action, *, version=None, status=302, **data):
    """Do one thing on the page of a signal; gives the signal as it stands then."""
    version = Signal.objects.get(pk=signal.pk).version if version is None else version
    response = client.post(work(signal), {"action": action, "version": version, **data})
    assert response.status_code == status, errors_of(response)
    return Signal.objects.get(pk=signal.pk)


def errors_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(block.get_text(" ", strip=True) for block in page.select("[role=alert]"))


def refused(client, signal, action, **data):
    """What the page says where something cannot be done; nothing changed."""
    before = Signal.objects.get(pk=signal.pk).version
    response = client.post(work(signal), {"action": action, "version": before, **data})
    assert response.status_code == 200
    assert Signal.objects.get(pk=signal.pk).version == before
    return errors_of(response)


def kinds(signal):
    return list(signal.steps.order_by("at", "pk").values_list("kind", flat=True))


def mailed(signal, kind, audience="inbrenger"):
    rows = SignalMail.objects.filter(step__signal=signal, step__kind=kind, audience=audience)
    return sorted(rows.values_list("address", flat=True))


def test_from_receipt_to_answer(manager, area_manager, signal, council):
    assert kinds(signal) == [Kind.RECEIVED]
    assert mailed(signal, Kind.RECEIVED, "gemeente") == ["gebiedsmanager-noord@example.nl"]
    signal = do(manager, signal, "toewijzen", role="Team Verkeer", assignee=area_manager.pk)
    assert (signal.state, signal.assignee) == (Signal.State.ASSIGNED, area_manager)
    signal = do(manager, signal, "verlengen", reason="Wij tellen eerst de auto's.")
    assert signal.due_on == add_working_days(signal.received_at.astimezone(AMSTERDAM).date(), 20)
    signal = do(manager, signal, "beantwoorden", text="  Er komt een zebrapad.  ")
    assert (signal.state, signal.answer) == (Signal.State.ANSWERED, "Er komt een zebrapad.")
    assert (signal.answer_days, signal.in_term, signal.answered_by) == (0, True, area_manager)
    assert kinds(signal) == [Kind.RECEIVED, Kind.ASSIGNED, Kind.EXTENDED, Kind.ANSWERED]
    addresses = [f"{who}-dorpsraad-lijnden@example.nl" for who in ("secretaris", "voorzitter")]
    for kind in kinds(signal):
        assert mailed(signal, kind) == addresses
    assert [step.version for step in signal.steps.order_by("pk")] == [0, 1, 2, 3]
    html = manager.get(work(signal)).content.decode()
    assert "Er komt een zebrapad." in html
    assert "Team Verkeer" in html


def test_the_second_sees_the_answer_of_the_first_and_loses_nothing(
    manager, signal, login, north, make_user
):
    colleague = login(make_user("collega", groups=[north.manager_group]))
    do(colleague, signal, "beantwoorden", text="Er komt een zebrapad.")
    response = manager.post(
        work(signal), {"action": "beantwoorden", "version": 0, "text": "Wij zetten borden neer."}
    )
    assert response.status_code == 409
    page = BeautifulSoup(response.content, "html.parser")
    assert "Er komt een zebrapad." in page.select_one("#intussen").get_text()
    form = page.select_one("#actie-beantwoorden")
    assert form.has_attr("open")
    assert form.select_one("textarea").get_text().strip() == "Wij zetten borden neer."
    assert kinds(signal) == [Kind.RECEIVED, Kind.ANSWERED]
    # Having read that, the manager may still send it: as an addition, with both readable.
    version = form.select_one("[name=version]")["value"]
    first = Signal.objects.get(pk=signal.pk)
    signal = do(manager, signal, "beantwoorden", version=version, text="Wij zetten borden neer.")
    texts = list(signal.steps.filter(kind=Kind.ANSWERED).values_list("text", flat=True))
    assert sorted(texts) == ["Er komt een zebrapad.", "Wij zetten borden neer."]
    assert (signal.answered_at, signal.in_term) == (first.answered_at, True)


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("beantwoorden", {"text": "a"}),
        ("toewijzen", {"role": "Team"}),
        ("verlengen", {"reason": "Drukte"}),
        ("op-de-site", {}),
        ("notitie", {"text": "Bellen"}),
    ],
)
def test_nothing_is_done_on_an_old_page(manager, council, action, data):
    signal = brought.from_council(council, public=True)
    signal = brought.age(signal, published_at=None, version=3)
    response = manager.post(work(signal), {"action": action, "version": 2, **data})
    assert response.status_code == 409
    assert kinds(signal) == [Kind.RECEIVED]
    for value in data.values():
        assert value in response.content.decode()


def test_a_failed_form_keeps_the_text_and_the_version(manager, signal):
    brought.age(signal, version=4)
    response = manager.post(
        work(signal), {"action": "verlengen", "version": 3, "reason": "x" * 301}
    )
    page = BeautifulSoup(response.content, "html.parser").select_one("#actie-verlengen")
    assert "x" * 301 in page.select_one("textarea").get_text()
    assert page.select_one("[name=version]")["value"] == "3"
    assert "Uw tekst is te lang. Er passen 300 tekens." in errors_of(response)


@pytest.mark.parametrize(
    ("action", "data", "message"),
    [
        ("beantwoorden", {"text": "   "}, "Schrijf een antwoord."),
        ("toewijzen", {"role": ""}, "Schrijf welke functie"),
        ("toewijzen", {"role": "Team", "assignee": "999999"}, "Deze keuze"),
        ("verlengen", {"reason": ""}, "Schrijf waarom u meer tijd nodig hebt."),
        ("samenvoegen", {"into": "K7F3-94QX"}, "Dit kenmerk kennen we niet in uw gebied."),
        ("agendapunt-koppelen", {"item": "77"}, "Deze keuze"),
        ("agendapunt-maken", {"theme": ""}, "Kies een thema uit de lijst."),
        ("actiepunt-maken", {"text": "Bel", "owner": "Team"}, "nog geen overleg"),
        ("actiepunt-maken", {"text": "", "owner": ""}, "Schrijf wat er moet gebeuren."),
        ("op-de-site", {}, "De inbrenger wil dit niet op de site."),
        ("van-de-site", {"reason": "Klopt niet"}, "Dit signaal staat niet op de site."),
        ("ander-gebied", {"area": ""}, "Kies een gebied uit de lijst."),
        ("notitie", {"text": ""}, "Schrijf wat u wilt onthouden."),
    ],
)
def test_what_is_missing_is_said_in_dutch(manager, signal, action, data, message):
    assert message in refused(manager, signal, action, **data)


def test_no_action_at_all_is_answered_too(manager, signal):
    assert manager.post(work(signal), {"action": "wissen"}).status_code == 302
    response = manager.post(work(signal), {"action": "notitie", "text": "Bellen", "version": "x"})
    assert "Open het signaal opnieuw" in errors_of(response)


def test_a_term_is_extended_once_and_only_while_it_runs(manager, council):
    signal = brought.from_council(council)
    do(manager, signal, "verlengen", reason="Drukte")
    assert "al een keer verlengd" in refused(manager, signal, "verlengen", reason="Nog eens")
    late = brought.age(brought.from_council(council), due_on=timezone.localdate() - timedelta(1))
    assert "verlengen kan niet meer" in refused(manager, late, "verlengen", reason="Te laat")


def test_waiting_is_counted_in_working_days_of_all_terms(signal, area_manager):
    """Received Thursday, answered Tuesday (King's Day is Monday); reopened, answered late."""
    received = datetime(2026, 4, 23, 12, tzinfo=AMSTERDAM)
    brought.age(signal, received_at=received, due_on=date(2026, 5, 11))

    def now(day, month=4):
        return datetime(2026, month, day, 9, tzinfo=AMSTERDAM)

    row = handling.answer(signal=signal, version=0, user=area_manager, text="Nee.", now=now(28))
    assert (row.answer_days, row.in_term) == (2, True)
    row = handling.reopen(signal=row, text="Waarom niet?", author_role="secretaris", now=now(29))
    assert (row.state, row.answered_at) == (Signal.State.RECEIVED, None)
    assert row.due_on == date(2026, 5, 15)
    row = handling.answer(
        signal=row, version=row.version, user=area_manager, text="Daarom.", now=now(18, 5)
    )
    assert (row.answer_days, row.in_term) == (2 + 11, False)
    row = handling.reopen(signal=row, text="Toch nog iets.", now=now(19, 5))
    row = handling.answer(
        signal=row, version=row.version, user=area_manager, text="Goed.", now=now(20, 5)
    )
    assert row.in_term is False  # missed once stays missed
    texts = row.steps.filter(kind=Kind.ANSWERED).values_list("text", flat=True)
    assert list(texts) == ["Nee.", "Daarom.", "Goed."]


def test_reopening_ends_after_its_days_and_needs_an_answer_and_words(signal, area_manager):
    with pytest.raises(NotPossibleError, match="nog geen antwoord"):
        handling.reopen(signal=signal, text="Hallo?")
    answered = datetime(2026, 9, 1, 12, tzinfo=AMSTERDAM)
    brought.age(signal, received_at=answered - timedelta(days=3), due_on=date(2026, 9, 10))
    row = handling.answer(signal=signal, version=0, user=area_manager, text="Nee.", now=answered)
    assert handling.reopen_until(row) == date(2026, 9, 29)
    with pytest.raises(NotPossibleError, match="tot en met 29 september 2026"):
        handling.reopen(signal=row, text="Ho", now=datetime(2026, 9, 30, 8, tzinfo=AMSTERDAM))
    with pytest.raises(NotPossibleError, match="wat er nog mist"):
        handling.reopen(signal=row, text=" ", now=datetime(2026, 9, 29, 23, tzinfo=AMSTERDAM))
    row = handling.reopen(
        signal=row, text="Ho", now=datetime(2026, 9, 29, 23, 59, tzinfo=AMSTERDAM)
    )
    assert mailed(row, Kind.REOPENED, "gemeente") == ["gebiedsmanager-noord@example.nl"]
    with pytest.raises(ChangedMeanwhileError):
        handling.reopen(signal=row, text="Nog eens", version=0)


def test_doubles_follow_the_other(manager, north, council):
    main = brought.from_council(council)
    other = brought.council_in(north, "Wijkraad Nieuwe Meer", "wijkraad-nieuwe-meer")
    double = brought.from_council(other)
    of_double = brought.from_resident(north)
    do(manager, of_double, "samenvoegen", into=double.reference)
    double = do(manager, double, "samenvoegen", into=f" {main.reference.lower()} ")
    assert (double.state, double.merged_into) == (Signal.State.MERGED, main)
    # Nobody follows a chain, and all three hear the answer.
    assert Signal.objects.get(pk=of_double.pk).merged_into == main
    assert "bewoner@example.nl" in mailed(double, Kind.MERGED)
    do(manager, main, "beantwoorden", text="Er komt een zebrapad.")
    answer = main.steps.get(kind=Kind.ANSWERED)
    readers = dict(answer.mails.values_list("address", "signal__reference"))
    assert readers == {
        "secretaris-dorpsraad-lijnden@example.nl": main.reference,
        "voorzitter-dorpsraad-lijnden@example.nl": main.reference,
        "secretaris-wijkraad-nieuwe-meer@example.nl": double.reference,
        "voorzitter-wijkraad-nieuwe-meer@example.nl": double.reference,
        "bewoner@example.nl": of_double.reference,
    }
    shown = SignalStep.objects.told_to_asker(double).values_list("kind", flat=True)
    assert list(shown) == [Kind.RECEIVED, Kind.MERGED, Kind.ANSWERED]
    assert "samengevoegd met" in refused(manager, double, "beantwoorden", text="Nog iets")


def test_what_cannot_be_merged(manager, council, west):
    signal, other = brought.from_council(council), brought.from_council(council)
    do(manager, other, "samenvoegen", into=signal.reference)
    assert "hetzelfde signaal" in refused(manager, signal, "samenvoegen", into=signal.reference)
    assert "zelf samengevoegd" in refused(manager, signal, "samenvoegen", into=other.reference)
    elsewhere = brought.from_council(brought.council_in(west, "Raad West", "raad-west"))
    assert "kennen we niet" in refused(manager, signal, "samenvoegen", into=elsewhere.reference)


def test_signal_becomes_a_draft_on_the_agenda_of_today(manager, north, council):
    this_year = timezone.localdate().year
    make.AgendaPageFactory(
        parent=north,
        slug="oud",
        period_start=date(this_year - 3, 1, 1),
        period_end=date(this_year - 2, 12, 31),
    )
    agenda = make.AgendaPageFactory(
        parent=north,
        slug="nu",
        period_start=date(this_year, 1, 1),
        period_end=date(this_year, 12, 31),
    )
    theme = make.ThemeFactory()
    signal = brought.from_council(council, geometry=make.middle(north))
    signal = do(manager, signal, "agendapunt-maken", theme=theme.pk)
    item = AgendaItemPage.objects.get()
    assert item.get_parent().pk == agenda.pk
    assert (item.live, item.title, item.source_council) == (False, signal.subject, council)
    assert (item.task, item.place_name) == (signal.text, signal.place_name)
    assert item.geometry.equals(signal.geometry)
    assert item.get_latest_revision().as_object().theme == theme
    assert signal.agenda_item_id == item.pk
    # A draft is nobody's to read yet.
    assert signal.steps.get(kind=Kind.LINKED).text == ""
    edit = manager.get(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    assert signal.subject in edit.content.decode()


@pytest.mark.parametrize("subject", ["???", "Загрязнение", "Zebrapad", "x" * 120])
def test_any_subject_makes_a_draft_also_twice(manager, north, council, subject):
    make.AgendaPageFactory(parent=north, period_start=date(2020, 1, 1))
    theme = make.ThemeFactory()
    for _ in range(2):
        signal = brought.from_council(council, subject=subject, text="y" * 3000)
        do(manager, signal, "agendapunt-maken", theme=theme.pk)
    assert AgendaItemPage.objects.filter(title=subject).count() == 2


def test_signal_is_linked_to_a_live_item_of_the_own_area_only(manager, north, west, signal):
    item = make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north), title="Zebrapad")
    other = make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=west))
    assert "Deze keuze" in refused(manager, signal, "agendapunt-koppelen", item=other.pk)
    signal = do(manager, signal, "agendapunt-koppelen", item=item.pk)
    assert signal.agenda_item_id == item.pk
    assert signal.steps.get(kind=Kind.LINKED).text == "Agendapunt: Zebrapad"


def test_an_area_without_agenda_says_so(manager, signal):
    message = refused(manager, signal, "agendapunt-maken", theme=make.ThemeFactory().pk)
    assert "nog geen gebiedsagenda" in message


def test_signal_becomes_an_action_of_the_next_meeting(manager, north, council, signal):
    now = timezone.now()
    meetings = [
        CouncilMeeting.objects.create(
            council=council,
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=days, hours=1),
            cancelled=cancelled,
        )
        for days, cancelled in ((-30, False), (10, True), (40, False), (80, False))
    ]
    signal = do(
        manager,
        signal,
        "actiepunt-maken",
        text="Borden plaatsen",
        owner="Team",
        due_date="2026-12-24",
    )
    action = ActionPoint.objects.get()
    assert (action.meeting, action.due_date) == (meetings[2], date(2026, 12, 24))
    assert signal.action_point == action
    old = ActionPoint.objects.create(meeting=meetings[0], text="Oude actie", owner="Team")
    assert do(manager, signal, "actiepunt-koppelen", action_point=old.pk).action_point == old
    foreign = ActionPoint.objects.create(
        meeting=CouncilMeeting.objects.create(
            council=brought.council_in(north, "Andere raad", "andere-raad"),
            starts_at=now,
            ends_at=now + timedelta(hours=1),
        ),
        text="Andere raad",
        owner="Team",
    )
    message = refused(manager, signal, "actiepunt-koppelen", action_point=foreign.pk)
    assert "Deze keuze" in message


def test_going_to_another_area_keeps_the_term(
    manager, area_manager, signal, west, login, make_user
):
    do(manager, signal, "toewijzen", role="Team Verkeer", assignee=area_manager.pk)
    other = make_user("gebiedsmanager-west", groups=[west.manager_group])
    moved = do(manager, signal, "ander-gebied", area=west.pk, text="De straat ligt in West.")
    assert (moved.area_id, moved.due_on) == (west.pk, signal.due_on)
    assert (moved.state, moved.assignee, moved.assignee_role) == (Signal.State.RECEIVED, None, "")
    assert set(moved.areas.all()) == {west}
    assert mailed(moved, Kind.MOVED, "gemeente") == ["gebiedsmanager-west@example.nl"]
    assert manager.get(work(moved)).status_code in {302, 403, 404}
    assert login(other).get(work(moved)).status_code == 200


def test_signals_without_a_place_move_with_their_council(north, west, council):
    here = brought.from_council(council)
    placed = brought.from_council(council, geometry=make.middle(north))
    done = brought.from_council(council)
    handling.answer(signal=done, version=0, user=None, text="Ja.")
    council.area = west
    council.save()
    areas = dict(Signal.objects.values_list("pk", "area_id"))
    assert areas == {here.pk: west.pk, placed.pk: north.pk, done.pk: north.pk}
    assert kinds(here) == [Kind.RECEIVED, Kind.MOVED]
    council.save()
    assert kinds(here) == [Kind.RECEIVED, Kind.MOVED]


def test_notes_stay_inside(manager, signal):
    do(manager, signal, "notitie", text="Bel de aannemer.")
    step = signal.steps.get(kind=Kind.NOTE)
    assert not step.visible
    assert not step.mails.exists()
    assert step not in SignalStep.objects.told_to_asker(signal)


def test_steps_are_written_once(signal):
    step = signal.steps.get()
    step.text = "Anders"
    with pytest.raises(StepsAreKeptError):
        step.save()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "beantwoord"},
        {"answered_at": datetime(2026, 1, 5, tzinfo=UTC)},
        {"state": "samengevoegd"},
        {"state": "onbevestigd"},
        {"received_at": None},
        {"extension_reason": "Drukte"},
        {"extended_on": date(2026, 1, 5)},
    ],
    ids=str,
)
def test_the_database_keeps_out_what_cannot_be(signal, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(**values)


def test_a_signal_is_no_double_of_itself(signal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(state="samengevoegd", merged_into=signal)


def test_hostile_text_is_text(manager, council):
    signal = brought.from_council(
        council, subject="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>"
    )
    signal = do(manager, signal, "beantwoorden", text="<b>Nee</b>\x0b\x1f {{ 7*7 }}")
    html = manager.get(work(signal)).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "<b>Nee</b>" not in html
