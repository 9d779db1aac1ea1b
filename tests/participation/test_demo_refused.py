"""The demo where something is in its way: nothing is changed, nothing stays behind."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from wagtail.models import Page

from cms.models import HomePage
from newsletters.models import Subscription


def files() -> set[str]:
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def rows() -> dict[str, int]:
    """Number of rows of every model of the site."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_load_that_breaks_off_leaves_nothing(db):
    """An address that is taken breaks it off near the end."""
    Subscription.objects.create(email="bewoner7@example.nl")
    before, before_files = rows(), files()
    with pytest.raises(IntegrityError):
        call_command("load_demo")
    assert rows() == before
    assert files() == before_files
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
