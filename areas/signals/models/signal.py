"""A signal: what a council or a resident brought in, with its term and its answer."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.councils.models import ActionPoint, Council
from areas.models import AreaPage
from areas.placed import Placed

from ..querysets import SignalQuerySet

#: Without letters and digits that people take for each other on paper or by telephone.
REFERENCE_ALPHABET = "ACDEFGHJKLMNPQRTUVWXY3479"
REFERENCE_LENGTH = 8


def new_reference() -> str:
    """A reference that tells nothing and cannot be guessed, such as K7F3-94QX."""
    code = "".join(secrets.choice(REFERENCE_ALPHABET) for _n in range(REFERENCE_LENGTH))
    return f"{code[:4]}-{code[4:]}"


class Signal(Placed):
    """One question, signal or initiative, from a council or (without council) a resident.

    `area` is whose manager answers: it follows from the place, else it is the council's. The
    term ends with the day `due_on` (Europe/Amsterdam). `version` rises with every change, so
    that who answers on an old page sees what was answered before; all changes go through
    `services`, each with a `SignalStep`.
    """

    class Kind(models.TextChoices):
        QUESTION = "vraag", _("Vraag")
        SIGNAL = "signaal", _("Signaal")
        INITIATIVE = "initiatief", _("Initiatief")

    class State(models.TextChoices):
        UNCONFIRMED = "onbevestigd", _("Nog niet bevestigd")
        RECEIVED = "ontvangen", _("Ontvangen")
        ASSIGNED = "in-behandeling", _("In behandeling")
        ANSWERED = "beantwoord", _("Beantwoord")
        MERGED = "samengevoegd", _("Samengevoegd")

    #: State -> look of its label in the design.
    STATE_STYLES = {
        State.UNCONFIRMED.value: "planned",
        State.RECEIVED.value: "planned",
        State.ASSIGNED.value: "started",
        State.ANSWERED.value: "done",
        State.MERGED.value: "stopped",
    }
    OPEN_STATES = (State.RECEIVED.value, State.ASSIGNED.value)
    #: A double is not on the site besides the signal that it was merged into.
    PUBLIC_STATES = (*OPEN_STATES, State.ANSWERED.value)

    reference = models.CharField(
        _("kenmerk"), max_length=9, unique=True, default=new_reference, editable=False
    )
    kind = models.CharField(_("soort"), max_length=12, choices=Kind, default=Kind.SIGNAL)
    subject = models.CharField(_("onderwerp"), max_length=120)
    text = models.TextField(_("uitleg"), max_length=3000)
    area = models.ForeignKey(
        AreaPage, verbose_name=_("gebied"), on_delete=models.PROTECT, related_name="signals"
    )
    council = models.ForeignKey(
        Council,
        verbose_name=_("raad"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signals",
    )
    placed_by = models.CharField(
        _("ingebracht door"), max_length=100, blank=True, help_text=_("Een functie, geen naam.")
    )
    public = models.BooleanField(
        _("openbaar"), default=False, help_text=_("De inbrenger vindt het goed op de site.")
    )
    published_at = models.DateTimeField(_("op de site sinds"), null=True, editable=False)
    state = models.CharField(_("stand"), max_length=16, choices=State, default=State.RECEIVED)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)
    received_at = models.DateTimeField(_("ontvangen op"), null=True, editable=False)
    due_on = models.DateField(_("antwoord uiterlijk op"), null=True, editable=False)
    extended_on = models.DateField(_("verlengd op"), null=True, editable=False)
    extension_reason = models.CharField(_("reden van verlengen"), max_length=300, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("toegewezen aan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    assignee_role = models.CharField(
        _("wie ermee bezig is"),
        max_length=100,
        blank=True,
        help_text=_("Een functie of team, geen naam. De inbrenger leest dit."),
    )
    answer = models.TextField(_("antwoord"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("beantwoord door"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Working days from receipt to answer; kept, so that figures count without a calendar.
    answer_days = models.PositiveSmallIntegerField(null=True, editable=False)
    in_term = models.BooleanField(null=True, editable=False)
    reopened_at = models.DateTimeField(_("heropend op"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("samengevoegd met"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="doubles",
    )
    agenda_item = models.ForeignKey(
        "agenda.AgendaItemPage",
        verbose_name=_("agendapunt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signals",
    )
    action_point = models.ForeignKey(
        ActionPoint,
        verbose_name=_("actiepunt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signals",
    )
    # Digests of messages about the agenda item that its asker knows; their keys do not last.
    progress_known = models.JSONField(default=list, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag of signaal")
        verbose_name_plural = _("vragen en signalen")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["area", "state", "due_on"], name="signal_area_state_due"),
            models.Index(fields=["council", "-received_at"], name="signal_council_received"),
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["ontvangen", "in-behandeling"]),
                name="signal_open_due",
            ),
            # Holds all that figures count, so that they are read from it alone.
            models.Index(
                fields=[
                    "received_at",
                    "area",
                    "council",
                    "state",
                    "in_term",
                    "answer_days",
                    "due_on",
                ],
                name="signal_figures",
            ),
            models.Index(
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False),
                name="signal_answered",
            ),
            models.Index(
                fields=["-published_at"],
                condition=Q(published_at__isnull=False),
                name="signal_published",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="onbevestigd", received_at__isnull=True, due_on__isnull=True)
                | (~Q(state="onbevestigd") & Q(received_at__isnull=False, due_on__isnull=False)),
                name="signal_has_term_once_received",
            ),
            models.CheckConstraint(
                condition=Q(state="beantwoord", answered_at__isnull=False, in_term__isnull=False)
                & ~Q(answer="")
                | ~Q(state="beantwoord") & Q(answered_at__isnull=True),
                name="signal_answered_has_answer",
            ),
            models.CheckConstraint(
                condition=Q(state="samengevoegd", merged_into__isnull=False)
                | ~Q(state="samengevoegd") & Q(merged_into__isnull=True),
                name="signal_merged_names_other",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="signal_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True, extension_reason="")
                | Q(extended_on__isnull=False) & ~Q(extension_reason=""),
                name="signal_extended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(council__isnull=True) | ~Q(state="onbevestigd"),
                name="signal_of_council_needs_no_confirmation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def home_area_id(self) -> int | None:
        return self.area_id

    @property
    def is_open(self) -> bool:
        """Received, and waiting for an answer."""
        return self.state in self.OPEN_STATES

    @property
    def is_late(self) -> bool:
        """Open after the last day of its term."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.public and self.published_at is not None and self.state in self.PUBLIC_STATES

    @property
    def opened_at(self):
        """Since when it waits for the answer that is due now, or waited for the last one."""
        return self.reopened_at or self.received_at

    def get_absolute_url(self) -> str:
        """Address of the public page; there is one only for a signal that is on the site."""
        return reverse("signal", args=[self.reference])

    @property
    def state_style(self) -> str:
        """The look of the state's label."""
        return self.STATE_STYLES[self.state]


class SignalContact(models.Model):
    """Who to answer where a resident brought it in: personal data, for the area's manager only.

    Gone on its retention date, while the signal stays; see `services.purge`.
    """

    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(_("naam"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    language = models.CharField(max_length=2, default="nl")
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, editable=False)

    class Meta:
        verbose_name = _("afzender")
        verbose_name_plural = _("afzenders")

    def __str__(self) -> str:
        # Others read this in logs, so it names nobody.
        return self.signal.reference
