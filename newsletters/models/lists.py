"""Lists of addresses that an editor keeps, and the files with which they are filled."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage

from ..addresses import MAX_LENGTH
from ..querysets import AddressListQuerySet, ListMemberQuerySet
from ..validators import ONE_LINE

KEPT_DAYS = 730
SOON_DAYS = 60
SOURCE_LENGTH = 200


def in_two_years():
    """The last day of a new list, where its editor chooses no other."""
    return timezone.localdate() + timedelta(days=KEPT_DAYS)


class AddressList(models.Model):
    """People who said yes to mail about one subject; written in `lists/services.py`.

    Its name and purpose stand in every mail as the reason why somebody gets it. Without an area
    it is of the whole municipality.
    """

    name = models.CharField(
        _("naam"),
        max_length=80,
        validators=[ONE_LINE],
        help_text=_("Staat in elke mail: ‘U krijgt deze mail omdat u op de lijst … staat’."),
    )
    area = models.ForeignKey(
        AreaPage,
        verbose_name=_("gebied"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="address_lists",
    )
    purpose = models.CharField(
        _("waarvoor"),
        max_length=160,
        validators=[ONE_LINE],
        help_text=_("Staat ook in elke mail, zoals: nieuws over het winkelcentrum."),
    )
    consent = models.TextField(
        _("toestemming"),
        max_length=1000,
        help_text=_(
            "Hoe hebben mensen ja gezegd, en waarop? Zo kunt u het uitleggen als iemand ernaar "
            "vraagt."
        ),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gemaakt door"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)
    keep_until = models.DateField(
        _("bewaren tot en met"),
        default=in_two_years,
        db_index=True,
        help_text=_(
            "Daarna verwijderen wij de lijst met alle adressen. Langer mag u later kiezen."
        ),
    )

    objects = AddressListQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzendlijst")
        verbose_name_plural = _("verzendlijsten")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="address_list_name_once",
                violation_error_message=_(
                    "Er is al een lijst met deze naam. Kies een andere naam."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ends_soon(self) -> bool:
        """Whether its editor must choose a later day now, or let it go."""
        return self.keep_until <= timezone.localdate() + timedelta(days=SOON_DAYS)


class ListMember(models.Model):
    """An address on a list. Who left stays as such, so that no file brings the address back."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Op de lijst")
        LEFT = "left", _("Heeft zich afgemeld")

    address_list = models.ForeignKey(AddressList, on_delete=models.CASCADE, related_name="members")
    email = models.CharField(_("e-mailadres"), max_length=MAX_LENGTH)
    name = models.CharField(_("naam"), max_length=100, blank=True)
    consent_source = models.CharField(_("bron van toestemming"), max_length=SOURCE_LENGTH)
    consent_date = models.DateField(_("datum van toestemming"), null=True, blank=True)
    state = models.CharField(_("stand"), max_length=8, choices=State, default=State.ACTIVE)
    added_at = models.DateTimeField(_("toegevoegd op"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("toegevoegd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    left_at = models.DateTimeField(_("afgemeld op"), null=True)

    objects = ListMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("adres op een lijst")
        verbose_name_plural = _("adressen op een lijst")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["address_list", "email"], name="list_member_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="list_member_email_lower_case"
            ),
            models.CheckConstraint(
                condition=~models.Q(consent_source=""), name="list_member_with_consent"
            ),
            models.CheckConstraint(
                condition=models.Q(state="active", left_at__isnull=True)
                | models.Q(state="left", left_at__isnull=False),
                name="list_member_left_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="list_member_email")]

    def __str__(self) -> str:
        return self.email


class ListImport(models.Model):
    """A file of addresses that was read and waits for a yes; its rows hold what it would do.

    `counts` is what the user saw, by outcome. `version` goes up when that changes.
    """

    address_list = models.ForeignKey(AddressList, on_delete=models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("ingestuurd op"), default=timezone.now, db_index=True)
    file_name = models.CharField(_("bestand"), max_length=200)
    ignored_columns = models.JSONField(_("kolommen die wij overslaan"), default=list)
    counts = models.JSONField(_("aantallen"), default=dict)
    version = models.PositiveIntegerField(default=1)
    applied_at = models.DateTimeField(_("verwerkt op"), null=True)

    class Meta:
        verbose_name = _("ingestuurd bestand met adressen")
        verbose_name_plural = _("ingestuurde bestanden met adressen")
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name


class ListImportRow(models.Model):
    """A row of such a file; gone as soon as the file is used or forgotten."""

    class Outcome(models.TextChoices):
        NEW = "new", _("Komt op de lijst")
        KNOWN = "known", _("Staat er al op")
        DOUBLE = "double", _("Staat dubbel in het bestand")
        LEFT = "left", _("Heeft zich van deze lijst afgemeld")
        SUPPRESSED = "suppressed", _("Geblokkeerd adres")
        ERROR = "error", _("Klopt niet")

    sheet = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("rij"))
    email = models.CharField(_("e-mailadres"), max_length=MAX_LENGTH)
    name = models.CharField(_("naam"), max_length=100, blank=True)
    consent_source = models.CharField(
        _("bron van toestemming"), max_length=SOURCE_LENGTH, blank=True
    )
    consent_date = models.DateField(_("datum van toestemming"), null=True)
    outcome = models.CharField(_("wat er gebeurt"), max_length=10, choices=Outcome)
    #: What is wrong with the row, in Dutch.
    problem = models.CharField(_("wat er niet klopt"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rij van een bestand met adressen")
        verbose_name_plural = _("rijen van een bestand met adressen")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="list_import_row_once"),
        ]
        indexes = [models.Index(fields=["sheet", "email"], name="list_import_row_email")]

    def __str__(self) -> str:
        return f"{self.number}: {self.email}"
