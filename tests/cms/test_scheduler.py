"""`manage.py tick`: jobs run when due, once, and a failing one does not hold up the rest."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.models import ContentPage
from cms.scheduler import registry
from cms.scheduler.models import JobRun
from cms.scheduler.services import last_tick, run_due
from tests.factories import pages as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_jobs(monkeypatch):
    """Replace the registered jobs for one test."""

    def replace(*jobs):
        monkeypatch.setattr(registry, "_jobs", {job.name: job for job in jobs})

    return replace


def counting(name, counter, **options):
    return registry.Job(name=name, run=lambda stopping: counter.append(name), seconds=60, **options)


def test_tick_publishes_a_page_whose_time_has_come(home):
    page = make.ContentPageFactory(parent=home, live=False, title="Straks te lezen")
    page.go_live_at = timezone.now() - timedelta(seconds=1)
    page.save_revision(approved_go_live_at=page.go_live_at)

    call_command("tick", stdout=StringIO())

    assert ContentPage.objects.get(pk=page.pk).live


def test_a_job_runs_once_and_again_when_its_time_has_passed(only_jobs):
    ran = []
    only_jobs(counting("klok", ran))

    run_due()
    run_due()
    assert ran == ["klok"]

    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    run_due()
    assert ran == ["klok", "klok"]
    assert last_tick() is not None


def test_a_job_that_fails_is_reported_and_the_others_run(only_jobs):
    ran = []

    def broken(stopping):
        raise RuntimeError("geen verbinding")

    only_jobs(registry.Job("a-stuk", broken, 60), counting("b-heel", ran))

    with pytest.raises(CommandError, match="a-stuk"):
        call_command("tick", stdout=StringIO())

    assert ran == ["b-heel"]
    assert "geen verbinding" in JobRun.objects.get(name="a-stuk").error
    assert not JobRun.objects.get(name="a-stuk").running


def test_a_job_that_another_process_runs_waits_until_that_counts_as_dead(only_jobs):
    ran = []
    only_jobs(counting("alleen", ran, dead_after=100))
    an_hour_ago = timezone.now() - timedelta(hours=1)
    JobRun.objects.create(
        name="alleen", due_at=an_hour_ago, started_at=timezone.now(), running=True
    )

    run_due()
    assert ran == []

    JobRun.objects.update(started_at=an_hour_ago)
    run_due()
    assert ran == ["alleen"]


def test_a_job_for_many_processes_also_runs_beside_another(only_jobs):
    ran = []
    only_jobs(counting("samen", ran, alone=False))
    now = timezone.now()
    JobRun.objects.create(name="samen", due_at=now, started_at=now, running=True)

    run_due()

    assert ran == ["samen"]


def test_no_new_job_begins_once_the_process_is_asked_to_stop(only_jobs):
    ran = []
    only_jobs(counting("klok", ran))
    assert run_due(stopping=lambda: True) == {}
    assert ran == []


def test_an_unknown_job_is_refused_with_the_names_there_are():
    with pytest.raises(CommandError, match="publish-scheduled"):
        call_command("tick", only="bestaat-niet")
