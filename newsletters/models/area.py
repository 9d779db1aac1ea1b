"""What an area settled about its newsletters: how often, from whom, and the drafts that made."""

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage
from cms.mailing.outbox import OutboxQuerySet

from .edition import ONE_LINE, NewsletterPage

FIXED_TEXT = 1500
#: What would pass for an address, break out of the quotes or turn the text around.
SENDER_NAME = RegexValidator(
    r"^[^@<>\"\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*\Z",
    _('Schrijf een naam, zonder e-mailadres en zonder de tekens < > " @.'),
)


class AreaNewsletter(models.Model):
    """One row for an area: the rhythm of its drafts, and what stands on all its newsletters.

    Written by `drafts.services`. Without a row nothing comes by itself and newsletters are from
    the municipality.
    """

    class Every(models.TextChoices):
        NEVER = "never", _("Niet vanzelf")
        WEEK = "week", _("Elke week")
        TWO_WEEKS = "two_weeks", _("Elke twee weken")
        MONTH = "month", _("Elke maand")
        TWO_MONTHS = "two_months", _("Elke twee maanden")
        QUARTER = "quarter", _("Elk kwartaal")

    area = models.OneToOneField(
        AreaPage,
        verbose_name=_("gebied"),
        on_delete=models.CASCADE,
        related_name="newsletter_settings",
    )
    every = models.CharField(
        _("hoe vaak"), max_length=12, choices=Every, default=Every.NEVER, blank=False
    )
    first_on = models.DateField(
        _("eerste keer"),
        null=True,
        blank=True,
        help_text=_(
            "Daarna steeds op dezelfde dag van de week of van de maand. Valt die dag in het "
            "weekend of op een feestdag? Dan maken wij het concept op de eerste werkdag erna."
        ),
    )
    #: Days before this are not made up for: the rhythm was another one then, or none.
    counts_from = models.DateField(_("geldt vanaf"), default=timezone.localdate, editable=False)
    to_subscribers = models.BooleanField(_("de abonnees van dit gebied"), default=True)
    to_councils = models.BooleanField(_("de dorps- en wijkraden van dit gebied"), default=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie krijgt bericht?"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Deze persoon krijgt een mail als het concept klaarstaat."),
    )
    sender_name = models.CharField(
        _("naam van de afzender"),
        max_length=60,
        blank=True,
        validators=[ONE_LINE, SENDER_NAME],
        help_text=_(
            "Staat in de mailbox als afzender, bijvoorbeeld: Gebiedsmanager Nieuw-Vennep. Het "
            "adres erachter blijft dat van de gemeente. Leeg: de afzender van de gemeente."
        ),
    )
    reply_to = models.EmailField(
        _("antwoorden gaan naar"),
        blank=True,
        help_text=_(
            "Kies een mailbox die u leest. Leeg: het e-mailadres van de gebiedsmanager, en als "
            "dat er niet is dat van de gemeente."
        ),
    )
    subject_prefix = models.CharField(
        _("begin van het onderwerp"),
        max_length=30,
        blank=True,
        validators=[ONE_LINE],
        help_text=_("Staat voor elk onderwerp, bijvoorbeeld: Nieuw-Vennep:"),
    )
    opening = models.TextField(
        _("vast begin"),
        max_length=FIXED_TEXT,
        validators=[MaxLengthValidator(FIXED_TEXT)],
        blank=True,
        help_text=_("Bijvoorbeeld de aanhef. Komt boven een leeg concept te staan."),
    )
    closing = models.TextField(
        _("vast slot"),
        max_length=FIXED_TEXT,
        validators=[MaxLengthValidator(FIXED_TEXT)],
        blank=True,
        help_text=_("Bijvoorbeeld een groet en het colofon. Komt onder het concept te staan."),
    )

    class Meta:
        verbose_name = _("nieuwsbrieven van een gebied")
        verbose_name_plural = _("nieuwsbrieven per gebied")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    every__in=["never", "week", "two_weeks", "month", "two_months", "quarter"]
                ),
                name="area_newsletter_every_known",
            ),
            models.CheckConstraint(
                condition=Q(every="never") | Q(first_on__isnull=False),
                name="area_newsletter_has_first_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.area)


class RhythmDraft(models.Model):
    """What the rhythm of an area did on one of its days: a draft, or nothing as nothing happened.

    Written in the transaction that makes the draft, once for an area and a day, so that a job
    that is killed or runs twice makes one.
    """

    area = models.ForeignKey(
        AreaPage, verbose_name=_("gebied"), on_delete=models.CASCADE, related_name="rhythm_drafts"
    )
    due_on = models.DateField(_("dag"))
    since = models.DateTimeField(_("nieuws vanaf"))
    until = models.DateTimeField(_("nieuws tot"))
    subjects = models.PositiveIntegerField(_("onderwerpen"), default=0)
    page = models.OneToOneField(
        NewsletterPage,
        verbose_name=_("concept"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="rhythm_draft",
    )

    class Meta:
        verbose_name = _("concept van het ritme")
        verbose_name_plural = _("concepten van het ritme")
        constraints = [
            models.UniqueConstraint(fields=["area", "due_on"], name="rhythm_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.due_on}"


class DraftMail(models.Model):
    """The mail to one editor that a draft waits, or that there was nothing to make it of."""

    draft = models.ForeignKey(RhythmDraft, on_delete=models.CASCADE, related_name="mails")
    address = models.EmailField(_("e-mailadres"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("verstuurd"), null=True)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    error = models.TextField(_("fout"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht over een concept")
        verbose_name_plural = _("berichten over concepten")
        constraints = [
            models.UniqueConstraint(fields=["draft", "address"], name="draft_mail_once"),
        ]

    def __str__(self) -> str:
        return self.address
