"""Meetings of a council with the municipality: points, actions, minutes and invitations."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from areas.placed import Placed
from cms.blocks import TEXT_FEATURES

from ..querysets import ActionPointQuerySet, InvitationQuerySet, MeetingQuerySet
from .council import Council


class CouncilMeeting(Placed, ClusterableModel):
    """One meeting. Of it residents read only minutes that were adopted.

    `uid`, `sequence` and `invited_as` are those of the last invitation (RFC 5545): what it said,
    so that only a change of that is mailed.
    """

    class State(models.TextChoices):
        DRAFT = "concept", gettext_lazy("Concept")
        FOR_APPROVAL = "ter-goedkeuring", gettext_lazy("Ter goedkeuring")
        ADOPTED = "vastgesteld", gettext_lazy("Vastgesteld")

    council = models.ForeignKey(
        Council,
        verbose_name=gettext_lazy("raad"),
        # A council that met is put out of use; to delete it would take back no invitation.
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    starts_at = models.DateTimeField(gettext_lazy("begint"))
    ends_at = models.DateTimeField(gettext_lazy("eindigt"))
    cancelled = models.BooleanField(
        gettext_lazy("gaat niet door"),
        default=False,
        help_text=gettext_lazy("De raad krijgt bericht en het overleg verdwijnt uit de agenda."),
    )
    participants = models.TextField(
        gettext_lazy("deelnemers"),
        max_length=1000,
        blank=True,
        help_text=gettext_lazy(
            "Liefst functies. Staat nooit op de site, en wordt na een half jaar gewist."
        ),
    )
    minutes = RichTextField(
        gettext_lazy("verslag"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=gettext_lazy("Noem geen namen: bewoners lezen dit zodra het is vastgesteld."),
    )
    state = models.CharField(
        gettext_lazy("stand van het verslag"),
        max_length=20,
        choices=State,
        default=State.DRAFT,
        help_text=gettext_lazy("Een vastgesteld verslag staat op de pagina van de raad."),
    )
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    invited_as = models.JSONField(default=dict, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("overleg met een raad")
        verbose_name_plural = gettext_lazy("overleggen met raden")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="council_meeting_ends_after_start",
                violation_error_message=gettext_lazy(
                    "Het overleg eindigt voordat het begint. Kijk de tijden na."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="vastgesteld") | ~Q(minutes=""),
                name="council_meeting_adopted_has_minutes",
                violation_error_message=gettext_lazy(
                    "Er is nog geen verslag om vast te stellen. Schrijf het eerst."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("Overleg met %(council)s op %(date)s") % {
            "council": self.council.name,
            "date": date_format(timezone.localtime(self.starts_at), "j F Y"),
        }

    @property
    def home_area_id(self) -> int | None:
        return self.council.area_id

    @property
    def open_actions(self):
        """Actions of earlier meetings of this council that are not done yet."""
        return ActionPoint.objects.before(self).open()


class AgendaPoint(Orderable):
    """Something to talk about; linked to an item of the area's agenda or to a signal, or not."""

    meeting = ParentalKey(CouncilMeeting, on_delete=models.CASCADE, related_name="agenda_points")
    title = models.CharField(gettext_lazy("onderwerp"), max_length=200)
    item = models.ForeignKey(
        "wagtailcore.Page",  # the agenda stands one room up and knows councils
        verbose_name=gettext_lazy("agendapunt van het gebied"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    signal = models.ForeignKey(
        "signals.Signal",  # two rooms up
        verbose_name=gettext_lazy("vraag of signaal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_points",
        help_text=gettext_lazy("Een vraag of signaal uit het gebied van deze raad."),
    )

    panels = [
        FieldPanel("title"),
        PageChooserPanel("item", page_type=["agenda.AgendaItemPage"]),
        FieldPanel("signal"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("onderwerp")
        verbose_name_plural = gettext_lazy("onderwerpen")

    def __str__(self) -> str:
        return self.title


class ActionPoint(Orderable):
    """What somebody will do; it comes back at every next meeting until it is done."""

    meeting = ParentalKey(CouncilMeeting, on_delete=models.CASCADE, related_name="action_points")
    text = models.CharField(gettext_lazy("wat"), max_length=300)
    owner = models.CharField(
        gettext_lazy("wie"),
        max_length=100,
        help_text=gettext_lazy("Een functie of organisatie, geen naam."),
    )
    due_date = models.DateField(gettext_lazy("voor"), null=True, blank=True)
    done_on = models.DateField(gettext_lazy("klaar op"), null=True, blank=True)

    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("due_date"), FieldPanel("done_on")]),
    ]
    objects = ActionPointQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("actiepunt")
        verbose_name_plural = gettext_lazy("actiepunten")

    def __str__(self) -> str:
        return self.text


class Invitation(models.Model):
    """The mail with one state of a meeting to one address; waits until `sent_at`.

    `claimed_at`: a process is sending it now.
    """

    class Method(models.TextChoices):
        REQUEST = "REQUEST", gettext_lazy("Uitnodiging")
        CANCEL = "CANCEL", gettext_lazy("Afzegging")

    meeting = models.ForeignKey(
        CouncilMeeting, on_delete=models.CASCADE, related_name="invitations"
    )
    address = models.EmailField()
    method = models.CharField(max_length=10, choices=Method)
    sequence = models.PositiveIntegerField()
    planned_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("uitnodiging")
        verbose_name_plural = gettext_lazy("uitnodigingen")
        ordering = ["address", "sequence"]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                models.functions.Lower("address"),
                "sequence",
                name="council_invitation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"
