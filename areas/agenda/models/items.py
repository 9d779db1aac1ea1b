"""What stands on an agenda: its items, with their actions and messages."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from areas.councils.models import Council
from areas.models import AreaPage, Theme
from areas.placed import Placed
from cms.base import BasePage

from ..admin_forms import AgendaItemForm
from ..ledger import TRACKED
from ..querysets import AgendaItemQuerySet
from .agenda import AgendaPage
from .programme import ProgrammeGoal


class AgendaItemPage(Placed, BasePage):
    """One thing the area works on: what, why, who, when and how far it is."""

    class Status(models.TextChoices):
        PLANNED = "gepland", _("Gepland")
        STARTED = "gestart", _("Gestart")
        DELAYED = "vertraagd", _("Vertraagd")
        DONE = "klaar", _("Klaar")
        STOPPED = "gestopt", _("Gestopt")

    class Source(models.TextChoices):
        COUNCIL = "raad", _("Dorps- of wijkraad")
        RESIDENTS = "bewoners", _("Bewoners of ondernemers")
        PLAN = "plan", _("Plan of beleid van de gemeente")
        PARTNER = "partner", _("Partner, zoals provincie of corporatie")

    #: Status -> look of its label in the design.
    STATUS_STYLES = {
        Status.PLANNED.value: "planned",
        Status.STARTED.value: "started",
        Status.DELAYED.value: "delayed",
        Status.DONE.value: "done",
        Status.STOPPED.value: "stopped",
    }
    NEEDS_REASON = (Status.DELAYED, Status.STOPPED)

    kind_label = _("Agendapunt")
    page_description = _("Eén ding waaraan het gebied werkt: wat, waarom, wie en hoe ver.")
    base_form_class = AgendaItemForm
    theme = models.ForeignKey(
        Theme, verbose_name=_("thema"), on_delete=models.PROTECT, related_name="agenda_items"
    )
    task = models.TextField(
        _("opgave"), max_length=600, blank=True, help_text=_("Wat speelt er en waarom?")
    )
    goal = models.TextField(
        _("doel"), max_length=600, blank=True, help_text=_("Wat is er straks beter?")
    )
    actions = RichTextField(
        _("toelichting bij de acties"),
        features=["ol", "ul", "bold", "link"],
        blank=True,
        help_text=_("Wat doen we, stap voor stap?"),
    )
    lead = models.CharField(
        _("trekker"), max_length=120, blank=True, help_text=_("Een functie of team, geen naam.")
    )
    partners = models.CharField(
        _("partners"),
        max_length=300,
        blank=True,
        help_text=_("Met wie werken we samen? Bijvoorbeeld: dorpsraad, school, waterschap."),
    )
    start_date = models.DateField(_("begin"), null=True, blank=True)
    end_date = models.DateField(
        _("einde"),
        null=True,
        blank=True,
        help_text=_("Is deze dag voorbij, dan vragen wij u om een nieuwe datum of status."),
    )
    money = models.CharField(
        _("geld"), max_length=200, blank=True, help_text=_("Bijvoorbeeld: € 120.000, gedekt.")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.PLANNED, db_index=True
    )
    status_reason = models.CharField(
        _("reden"),
        max_length=300,
        blank=True,
        help_text=_("Verplicht bij vertraagd en gestopt. Bewoners lezen dit."),
    )
    # Travels with the draft, and is emptied once the change is public; see services.py.
    change_reason = models.CharField(
        _("reden van de wijziging"),
        max_length=300,
        blank=True,
        help_text=_(
            "Verplicht als u een datum wijzigt die al op de site staat. Schrijf kort waarom. "
            "Bewoners lezen dit in de geschiedenis van dit punt. Maakt u het punt vertraagd of "
            "gestopt, dan is de reden bij de status genoeg."
        ),
    )
    programme_goal = models.ForeignKey(
        ProgrammeGoal,
        verbose_name=_("doel uit het gebiedsprogramma"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
        help_text=_("Aan welk doel voor de lange termijn werkt dit punt? Mag leeg blijven."),
    )
    source = models.CharField(_("bron"), max_length=12, choices=Source, blank=True)
    source_council = models.ForeignKey(
        Council,
        verbose_name=_("raad die dit inbracht"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
        help_text=_("Kies eerst bij bron: dorps- of wijkraad."),
    )
    source_text = models.CharField(
        _("toelichting bij de bron"),
        max_length=200,
        blank=True,
        help_text=_("Bijvoorbeeld de naam van het plan of de datum van het overleg."),
    )
    project = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
        help_text=_("Hoort dit bij een project op deze site? Dan wijzen de pagina's naar elkaar."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("theme", widget=forms.Select)]),
                FieldPanel("status_reason"),
            ],
            heading=_("Stand"),
        ),
        InlinePanel(
            "updates",
            heading=_("Voortgang"),
            label=_("Bericht over de voortgang"),
            help_text=_("Schrijf kort wat er gebeurde. Het nieuwste bericht staat bovenaan."),
        ),
        InlinePanel(
            "steps",
            heading=_("Acties met een eigen status"),
            label=_("Actie"),
            help_text=_("De site telt hoeveel acties klaar zijn. Dat is hoe ver het punt is."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("task"),
                FieldPanel("goal"),
                FieldPanel("programme_goal", widget=forms.Select),
                FieldPanel("actions"),
            ],
            heading=_("Wat en waarom"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("lead"),
                FieldPanel("partners"),
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldPanel("change_reason"),
                FieldPanel("money"),
            ],
            heading=_("Wie, wanneer en geld"),
        ),
        *Placed.place_panels,
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("source_council", widget=forms.Select),
                FieldPanel("source_text"),
                PageChooserPanel("project", page_type=["projects.ProjectPage"]),
            ],
            heading=_("Bron en project"),
        ),
        FieldPanel("image"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("task"),
        index.SearchField("goal"),
        index.SearchField("actions"),
        index.SearchField("place_name"),
    ]
    parent_page_types = ["agenda.AgendaPage"]
    subpage_types = []
    template = "agenda/agenda_item_page.html"
    objects = PageManager.from_queryset(AgendaItemQuerySet)()

    class Meta:
        verbose_name = _("agendapunt")
        verbose_name_plural = _("agendapunten")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["vertraagd", "gestopt"])
                | ~models.Q(status_reason=""),
                name="agenda_item_reason_when_delayed_or_stopped",
                violation_error_message=_(
                    "Schrijf bij ‘reden’ waarom dit vertraagd of gestopt is."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True)
                | models.Q(start_date__isnull=True)
                | models.Q(end_date__gte=models.F("start_date")),
                name="agenda_item_dates_in_order",
                violation_error_message=_("De einddatum ligt vóór de begindatum."),
            ),
        ]

    def clean(self):
        super().clean()
        self.status_reason = (self.status_reason or "").strip()
        if errors := self.rule_errors():
            raise ValidationError(errors)

    def rule_errors(self) -> dict[str, str]:
        """What does not go together, by field; takes no query."""
        errors = {}
        if self.status in self.NEEDS_REASON and not self.status_reason:
            errors["status_reason"] = _("Schrijf kort waarom dit vertraagd of gestopt is.")
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _("De einddatum ligt vóór de begindatum.")
        if self.source == self.Source.COUNCIL and self.source_council_id is None:
            errors["source_council"] = _("Kies welke dorps- of wijkraad dit inbracht.")
        return errors

    def save(self, *args, **kwargs):
        """Save; what is public is written down in the ledger, or nothing is saved."""
        with transaction.atomic():
            self._stay_where_the_tree_says()
            super().save(*args, **kwargs)
            written = kwargs.get("update_fields")
            if self.live and (written is None or not set(TRACKED).isdisjoint(written)):
                from ..services import record_changes

                record_changes(item=self)

    def _stay_where_the_tree_says(self) -> None:
        """Lock the row and take its present place in the tree; one query.

        A new period may have moved the item while somebody had it in hand; saved with the old
        path it would stand in two places at once.
        """
        rows = Page.objects.select_for_update().filter(pk=self.pk)
        names = ("path", "depth", "numchild", "url_path")
        place = rows.values(*names).first() if self.pk else None
        if place is not None and place["path"] != self.path:
            for name, value in place.items():
                setattr(self, name, value)
            self.__dict__.pop("_cached_parent_obj", None)

    def get_context(self, request, *args, **kwargs):
        from ..views import item_context

        context = super().get_context(request, *args, **kwargs)
        context.update(item_context(item=self, request=request))
        return context

    @cached_property
    def agenda(self) -> AgendaPage:
        """The agenda this item stands on."""
        return self.get_parent().specific

    @cached_property
    def area(self) -> AreaPage:
        """The area whose agenda this is."""
        return AreaPage.objects.ancestor_of(self).without_geometry().first()

    @property
    def status_style(self) -> str:
        """The look of the status label."""
        return self.STATUS_STYLES[self.status]

    @property
    def is_overdue(self) -> bool:
        """Past its end date while not done or stopped."""
        return (
            self.end_date is not None
            and self.end_date < timezone.localdate()
            and self.status not in (self.Status.DONE, self.Status.STOPPED)
        )


class AgendaAction(Orderable):
    """One step of an agenda item; how far the item is follows from its steps."""

    class Status(models.TextChoices):
        OPEN = "open", _("Nog te doen")
        BUSY = "bezig", _("Mee bezig")
        DONE = "klaar", _("Klaar")

    #: Status -> look of its label in the design.
    STATUS_STYLES = {
        Status.OPEN.value: "planned",
        Status.BUSY.value: "started",
        Status.DONE.value: "done",
    }

    item = ParentalKey(AgendaItemPage, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("wat doen we"), max_length=200)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    date = models.DateField(
        _("datum"),
        null=True,
        blank=True,
        help_text=_("Wanneer dit klaar moet zijn, of klaar was."),
    )

    panels = [FieldPanel("text"), FieldRowPanel([FieldPanel("status"), FieldPanel("date")])]

    class Meta(Orderable.Meta):
        verbose_name = _("actie")
        verbose_name_plural = _("acties")

    def __str__(self) -> str:
        return self.text

    @property
    def status_style(self) -> str:
        """The look of the status label."""
        return self.STATUS_STYLES[self.status]


class ProgressUpdate(Orderable):
    """A dated message on how an agenda item goes."""

    item = ParentalKey(AgendaItemPage, on_delete=models.CASCADE, related_name="updates")
    date = models.DateField(_("datum"), default=timezone.localdate)
    text = models.TextField(_("wat is er gebeurd"), max_length=1000)

    panels = [FieldPanel("date"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("bericht over de voortgang")
        verbose_name_plural = _("berichten over de voortgang")
        ordering = ["-date", "sort_order"]
        indexes = [models.Index(fields=["item", "-date"], name="progress_item_date")]

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y}"
