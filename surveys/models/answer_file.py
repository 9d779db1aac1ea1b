"""Files that came with answers, and those that wait for the rest of a form."""

import uuid

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from cms.files.checking import ENDINGS, PDF
from cms.files.storage import private_storage

from ..querysets import AnswerFileQuerySet
from .draft import Draft
from .response import Response
from .survey import SurveyPage

FOLDER = "surveys"


def file_path(answer_file, _filename: str) -> str:
    """Where a file lies: a name of our own, so nothing of the visitor's is on the disk."""
    return f"{FOLDER}/{answer_file.pk}{ENDINGS[answer_file.content_type]}"


class AnswerFile(models.Model):
    """A checked file: of a response, or waiting until its form is sent.

    The key follows from a secret that stands in the visitor's form (`surveys.files.services`), so
    that the same form sent twice holds the same file. While it waits it has the day until which
    it is kept, the visitor's own name for it, and perhaps the draft it goes on with. All of that
    goes when it comes with a response: a name can tell who somebody is.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="answer_files"
    )
    question_id = models.CharField(_("vraag"), max_length=36)
    response = models.ForeignKey(
        Response,
        verbose_name=_("inzending"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
    )
    draft = models.ForeignKey(
        Draft,
        verbose_name=_("bewaarde invulling"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
    )
    file = models.FileField(upload_to=file_path, storage=private_storage, max_length=120)
    own_name = models.CharField(_("naam"), max_length=120, blank=True)
    content_type = models.CharField(
        max_length=40, choices=[(kind, kind.partition("/")[2].upper()) for kind in ENDINGS]
    )
    size = models.PositiveIntegerField(_("grootte in bytes"))
    kept_until = models.DateField(_("bewaard tot en met"), null=True, blank=True, db_index=True)

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestand bij een antwoord")
        verbose_name_plural = _("bestanden bij antwoorden")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(response__isnull=True, kept_until__isnull=False)
                | models.Q(
                    response__isnull=False, kept_until__isnull=True, draft__isnull=True, own_name=""
                ),
                name="survey_file_waits_or_is_answered",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """A name of our own, by which the files with the answers are found in a download."""
        return f"{self.pk.hex[:12]}{ENDINGS[self.content_type]}"

    @property
    def is_image(self) -> bool:
        return self.content_type != PDF


@receiver(post_delete, sender=AnswerFile, dispatch_uid="surveys.answer-file")
def _delete_file(instance: AnswerFile, **kwargs) -> None:
    """A file goes with its row, once that is sure."""
    path = instance.file.name
    transaction.on_commit(lambda: private_storage().delete(path), robust=True)
