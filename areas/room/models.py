"""Links by which somebody of a council signs in, without a password."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.councils.models import Council

from .querysets import SignInLinkQuerySet


class SignInLink(models.Model):
    """One link for one address of one council; works once, for ROOM_LINK_MINUTES after its mail.

    Only a hash of its token is kept, made when the mail goes out: who reads the database cannot
    sign in. `claimed_at`: a process is sending it now. Deleted a day after it was asked for.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()
    next_path = models.CharField(max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    requested_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link om in te loggen")
        verbose_name_plural = _("links om in te loggen")
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=Q(sent_at__isnull=True),
                name="room_link_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | Q(token_hash__isnull=False, expires_at__isnull=False),
                name="room_link_sent_has_token",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(token_hash__isnull=False),
                name="room_link_used_has_token",
            ),
        ]

    def __str__(self) -> str:
        # Others may read this in logs, so it names no address.
        return f"{self.council_id} {self.requested_at:%d-%m-%Y %H:%M}"
