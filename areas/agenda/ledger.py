"""The ledger of an agenda item: what became public, when and why; written once, never changed."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: What an entry can be about besides a note that all of it still holds.
TRACKED = ("status", "start_date", "end_date", "lead", "goal", "money")
DATES = ("start_date", "end_date")


class LedgerIsClosedError(Exception):
    """Somebody tried to change or remove an entry; a mistake gets a correcting entry."""


class LedgerQuerySet(models.QuerySet):
    """Entries; they can be added and read."""

    def update(self, **kwargs):
        raise LedgerIsClosedError

    def delete(self):
        raise LedgerIsClosedError

    def bulk_update(self, *args, **kwargs):
        raise LedgerIsClosedError

    def state(self) -> dict[str, str]:
        """Replay entries of one item: the present value of each tracked field, as text."""
        state = dict.fromkeys(TRACKED, "")
        rows = self.filter(field__in=TRACKED).order_by("pk").values_list("field", "new")
        state.update(rows)
        return state

    def states(self) -> dict[int, dict[str, str]]:
        """Replay entries of many items: as `state`, by item; one query."""
        states: dict[int, dict[str, str]] = {}
        rows = self.filter(field__in=TRACKED).order_by("pk")
        for item_id, name, new in rows.values_list("item_id", "field", "new"):
            states.setdefault(item_id, dict.fromkeys(TRACKED, ""))[name] = new
        return states

    def since(self, on):
        """Entries since the date `on`, but those of a new period: they tell nothing of an item."""
        # A moment and not a date of the entry: so the index is of use.
        begin = datetime.combine(on, time(), tzinfo=timezone.get_default_timezone())
        return self.filter(at__gte=begin).exclude(field=LedgerEntry.Field.AGENDA)

    def moments(self):
        """The moments at which something became public, newest first, each once."""
        return self.order_by("-at").values_list("at", flat=True).distinct()


class LedgerEntry(models.Model):
    """One change of one field of an agenda item, as it became public.

    `old` and `new` are texts: a date as ISO 8601, a status by its value, nothing as "". The
    first publication writes one entry for each field that holds something (`opening`). Beside
    the tracked fields there are notes: that all still holds, and to which agenda it moved.
    """

    class Field(models.TextChoices):
        STATUS = "status", _("Status")
        START = "start_date", _("Begin")
        END = "end_date", _("Einde")
        LEAD = "lead", _("Trekker")
        GOAL = "goal", _("Doel")
        MONEY = "money", _("Geld")
        CONFIRMED = "confirmed", _("Nagekeken")
        AGENDA = "agenda", _("Agenda")

    # The database removes the entries of an item that is gone itself; see guard.py.
    item = models.ForeignKey(
        "agenda.AgendaItemPage",
        verbose_name=_("agendapunt"),
        on_delete=models.DO_NOTHING,
        related_name="ledger",
        db_index=False,  # `ledger_item_at` serves, and PostgreSQL would choose the wrong one
    )
    at = models.DateTimeField(_("wanneer"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("schrijver"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    author_role = models.CharField(_("functie"), max_length=400)
    field = models.CharField(_("wat"), max_length=12, choices=Field)
    opening = models.BooleanField(_("eerste stand"), default=False)
    old = models.TextField(_("was"), blank=True)
    new = models.TextField(_("werd"), blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel in de geschiedenis")
        verbose_name_plural = _("regels in de geschiedenis")
        ordering = ["-at", "pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at", "item"], name="ledger_at"),
            models.Index(fields=["item", "-at"], name="ledger_item_at"),
            # The work list asks of every item whether it was confirmed since a day.
            models.Index(
                fields=["item", "at"],
                name="ledger_confirmed",
                condition=models.Q(field="confirmed"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "field"],
                condition=models.Q(opening=True),
                name="ledger_opens_once",
            ),
            models.CheckConstraint(
                condition=models.Q(field="confirmed") | ~models.Q(old=models.F("new")),
                name="ledger_entry_is_a_change",
            ),
            models.CheckConstraint(
                condition=~models.Q(field__in=["start_date", "end_date"])
                | models.Q(old="")
                | ~models.Q(reason=""),
                name="ledger_moved_date_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(field="status", new__in=["vertraagd", "gestopt"])
                | ~models.Q(reason=""),
                name="ledger_delay_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d-%m-%Y} {self.get_field_display()}"

    def save(self, *args, **kwargs):
        """Add the entry; one that is there already stays as it is."""
        if not self._state.adding:
            raise LedgerIsClosedError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise LedgerIsClosedError
