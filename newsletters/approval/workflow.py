"""The workflow of Wagtail in which editions wait for somebody else's approval."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowTask

from ..models import EditionApprovalTask, NewsletterSettings

NAME = "Nieuwsbrief goedkeuren"


def workflow_of_editions() -> Workflow | None:
    """The active workflow with our step in it, or None where approval is not needed."""
    if not settings.WAGTAIL_WORKFLOW_ENABLED or not NewsletterSettings.current().approval_needed:
        return None
    return _with_our_step().filter(active=True).first()


def ensure_after_migrate(apps=None, **kwargs) -> None:
    """Make the workflow on new and existing sites; nothing on the way to an older version."""
    try:
        apps.get_model("newsletters", "EditionApprovalTask")
    except LookupError:
        return
    ensure_approval_workflow()


@transaction.atomic
def ensure_approval_workflow() -> Workflow:
    """Make the workflow where there is none, and wake it where somebody switched it off.

    After every migration, and when an editor asks for approval. An administrator may give it
    another name and more steps.
    """
    found = _with_our_step().first()
    if found is None:
        found = Workflow.objects.create(name=NAME)
        task = EditionApprovalTask.objects.first() or EditionApprovalTask.objects.create(name=NAME)
        WorkflowTask.objects.create(workflow=found, task=task, sort_order=0)
    if not found.active:
        found.active = True
        found.save(update_fields=["active"])
    EditionApprovalTask.objects.filter(active=False).update(active=True)
    return found


def _with_our_step():
    kind = ContentType.objects.get_for_model(EditionApprovalTask)
    found = Workflow.objects.filter(workflow_tasks__task__content_type=kind)
    return found.order_by("-active", "pk")
