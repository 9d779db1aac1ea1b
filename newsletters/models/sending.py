"""What is sent to whom: the mailing of an edition and a delivery for every address."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..addresses import MAX_LENGTH
from ..querysets import DeliveryQuerySet, MailingQuerySet
from .edition import NewsletterPage
from .subscription import Subscription


class Mailing(models.Model):
    """The one sending of an edition: its text and its list, frozen when somebody confirmed it.

    `html` and `text` hold the marks of `rendering.newsletter` where each delivery's own links
    come. `audience` is {"areas": [ids], "councils": [ids]} as it was then.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Gepland")
        SENDING = "sending", _("Wordt verzonden")
        DONE = "done", _("Verzonden")

    edition = models.OneToOneField(
        NewsletterPage,
        verbose_name=_("nieuwsbrief"),
        on_delete=models.CASCADE,
        related_name="mailing",
    )
    state = models.CharField(
        _("stand"), max_length=12, choices=State, default=State.SCHEDULED, db_index=True
    )
    send_at = models.DateTimeField(_("verzenden op"))
    confirmed_at = models.DateTimeField(_("bevestigd op"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bevestigd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("begonnen"), null=True)
    finished_at = models.DateTimeField(_("klaar"), null=True)
    audience = models.JSONField(_("gekozen ontvangers"), default=dict)
    subject = models.CharField(_("onderwerp"), max_length=300)
    html = models.TextField()
    text = models.TextField()
    from_email = models.CharField(_("afzender"), max_length=320)
    reply_to = models.CharField(_("antwoord aan"), max_length=320, blank=True)
    list_id = models.CharField(max_length=320)
    #: Why nothing goes out just now, in the words of the mail server or in ours.
    trouble = models.TextField(_("storing"), blank=True)
    trouble_since = models.DateTimeField(_("storing sinds"), null=True)
    trouble_count = models.PositiveIntegerField(_("pogingen"), default=0)
    next_attempt_at = models.DateTimeField(_("volgende poging"), null=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzending")
        verbose_name_plural = _("verzendingen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["scheduled", "sending", "done"]),
                name="mailing_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One mail to one address. The states and who may change them: `sending/claims.py`."""

    class State(models.TextChoices):
        QUEUED = "queued", _("In de wachtrij")
        CLAIMED = "claimed", _("Wordt klaargezet")
        HANDED_OVER = "handed_over", _("Wordt overgedragen")
        ACCEPTED = "accepted", _("Verzonden")
        DEFERRED = "deferred", _("Later opnieuw")
        FAILED = "failed", _("Mislukt")
        UNKNOWN = "unknown", _("Onbekend")
        SUPPRESSED = "suppressed", _("Niet verzonden")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    address = models.CharField(_("e-mailadres"), max_length=MAX_LENGTH)
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    #: Completes "U krijgt deze mail omdat …".
    reason = models.TextField(_("reden"))
    state = models.CharField(_("stand"), max_length=12, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_attempt_at = models.DateTimeField(_("volgende poging"), null=True)
    worker = models.CharField(max_length=36, blank=True)
    claimed_at = models.DateTimeField(_("aan de beurt sinds"), null=True)
    handed_over_at = models.DateTimeField(_("overgedragen"), null=True)
    finished_at = models.DateTimeField(_("afgehandeld"), null=True)
    #: What the mail server answered, or why we did not send.
    reply = models.TextField(_("antwoord"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezorging")
        verbose_name_plural = _("bezorgingen")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "address"], name="delivery_once"),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")), name="delivery_address_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "queued",
                        "claimed",
                        "handed_over",
                        "accepted",
                        "deferred",
                        "failed",
                        "unknown",
                        "suppressed",
                    ]
                ),
                name="delivery_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["mailing", "state", "id"], name="delivery_mailing_state"),
            models.Index(fields=["address"], name="delivery_address"),
            models.Index(fields=["worker"], name="delivery_worker", condition=~models.Q(worker="")),
        ]

    def __str__(self) -> str:
        return self.address


class MailWorker(models.Model):
    """A process that sends now; when it is not seen for a while it counts as dead."""

    key = models.CharField(max_length=36, primary_key=True)
    started_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    seen_at = models.DateTimeField(_("voor het laatst gezien"), default=timezone.now)

    class Meta:
        verbose_name = _("verzendproces")
        verbose_name_plural = _("verzendprocessen")

    def __str__(self) -> str:
        return self.key
