"""Small services of the site that every floor uses."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Task, Workflow

#: Names that Wagtail gives its first groups and workflow -> ours.
GROUP_NAMES = {"Moderators": "Eindredacteuren", "Editors": "Redacteuren"}
WAGTAIL_WORKFLOW = "Moderators approval"
MODERATION_WORKFLOW = "Nalezen door de eindredactie"


def absolute_url(path: str) -> str:
    """The address of `path` on the public site, from BASE_URL and not from the request's Host."""
    return urljoin(settings.BASE_URL.rstrip("/") + "/", path)


def default_site_settings():
    """What was filled in for the municipality (`cms.models.SiteSettings`), without a request.

    The defaults, unsaved, where nothing was; one query.
    """
    from .models import SiteSettings

    known = SiteSettings.base_queryset().filter(site__is_default_site=True)
    return known.first() or SiteSettings()


@transaction.atomic
def ensure_moderation_workflow() -> None:
    """Give the groups and the workflow that Wagtail makes at its start Dutch names, once.

    Pages outside areas follow this workflow: who may not publish hands them in to the group
    "Eindredacteuren". What an administrator named or removed stays as it is.
    """
    if not Workflow.objects.filter(name=WAGTAIL_WORKFLOW).update(name=MODERATION_WORKFLOW):
        return
    Task.objects.filter(name=WAGTAIL_WORKFLOW).update(name=MODERATION_WORKFLOW)
    for name, dutch in GROUP_NAMES.items():
        if not Group.objects.filter(name=dutch).exists():
            Group.objects.filter(name=name).update(name=dutch)
