"""The demo where something is in its way: nothing is changed, nothing stays behind."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models.signals import post_save
from wagtail.models import Page

from areas.agenda.models import AgendaPage
from cms.models import HomePage


class BrokenOffError(Exception):
    """What stops the load."""


def files() -> set[str]:
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def rows() -> dict[str, int]:
    """Number of rows of every model of the site."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def written_at_the_break():
    """Breaks the load off halfway, at its first agenda; gives the files that stood there then."""
    written = set()

    def break_off(**_kwargs):
        written.update(files())
        raise BrokenOffError

    post_save.connect(break_off, sender=AgendaPage)
    yield written
    post_save.disconnect(break_off, sender=AgendaPage)


def test_load_that_breaks_off_leaves_nothing(db, written_at_the_break):
    before, before_files = rows(), files()
    with pytest.raises(BrokenOffError):
        call_command("load_demo")
    assert rows() == before
    assert files() == before_files
    kinds = {Path(name).suffix for name in written_at_the_break - before_files}
    assert {".jpg", ".pdf"} <= kinds
    assert not HomePage.objects.exists()


@pytest.mark.parametrize("reset", [False, True])
def test_site_with_content_of_its_own_is_left_alone(north, reset):
    before = rows()
    with pytest.raises(CommandError, match="content or users of its own"):
        call_command("load_demo", reset=reset)
    assert rows() == before
    assert Page.objects.filter(pk=north.pk).exists()


def test_user_of_the_same_name_is_left_alone(make_user):
    make_user("enquetes")
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert get_user_model().objects.count() == 1
