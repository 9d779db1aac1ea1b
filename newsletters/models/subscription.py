"""Who wants newsletters, and which addresses get none."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from areas.models import AreaPage, Place, Theme

from ..addresses import MAX_LENGTH
from ..querysets import SubscriptionQuerySet


class Subscription(models.Model):
    """An address and what it gets newsletters about; made and changed in `services.py`.

    An edition reaches who chose one of its areas, places, themes or pages (projects).
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Nog niet bevestigd")
        CONFIRMED = "confirmed", _("Bevestigd")
        UNSUBSCRIBED = "unsubscribed", _("Afgemeld")

    class Frequency(models.TextChoices):
        EACH = "each", _("Elke nieuwsbrief")
        MONTHLY = "monthly", _("Eén keer per maand een overzicht")

    email = models.CharField(_("e-mailadres"), max_length=MAX_LENGTH, unique=True)
    areas = models.ManyToManyField(
        AreaPage, verbose_name=_("gebieden"), blank=True, related_name="subscriptions"
    )
    places = models.ManyToManyField(
        Place, verbose_name=_("plaatsen"), blank=True, related_name="subscriptions"
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("thema's"), blank=True, related_name="subscriptions"
    )
    #: Projects and what else apps above let people follow.
    pages = models.ManyToManyField(
        Page, verbose_name=_("projecten"), blank=True, related_name="news_subscriptions"
    )
    frequency = models.CharField(
        _("hoe vaak"), max_length=8, choices=Frequency, default=Frequency.EACH
    )
    state = models.CharField(
        _("stand"), max_length=12, choices=State, default=State.PENDING, db_index=True
    )
    nonce = models.CharField(max_length=32, blank=True, editable=False)
    requested_at = models.DateTimeField(_("aangevraagd"), default=timezone.now)
    consent_version = models.CharField(_("tekst van de toestemming"), max_length=20, blank=True)
    consent_at = models.DateTimeField(_("toestemming gegeven"), null=True, blank=True)
    consent_source = models.CharField(_("hoe aangemeld"), max_length=100, blank=True)
    unsubscribed_at = models.DateTimeField(_("afgemeld"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnementen")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="subscription_email_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "confirmed", "unsubscribed"]),
                name="subscription_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(frequency__in=["each", "monthly"]),
                name="subscription_frequency_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | (models.Q(consent_at__isnull=False) & ~models.Q(consent_version="")),
                name="subscription_confirmed_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Suppression(models.Model):
    """An address that gets no newsletter, whatever list it stands on."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("Heeft zich afgemeld")
        BY_HAND = "by_hand", _("Door de redactie uitgezet")
        BOUNCED = "bounced", _("Mail aan dit adres komt terug")
        COMPLAINED = "complained", _("Meldde een mail van ons als ongewenst")

    email = models.CharField(_("e-mailadres"), max_length=MAX_LENGTH, unique=True)
    reason = models.CharField(
        _("reden"), max_length=12, choices=Reason, default=Reason.UNSUBSCRIBED
    )
    created_at = models.DateTimeField(_("sinds"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("geblokkeerd adres")
        verbose_name_plural = _("geblokkeerde adressen")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="suppression_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.email
