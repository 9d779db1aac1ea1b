"""Write path of the import: a form becomes the draft of a survey."""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ..models import SurveyPage

OPEN_FOR = timedelta(weeks=4)
OUTCOME_AFTER = timedelta(weeks=6)
TITLE_LONGEST = 200


def usable_images(user: AbstractUser | None) -> Callable[[Iterable[int]], set[int]]:
    """Which pictures a user may choose; a command, which is nobody, may choose all."""

    def may_use(keys: Iterable[int]) -> set[int]:
        model = get_image_model()
        images = model.objects.all()
        if user is not None:
            policy = policy_registry.get_by_type(model)
            images = policy.instances_user_has_permission_for(user, "choose")
        return set(images.filter(pk__in=list(keys)).values_list("pk", flat=True))

    return may_use


def usable_documents(user: AbstractUser | None) -> Callable[[Iterable[int]], set[int]]:
    """Which documents a user may choose; a command, which is nobody, may choose all."""

    def may_use(keys: Iterable[int]) -> set[int]:
        model = get_document_model()
        documents = model.objects.all()
        if user is not None:
            policy = policy_registry.get_by_type(model)
            documents = policy.instances_user_has_permission_for(user, "choose")
        return set(documents.filter(pk__in=list(keys)).values_list("pk", flat=True))

    return may_use


@transaction.atomic
def make_draft(
    *,
    parent: Page,
    title: str,
    stream: list[dict],
    key: uuid.UUID,
    translations: dict | None = None,
    user: AbstractUser | None = None,
) -> SurveyPage:
    """A survey below `parent` that is not on the site; the same one for the same `key`.

    It opens in a week at the earliest moment of the day and stays open for OPEN_FOR; the editor
    changes both. Whether the user may add a survey there is for the caller to know.
    """
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    made = SurveyPage.objects.filter(translation_key=key).first()
    if made is not None:
        return made
    start = timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(weeks=1), time.min)
    )
    survey = SurveyPage(
        title=title[:TITLE_LONGEST],
        questions=stream,
        languages=list(translations or ()),
        translations=translations or {},
        opens_at=start,
        closes_at=start + OPEN_FOR,
        outcome_due=timezone.localdate() + OPEN_FOR + OUTCOME_AFTER,
        live=False,
        owner=user,
        translation_key=key,
    )
    parent.add_child(instance=survey)
    survey.save_revision(user=user, log_action="wagtail.create")
    return survey
