"""Mails to colleagues about approval. Wagtail itself tells who asked what the answer is."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState
from wagtail.signals import task_submitted
from wagtail.users.models import UserProfile

from cms.mailing.text import wrap
from cms.services import absolute_url

from ..models import Approval, EditionApprovalTask
from .rules import approvers

logger = logging.getLogger(__name__)


def connect() -> None:
    """Tell the approvers of each request, however it was made."""
    task_submitted.connect(_asked, dispatch_uid="newsletters_approval_asked")


def _asked(sender, instance: TaskState, user=None, **kwargs) -> None:
    if isinstance(instance.task.specific, EditionApprovalTask):
        transaction.on_commit(lambda: tell_approvers(task_state=instance, user=user))


def tell_approvers(*, task_state: TaskState, user) -> None:
    """Ask all who may approve, except who asks. A mail that cannot be sent is no reason to fail:
    the first page of the admin asks the same."""
    edition = task_state.workflow_state.content_object.specific
    task_state.refresh_from_db(fields=["status"])  # who asks may approve in the same moment
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        return
    for person in approvers(edition):
        if person == user or not UserProfile.get_for_user(person).submitted_notifications:
            continue
        _send(
            person=person,
            edition=edition,
            subject=gettext_lazy("Wilt u deze nieuwsbrief nakijken? %(title)s"),
            text=gettext_lazy(
                "%(who)s vraagt of u de nieuwsbrief ‘%(title)s’ wilt nakijken. Zonder uw akkoord "
                "gaat hij niet weg. Bekijk de mail, de controle en de lijst van ontvangers, en "
                "keur hem goed of stuur hem terug:"
            ),
            user=user,
        )


def tell_lapsed(*, approval: Approval) -> None:
    """Tell who approved an edition that it was changed since."""
    person, user = approval.approved_by, approval.lapsed_by
    if person is None or person == user:
        return
    _send(
        person=person,
        edition=approval.edition,
        subject=gettext_lazy("De nieuwsbrief is veranderd na uw akkoord: %(title)s"),
        text=gettext_lazy(
            "U keurde de nieuwsbrief ‘%(title)s’ goed. Daarna veranderde %(who)s de inhoud of de "
            "ontvangers. Uw akkoord geldt niet meer. Er is niets verzonden. U ziet de nieuwsbrief "
            "hier:"
        ),
        user=user,
    )


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user is not None else _("Het systeem")


def _send(*, person, edition, subject, text, user) -> None:
    """Mail a colleague about an edition, in Dutch; `user` did what the mail is about."""
    if not person.email or not person.is_active:
        return
    title = " ".join(edition.get_admin_display_title().split())
    url = absolute_url(reverse("newsletter_send", args=[edition.pk]))
    with translation.override("nl"):
        subject = subject % {"title": title}
        words = wrap(text % {"title": title, "who": _name(user)})
    try:
        send_mail(
            subject,
            f"{words}\n\n{url}\n",
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
    except OSError as error:
        logger.error("A mail about the approval of edition %s was not sent: %s", edition.pk, error)
