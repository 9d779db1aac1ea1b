"""What is sent to whom: the mailing of an edition or overview, and a delivery for each address."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..addresses import MAX_LENGTH
from ..querysets import DeliveryQuerySet, MailingQuerySet
from .approval import Approval
from .edition import NewsletterPage
from .overview import Overview
from .subscription import Subscription


class Mailing(models.Model):
    """The one sending of an edition: its text and its list, frozen when somebody approved it.

    Approved, it waits for who sends it (`send_at` is empty); where nobody else need approve, it is
    frozen when it is confirmed.

    Or part of a monthly overview: for everybody who gets the same editions. Nobody confirms that.

    `html` and `text` hold the marks of `rendering.newsletter` where each delivery's own links
    come. `audience` is what `sending.audience.Audience` holds, as ids by kind, as it was then.
    """

    class State(models.TextChoices):
        APPROVED = "approved", _("Goedgekeurd")
        SCHEDULED = "scheduled", _("Gepland")
        LATE = "late", _("Te laat: wacht op u")
        SENDING = "sending", _("Wordt verzonden")
        PAUSED = "paused", _("Gepauzeerd")
        CANCELLED = "cancelled", _("Gestopt")
        DONE = "done", _("Verzonden")

    #: States in which a worker may hold deliveries.
    UNDER_WAY = (State.SENDING, State.PAUSED, State.CANCELLED)

    edition = models.OneToOneField(
        NewsletterPage,
        verbose_name=_("nieuwsbrief"),
        null=True,
        on_delete=models.CASCADE,
        related_name="mailing",
    )
    overview = models.ForeignKey(
        Overview,
        verbose_name=_("maandoverzicht"),
        null=True,
        on_delete=models.CASCADE,
        related_name="mailings",
    )
    state = models.CharField(
        _("stand"), max_length=12, choices=State, default=State.SCHEDULED, db_index=True
    )
    approval = models.OneToOneField(
        Approval, null=True, on_delete=models.SET_NULL, related_name="mailing"
    )
    send_at = models.DateTimeField(_("verzenden op"), null=True)
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
    #: Who paused or stopped it while it was being sent.
    held_at = models.DateTimeField(_("stilgezet op"), null=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stilgezet door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
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
                condition=models.Q(
                    state__in=[
                        "approved",
                        "scheduled",
                        "late",
                        "sending",
                        "paused",
                        "cancelled",
                        "done",
                    ]
                ),
                name="mailing_state_known",
            ),
            # An overview begins when it is made: it is never planned, so it cannot be late.
            models.CheckConstraint(
                condition=models.Q(edition__isnull=False, overview__isnull=True)
                | models.Q(
                    edition__isnull=True,
                    overview__isnull=False,
                    state__in=["sending", "paused", "cancelled", "done"],
                ),
                name="mailing_of_edition_or_overview",
            ),
            models.CheckConstraint(
                condition=models.Q(state="approved", send_at__isnull=True)
                | models.Q(~models.Q(state="approved"), send_at__isnull=False),
                name="mailing_approved_or_planned",
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

    #: Without an index of its own: two others begin with it, and each costs time for every mail.
    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    #: That of the mailing, if any, so that the database lets nobody in it twice.
    overview = models.ForeignKey(
        Overview, null=True, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    address = models.CharField(_("e-mailadres"), max_length=MAX_LENGTH)
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    #: Of a person on a list; only who may see addresses of subscribers sees it whole.
    personal = models.BooleanField(_("adres van een persoon"), default=False)
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
    #: What a mail provider calls this mail, where one took it through its API.
    provider_id = models.CharField(max_length=200, blank=True)
    #: When somebody left by the link in this mail.
    left_at = models.DateTimeField(_("afgemeld"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezorging")
        verbose_name_plural = _("bezorgingen")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "address"], name="delivery_once"),
            models.UniqueConstraint(
                fields=["overview", "address"],
                condition=models.Q(overview__isnull=False),
                name="delivery_once_a_month",
            ),
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
            models.Index(
                fields=["provider_id"],
                name="delivery_provider_id",
                condition=~models.Q(provider_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def moments(self) -> list[tuple[str, datetime | None]]:
        """Each step with its moment, in order; None where it did not come to that."""
        waits = self.state == self.State.DEFERRED
        return [
            (_("aan de beurt"), self.claimed_at),
            (_("overgedragen"), self.handed_over_at),
            (_("afgehandeld"), self.finished_at),
            (_("volgende poging"), self.next_attempt_at if waits else None),
            (_("afgemeld"), self.left_at),
        ]


class Bounce(models.Model):
    """What came back after a server had accepted a mail; made in `bounces/services.py`."""

    class Kind(models.TextChoices):
        HARD = "hard", _("Adres werkt niet")
        SOFT = "soft", _("Kwam nu niet aan")
        COMPLAINT = "complaint", _("Gemeld als ongewenst")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="bounces")
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    #: Enhanced status code (RFC 3463) such as 5.1.1, where there was one.
    status = models.CharField(_("code"), max_length=12, blank=True)
    words = models.TextField(_("antwoord"), blank=True)
    received_at = models.DateTimeField(_("ontvangen"), default=timezone.now)

    class Meta:
        verbose_name = _("teruggekomen mail")
        verbose_name_plural = _("teruggekomen mails")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "kind"], name="bounce_once_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["hard", "soft", "complaint"]),
                name="bounce_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.status}".strip()


class Answer(models.Model):
    """That somebody answered a newsletter; not who, nor what. A digest tells the mails apart."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="answers")
    digest = models.CharField(max_length=64)
    counted_at = models.DateTimeField(_("geteld op"), default=timezone.now)

    class Meta:
        verbose_name = _("antwoord op een nieuwsbrief")
        verbose_name_plural = _("antwoorden op een nieuwsbrief")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "digest"], name="answer_counted_once"),
        ]

    def __str__(self) -> str:
        return self.digest


class Pace(models.Model):
    """The one row by which all workers together keep to the limit of mails a minute."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    next_free_at = models.DateTimeField(_("volgende mail op"), default=timezone.now)

    class Meta:
        verbose_name = _("tempo")
        verbose_name_plural = _("tempo")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="pace_is_one_row")]

    def __str__(self) -> str:
        return str(self.next_free_at)


class MailWorker(models.Model):
    """A process that sends now; when it is not seen for a while it counts as dead."""

    key = models.CharField(max_length=36, primary_key=True)
    #: Host and number of the process, for who looks for it.
    process = models.CharField(_("proces"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    seen_at = models.DateTimeField(_("voor het laatst gezien"), default=timezone.now)

    class Meta:
        verbose_name = _("verzendproces")
        verbose_name_plural = _("verzendprocessen")

    def __str__(self) -> str:
        return self.key
