"""Reminders before a term, an honest word after it, and the end of personal data."""

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site

from areas.signals.models import Attachment, Signal, SignalContact, SignalMail, SignalStep
from areas.signals.services import handling
from areas.signals.services.watch import watch_terms
from cms.models import SiteSettings
from tests.factories import signals as brought

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Kind = SignalStep.Kind
#: Received on Friday 4 September 2026: ten working days end on Friday 18 September.
RECEIVED, DUE = datetime(2026, 9, 4, 12, tzinfo=AMSTERDAM), date(2026, 9, 18)


@pytest.fixture
def signal(north, area_manager):
    signal = brought.from_council(brought.council_in(north), now=RECEIVED)
    assert signal.due_on == DUE
    return signal


@pytest.fixture
def escalation(home):
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"escalation_email": "hoofd@example.nl"}
    )


def on(day, month=9, hour=8):
    return datetime(2026, month, day, hour, tzinfo=AMSTERDAM)


def steps(signal):
    return list(signal.steps.order_by("pk").values_list("kind", flat=True))[1:]


def addresses(signal, kind):
    return set(
        SignalMail.objects.filter(step__signal=signal, step__kind=kind).values_list(
            "address", flat=True
        )
    )


def test_remind_once_before_and_escalate_once_after(signal, escalation):
    told = []
    for day in [*range(11, 31)]:
        watch_terms(now=on(day))
        watch_terms(now=on(day, hour=16))
        told.append((day, steps(signal)))
    assert dict(told)[14] == []
    assert dict(told)[15] == [Kind.REMINDED]  # three working days before Friday 18
    assert dict(told)[20] == [Kind.REMINDED]  # a Sunday: the term is over, nobody works
    assert dict(told)[30] == [Kind.REMINDED, Kind.ESCALATED]
    assert signal.steps.get(kind=Kind.ESCALATED).at == on(21)
    assert addresses(signal, Kind.REMINDED) == {"gebiedsmanager-noord@example.nl"}
    assert addresses(signal, Kind.ESCALATED) == {
        "gebiedsmanager-noord@example.nl",
        "hoofd@example.nl",
        "secretaris-dorpsraad-lijnden@example.nl",
        "voorzitter-dorpsraad-lijnden@example.nl",
    }


def test_a_new_term_is_watched_anew(signal, area_manager):
    watch_terms(now=on(16))
    handling.extend(signal=signal, version=0, user=area_manager, reason="Drukte", now=on(17))
    watch_terms(now=on(21))
    assert steps(signal) == [Kind.REMINDED, Kind.EXTENDED]
    watch_terms(now=on(30))
    assert steps(signal) == [Kind.REMINDED, Kind.EXTENDED, Kind.REMINDED]
    row = handling.answer(
        signal=signal, version=1, user=area_manager, text="Ja", now=on(2, month=10)
    )
    watch_terms(now=on(9, month=10))
    handling.reopen(signal=row, text="Nee", now=on(9, month=10))
    watch_terms(now=on(26, month=10))
    assert steps(signal)[3:] == [Kind.ANSWERED, Kind.REOPENED, Kind.ESCALATED]


def test_killed_halfway_the_next_run_goes_on(north, signal):
    second = brought.from_council(signal.council, now=RECEIVED)
    answers = iter([False, True])
    assert watch_terms(now=on(21), stopping=lambda: next(answers))["escalated"] == 1
    assert watch_terms(now=on(21)) == {"reminded": 0, "escalated": 1}
    assert steps(signal) == steps(second) == [Kind.ESCALATED]


def test_the_scheduler_watches_and_mails(signal, mailoutbox, django_capture_on_commit_callbacks):
    brought.age(signal, due_on=timezone.localdate() - timedelta(days=30))
    SignalMail.objects.update(sent_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick", only="signals-terms", stdout=StringIO())
    expected = [Kind.ESCALATED] if timezone.localdate().weekday() < 5 else []
    assert steps(signal) in ([], expected)  # a public holiday is no working day either
    assert len(mailoutbox) == (3 if steps(signal) else 0)


def test_no_word_about_what_is_answered_or_does_not_count(north, signal, area_manager):
    handling.answer(signal=signal, version=0, user=area_manager, text="Ja", now=on(7))
    unconfirmed = brought.from_resident(north, confirmed=False)
    assert watch_terms(now=on(21)) == {"reminded": 0, "escalated": 0}
    assert not unconfirmed.steps.exists()


def purge(**options):
    output = StringIO()
    call_command("purge_expired", stdout=output, **options)
    return output.getvalue()


def test_who_asked_is_forgotten_a_time_after_the_answer(north, signal, settings):
    settings.SIGNAL_CONTACT_RETENTION_DAYS = 100
    now = timezone.now()
    signals = {
        name: brought.from_resident(north, subject=name, days_ago=300)
        for name in ("oud", "nieuw", "open", "dubbel")
    }
    done = {"state": "beantwoord", "answer": "Ja", "in_term": True}
    brought.age(signals["oud"], answered_at=now - timedelta(days=101), **done)
    brought.age(signals["nieuw"], answered_at=now - timedelta(days=99), **done)
    brought.age(signals["dubbel"], state="samengevoegd", merged_into=signals["oud"])
    SignalMail.objects.update(planned_at=now - timedelta(days=99))
    signals["oud"].steps.get().mails.update(planned_at=now - timedelta(days=101))
    output = purge(dry_run=True)
    assert "contacts of signals: would remove 2" in output
    assert SignalContact.objects.count() == 4
    output = purge()
    assert "bewoner" not in output
    left = set(SignalContact.objects.values_list("signal__subject", flat=True))
    assert left == {"nieuw", "open"}
    assert Signal.objects.filter(subject="oud").exists()
    assert not SignalMail.objects.filter(signal=signals["oud"]).exists()
    assert SignalMail.objects.filter(signal=signals["nieuw"]).exists()
    assert "contacts of signals: would remove 0" in purge(dry_run=True)


def test_what_nobody_confirmed_goes_with_its_files(north, settings):
    settings.SIGNAL_UNCONFIRMED_RETENTION_DAYS = 7
    kept = []
    for days, confirmed in ((8, False), (6, False), (8, True)):
        signal = brought.from_resident(north, days_ago=days, confirmed=confirmed)
        attachment = Attachment(signal=signal, name="foto.jpg", content_type="image/jpeg", size=4)
        attachment.file.save("foto.jpg", ContentFile(b"foto"))
        kept.append((signal.pk, attachment.file.path))
    gone = kept.pop(0)
    assert "unconfirmed signals: would remove 1" in purge(dry_run=True)
    purge()
    assert {pk for pk, _path in kept} == set(Signal.objects.values_list("pk", flat=True))
    assert all(Path(path).exists() for _pk, path in kept)
    assert not Path(gone[1]).exists()
