"""The ways along which answers to one survey come in."""

import secrets
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..collecting.querysets import CollectorQuerySet
from .survey import SurveyPage

KEY_BYTES = 9
LONGEST_TEXT = 2_000


def new_key() -> str:
    """Twelve characters for an address that nobody guesses (72 random bits)."""
    return secrets.token_urlsafe(KEY_BYTES)


class Collector(models.Model):
    """One link to a survey, for one group of people; what came along it is counted apart.

    It is open between its own moments and those of the survey: `narrow` gives the survey as it is
    for who comes along here. `password` is a hash by Django's hashers. `invited` counts everybody
    who was ever invited, also after the addresses are gone.
    """

    class Kind(models.TextChoices):
        RESIDENTS = "inwoners", _("Inwoners")
        ENTREPRENEURS = "ondernemers", _("Ondernemers")
        GROUPS = "organisaties", _("Organisaties en belangengroepen")
        PANEL = "panel", _("Digitaal panel")
        PAPER = "papier", _("Op papier")
        INTERVIEW = "gesprek", _("Gesprek op het spreekuur")
        OTHER = "anders", _("Anders")

    class Access(models.TextChoices):
        OPEN = "open", _("Iedereen met de link")
        CODE = "code", _("Een code per persoon")
        INVITATION = "uitnodiging", _("Een uitnodiging per e-mail")
        PASSWORD = "wachtwoord", _("Eén wachtwoord voor de groep")

    #: How it is filled in, by the kind; all others do so on the site.
    SOURCES = {Kind.PAPER: "papier", Kind.INTERVIEW: "gesprek"}

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="collectors"
    )
    name = models.CharField(_("naam"), max_length=100)
    kind = models.CharField(
        _("voor wie"), max_length=20, choices=Kind.choices, default=Kind.RESIDENTS
    )
    key = models.CharField(_("sleutel"), max_length=20, unique=True, default=new_key)
    access = models.CharField(
        _("toegang"), max_length=12, choices=Access.choices, default=Access.OPEN
    )
    password = models.CharField(_("wachtwoord"), max_length=128, blank=True, default="")
    opens_at = models.DateTimeField(_("open vanaf"), null=True, blank=True)
    closes_at = models.DateTimeField(_("open tot"), null=True, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    is_kiosk = models.BooleanField(_("tablet"), default=False)
    letter_text = models.TextField(
        _("tekst van de brief"), max_length=LONGEST_TEXT, blank=True, default=""
    )
    mail_subject = models.CharField(
        _("onderwerp van de mail"), max_length=100, blank=True, default=""
    )
    mail_text = models.TextField(
        _("tekst van de mail"), max_length=LONGEST_TEXT, blank=True, default=""
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("herinnering na zoveel dagen"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    invited = models.PositiveIntegerField(_("uitgenodigd"), default=0)

    objects = CollectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingang")
        verbose_name_plural = _("ingangen")
        ordering = ["survey", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "name"], name="survey_collector_name_once"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="survey_collector_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(access="wachtwoord", password__gt="")
                | (~Q(access="wachtwoord") & Q(password="")),
                name="survey_collector_password_where_asked",
            ),
            # On a tablet that everybody uses there is nobody to give a code to.
            models.CheckConstraint(
                condition=Q(is_kiosk=False) | Q(access="open"),
                name="survey_collector_kiosk_is_open",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["inwoners", "ondernemers", "organisaties", "panel", "papier",
                                      "gesprek", "anders"])
                & Q(access__in=["open", "code", "uitnodiging", "wachtwoord"]),
                name="survey_collector_known_kind_and_access",
            ),
            models.CheckConstraint(
                condition=Q(reminder_days=None) | Q(reminder_days__range=(1, 60)),
                name="survey_collector_reminder_in_days",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """How answers along here are filled in, unless on a tablet."""
        return self.SOURCES.get(self.kind, "site")

    @property
    def leaves_nothing(self) -> bool:
        """Many people use one device: it must keep nothing of anybody."""
        return self.is_kiosk or self.kind in self.SOURCES

    def narrow(self, survey: SurveyPage) -> None:
        """Let a survey, that is never saved, have the moments it has for who comes along here."""
        if self.opens_at:
            survey.opens_at = max(self.opens_at, survey.opens_at)
        if self.closes_at:
            survey.closes_at = min(self.closes_at, survey.closes_at)

    def state_at(self, moment: datetime) -> "SurveyPage.State":
        """Where the collector itself stands: stopped counts as closed."""
        if not self.is_active or (self.closes_at and moment >= self.closes_at):
            return SurveyPage.State.CLOSED
        if self.opens_at and moment < self.opens_at:
            return SurveyPage.State.PLANNED
        return SurveyPage.State.OPEN
