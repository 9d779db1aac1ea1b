"""Answers that are not sent yet, for whoever holds their link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import DraftQuerySet
from .response import SurveyVersion


class Draft(models.Model):
    """A form as it was when somebody kept it to go on later.

    `key` is the SHA-256 (hex) of a secret that stands in the visitor's link and nowhere else.
    `data` is the form as a browser sends it (application/x-www-form-urlencoded), of the version
    it was begun with; nothing in it was checked yet. No address, cookie, account or moment.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("versie"), on_delete=models.CASCADE, related_name="drafts"
    )
    data = models.TextField(_("ingevuld"))
    kept_until = models.DateField(_("bewaard tot en met"), db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde invulling")
        verbose_name_plural = _("bewaarde invullingen")

    def __str__(self) -> str:
        return f"{self.version_id}"
