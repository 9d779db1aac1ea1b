"""Who may decide about an edition. The one place for these rules.

May judge: who may publish it (managers of its area, newsletter editors), and the managers of each
area that it goes to. May approve: those, except who wrote since it was approved last. An
administrator may approve own work; that stands on record.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from areas.permissions import managed_areas

from ..models import (
    Approval,
    EditionApprovalTask,
    NewsletterPage,
    NewsletterSettings,
    RhythmDraft,
)
from ..sending.audience import reached_areas

WROTE = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "wagtail.copy")
SETTLED = "newsletters.settle"
ADMIN = "wagtailadmin.access_admin"


def approval_needed() -> bool:
    """Whether somebody else must approve before an edition goes out."""
    return NewsletterSettings.current().approval_needed


def waits_for_approval(edition) -> bool:
    """Whether an edition is at our step of its workflow."""
    return isinstance(edition.current_workflow_task, EditionApprovalTask)


def addressed_area_ids(edition) -> set[int]:
    """The areas that an edition, or a draft of it, goes to."""
    return reached_areas(edition.audience)


def may_judge(*, edition_id: int, user) -> bool:
    """Whether the user may look at an edition that waits, and say something about it."""
    edition = NewsletterPage.objects.filter(pk=edition_id).first()
    return edition is not None and may_judge_edition(edition=edition, user=user)


def may_judge_edition(*, edition, user) -> bool:
    """As `may_judge`, of an edition that was read."""
    if not user.is_active or not user.has_perm(ADMIN):
        return False
    if edition.permissions_for_user(user).can_publish():
        return True
    managed = set(managed_areas(user).values_list("pk", flat=True))
    draft = edition.get_latest_revision_as_object()
    return bool(managed & addressed_area_ids(draft))


def writers(edition) -> set[int]:
    """Ids of the users who wrote since the edition was approved last; three queries.

    What was approved before, two people have seen. Somebody who only corrected that may be judged
    by who wrote the rest. An approval that was taken back counts as none. Who wrote the fixed
    texts of an area wrote the drafts that its rhythm makes.
    """
    approvals = Approval.objects.filter(edition=edition.pk)
    standing = approvals.exclude(lapsed_at__isnull=False, changed=False)
    last = standing.order_by("-approved_at").first()
    revisions = Revision.page_revisions.filter(object_id=str(edition.pk), user__isnull=False)
    drafts = RhythmDraft.objects.filter(page=edition.pk)
    entries = PageLogEntry.objects.filter(
        Q(page=edition.pk, action__in=WROTE)
        | Q(page__in=drafts.values("area"), action=SETTLED, data__texts=True),
        user__isnull=False,
    )
    if last is not None:
        revisions = revisions.filter(created_at__gt=last.approved_at)
        entries = entries.filter(timestamp__gt=last.approved_at)
    found = set(revisions.values_list("user_id", flat=True))
    return found | set(entries.values_list("user_id", flat=True))


def approvers(edition) -> list:
    """Who may approve an edition now, administrators only where there is nobody else.

    In alphabetical order; a number of queries that does not grow with the number of people.
    """
    from ..services import EDITOR_GROUP

    draft = edition.get_latest_revision_as_object()
    areas = addressed_area_ids(draft)
    if edition.area is not None:
        areas.add(edition.area.pk)
    users = get_user_model().objects.filter(is_active=True).exclude(pk__in=writers(edition))
    involved = Q(groups__name=EDITOR_GROUP) | Q(groups__managed_area__in=areas)
    found = list(users.filter(involved).distinct().order_by("last_name", "username"))
    return found or list(users.filter(is_superuser=True).order_by("last_name", "username"))


def to_judge(*, task: EditionApprovalTask, user) -> list[str]:
    """Numbers of the editions at our step that the user may approve, as Wagtail stores them.

    A few queries, whatever the number of editions.
    """
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state__task=task.pk,
        current_task_state__status=TaskState.STATUS_IN_PROGRESS,
    )
    ids = [int(pk) for pk in waiting.values_list("object_id", flat=True)]
    if not ids or not user.has_perm(ADMIN):
        return []
    managed = managed_areas(user).values_list("pk", flat=True)
    editions = NewsletterPage.objects.filter(pk__in=ids).defer("geometry", "map_geometry", "body")
    addressed = set(
        editions.filter(
            Q(to_areas__in=managed)
            | Q(to_council_areas__in=managed)
            | Q(to_councils__area__in=managed)
            | Q(to_places__area__in=managed)
            | Q(to_lists__area__in=managed)
        ).values_list("pk", flat=True)
    )
    wrote = set(
        Revision.page_revisions.filter(object_id__in=map(str, ids), user=user).values_list(
            "object_id", flat=True
        )
    )
    return [
        str(edition.pk)
        for edition in editions
        if (user.is_superuser or str(edition.pk) not in wrote)
        and (edition.pk in addressed or edition.permissions_for_user(user).can_publish())
    ]
