"""Removing all content and the users of the demo; only ever called where the demo is."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Site,
    Task,
    Workflow,
)

from areas.councils.models import Council, CouncilMeeting
from areas.models import Place, Theme
from areas.signals.models import Attachment, Signal
from cms.models import EditorRole
from cms.services import MODERATION_WORKFLOW
from newsletters.models import (
    AddressList,
    Mailing,
    MapPicture,
    Overview,
    Subscription,
    Suppression,
)
from surveys.models import Answer, Poll, PollVote, Response

from .models import DemoLoad


def remove_everything() -> None:
    """Delete all that editors and visitors made, within a transaction of the caller.

    Wagtail removes the files of images and documents when that transaction is through.
    """
    usernames = [name for load in DemoLoad.objects.all() for name in load.usernames]
    # What is kept from deletion by others goes first.
    for stored in (*Attachment.objects.all(), *MapPicture.objects.all()):
        stored.file.delete(save=False)
    Signal.objects.filter(merged_into__isnull=False).delete()
    for rows in (
        Signal.objects,
        Answer.objects,
        Response.objects,
        PollVote.objects,
        Poll.objects,
        Mailing.objects,
        Overview.objects,
        AddressList.objects,
        MapPicture.objects,
        Subscription.objects,
        Suppression.objects,
        CouncilMeeting.objects,
        Council.objects,
        Place.objects,
    ):
        rows.all().delete()
    Workflow.objects.exclude(name=MODERATION_WORKFLOW).delete()
    Task.objects.exclude(name=MODERATION_WORKFLOW).delete()
    groups = list(
        Group.objects.filter(page_permissions__page__areapage__isnull=False).values_list(
            "pk", flat=True
        )
    )
    groups += EditorRole.objects.values_list("group_id", flat=True)
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.specific.delete()
    for rows in (Theme.objects, PageLogEntry.objects, ModelLogEntry.objects, Site.objects):
        rows.all().delete()
    Group.objects.filter(pk__in=groups).delete()
    get_image_model().objects.all().delete()
    get_document_model().objects.all().delete()
    for collection in Collection.get_first_root_node().get_children():
        collection.delete()
    get_user_model().objects.filter(username__in=usernames).delete()
    DemoLoad.objects.all().delete()
