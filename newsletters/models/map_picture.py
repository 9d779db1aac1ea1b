"""Maps that were drawn for newsletters, kept so that an old mail still shows its own."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MapPicture(models.Model):
    """A map as a picture file; `key` says all that it shows, so one map is drawn once.

    Never changed and never removed: the mail that points to it is read for years.
    """

    key = models.CharField(max_length=64, unique=True)
    file = models.FileField(_("bestand"), upload_to="nieuwsbrieven/kaarten")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kaart in een nieuwsbrief")
        verbose_name_plural = _("kaarten in nieuwsbrieven")

    def __str__(self) -> str:
        return self.file.name

    @property
    def url(self) -> str:
        """Public address of the picture, on this site."""
        return self.file.url
