"""Photos and PDFs with a signal."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.files.storage import private_storage

from .signal import Signal


def file_path(attachment, _filename: str) -> str:
    """Where a file lies: a name of our own, so nothing of the sender's is on the disk."""
    return f"signals/{attachment.pk}{attachment.extension}"


class Attachment(models.Model):
    """A file that passed all checks; a photo was written anew, without its position (EXIF)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=file_path, storage=private_storage, max_length=120)
    name = models.CharField(_("naam"), max_length=120)
    content_type = models.CharField(
        max_length=40,
        choices=[
            ("image/jpeg", "JPEG"),
            ("image/png", "PNG"),
            ("image/webp", "WebP"),
            ("application/pdf", "PDF"),
        ],
    )
    size = models.PositiveIntegerField(_("grootte in bytes"))

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        """How the file's name ends, by what it holds."""
        endings = {
            "image/jpeg": ".jpg",
            "image/png": ".png",
            "image/webp": ".webp",
            "application/pdf": ".pdf",
        }
        return endings[self.content_type]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
