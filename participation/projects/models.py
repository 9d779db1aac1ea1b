"""Projects: what the municipality plans or builds, in phases, with all that belongs to it."""

from django.contrib.gis.db import models as gis
from django.contrib.gis.geos import GeometryCollection
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from areas.models import AreaPage
from areas.placed import GEOMETRY_TYPES, Placed
from cms.base import BasePage
from cms.blocks import TEXT_FEATURES, QuestionBlock, body_blocks
from cms.geometry.widgets import GeometryWidget
from cms.models import PHONE

from .forms import ProjectPageForm
from .periods import period_text, state_on
from .querysets import NewsQuerySet, PhaseQuerySet, ProjectQuerySet

#: More than any project has; a map and a form stay quick with it.
MAX_PLACES = 40


def parts_of(geometry) -> list:
    """The points, lines and polygons that a geometry is made of."""
    return (
        [part for whole in geometry for part in parts_of(whole)]
        if isinstance(geometry, GeometryCollection)
        else [geometry]
    )


class ProjectPage(Placed, BasePage):
    """A project of the municipality; it lives in one area and shows in all it touches."""

    class Status(models.TextChoices):
        PLANNED = "gepland", _("Gepland")
        STARTED = "gestart", _("Gestart")
        DELAYED = "vertraagd", _("Vertraagd")
        DONE = "klaar", _("Klaar")
        STOPPED = "gestopt", _("Gestopt")

    #: Status -> look of its label in the design.
    STATUS_STYLES = {
        Status.PLANNED.value: "planned",
        Status.STARTED.value: "started",
        Status.DELAYED.value: "delayed",
        Status.DONE.value: "done",
        Status.STOPPED.value: "stopped",
    }
    #: In lists: what goes on now comes first.
    ORDER = (Status.STARTED, Status.DELAYED, Status.PLANNED, Status.DONE, Status.STOPPED)
    NEEDS_REASON = (Status.DELAYED, Status.STOPPED)

    kind_label = _("Project")
    page_description = _(
        "Wat de gemeente plant of bouwt, met fasen, nieuws en hoe inwoners meedoen."
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
    body = StreamField(
        body_blocks(),
        verbose_name=_("wat en waarom"),
        blank=True,
        help_text=_("Wat gaat er gebeuren, en waarom doet de gemeente dit?"),
    )
    decided = models.TextField(
        _("dit staat al vast"),
        max_length=800,
        blank=True,
        help_text=_("Wat kan niet meer anders, en wie besloot dat?"),
    )
    influence = models.TextField(
        _("hierover kunt u meepraten"),
        max_length=800,
        blank=True,
        help_text=_("Waar hebben bewoners invloed op, en hoe ver gaat die?"),
    )
    decision = models.TextField(
        _("wie beslist, en wat hoort u daarna"),
        max_length=800,
        blank=True,
        help_text=_(
            "Wie neemt het besluit, wanneer, en hoe horen mensen wat er met hun inbreng is gedaan?"
        ),
    )
    take_part = RichTextField(
        _("zo doet u mee"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_(
            "Enquêtes die open zijn en spreekuren die komen, staan er vanzelf bij. Noem hier "
            "ook wat zonder internet kan."
        ),
    )
    questions = StreamField(
        StreamBlock([("question", QuestionBlock())], required=False),
        verbose_name=_("vragen en antwoorden"),
        blank=True,
    )
    manager_name = models.CharField(_("naam"), max_length=100, blank=True)
    manager_role = models.CharField(
        _("functie"), max_length=100, blank=True, default="Omgevingsmanager"
    )
    manager_photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("portretfoto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    manager_phone = models.CharField(_("telefoon"), max_length=20, blank=True, validators=[PHONE])
    manager_email = models.EmailField(_("e-mail"), blank=True)
    manager_whatsapp = models.CharField(
        _("WhatsApp"), max_length=20, blank=True, validators=[PHONE]
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("status"), FieldPanel("status_reason")], heading=_("Stand")),
        InlinePanel(
            "phases",
            heading=_("Fasen"),
            label=_("Fase"),
            help_text=_("Elke fase begint na de vorige. De site laat zien welke fase nu loopt."),
        ),
        InlinePanel("news", heading=_("Nieuws"), label=_("Nieuwsbericht")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("decided"),
                FieldPanel("influence"),
                FieldPanel("decision"),
                FieldPanel("take_part"),
            ],
            heading=_("Meedoen"),
        ),
        *Placed.place_panels,
        InlinePanel(
            "places",
            heading=_("Losse plekken"),
            label=_("Plek"),
            max_num=MAX_PLACES,
            help_text=_(
                "Voor een project op meer plekken, zoals speelplekken: geef elke plek een naam."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("manager_name"),
                FieldPanel("manager_role"),
                FieldPanel("manager_photo"),
                FieldPanel("manager_phone"),
                FieldPanel("manager_email"),
                FieldPanel("manager_whatsapp"),
            ],
            heading=_("Omgevingsmanager"),
        ),
        InlinePanel("documents", heading=_("Documenten"), label=_("Document")),
        FieldPanel("questions"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("decided"),
        index.SearchField("influence"),
        index.SearchField("take_part"),
        index.SearchField("questions"),
        index.SearchField("place_name"),
        index.RelatedFields("phases", [index.SearchField("name"), index.SearchField("text")]),
        index.RelatedFields("news", [index.SearchField("title"), index.SearchField("text")]),
        index.RelatedFields("places", [index.SearchField("name"), index.SearchField("text")]),
        index.RelatedFields("documents", [index.SearchField("title")]),
        index.FilterField("status"),
    ]
    parent_page_types = ["areas.AreaPage"]
    subpage_types = ["surveys.SurveyPage", "officehours.OfficeHourPage"]
    template = "projects/project_page.html"
    base_form_class = ProjectPageForm
    objects = PageManager.from_queryset(ProjectQuerySet)()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projecten")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["vertraagd", "gestopt"])
                | ~models.Q(status_reason=""),
                name="project_reason_when_delayed_or_stopped",
                violation_error_message=_(
                    "Schrijf bij ‘reden’ waarom dit vertraagd of gestopt is."
                ),
            )
        ]

    def clean(self):
        super().clean()
        self.status_reason = (self.status_reason or "").strip()
        if self.status in self.NEEDS_REASON and not self.status_reason:
            raise ValidationError(
                {"status_reason": _("Schrijf kort waarom dit vertraagd of gestopt is.")}
            )

    def save(self, *args, **kwargs):
        """Save; what lies below and has no place of its own moves along with the project."""
        super().save(*args, **kwargs)
        if kwargs.get("update_fields") is None:
            from .services import derive_children

            derive_children(project=self)

    def get_context(self, request, *args, **kwargs):
        from .views import project_context

        context = super().get_context(request, *args, **kwargs)
        context.update(project_context(project=self, request=request))
        return context

    @property
    def further_area_ids(self) -> set[int]:
        """Areas in which one of the separate places lies; one query."""
        here = ProjectPlace.objects.filter(
            project_id=self.pk, geometry__intersects=models.OuterRef("geometry")
        )
        return set(AreaPage.objects.filter(models.Exists(here)).values_list("pk", flat=True))

    @property
    def fallback_geometry(self) -> GeometryCollection | None:
        """The separate places together, where the project as a whole was not drawn."""
        shapes = [part for place in self.places.all() for part in parts_of(place.geometry)]
        return GeometryCollection(*shapes, srid=4326) if shapes else None

    @property
    def status_style(self) -> str:
        """The look of the status label."""
        return self.STATUS_STYLES[self.status]


class ProjectPhase(models.Model):
    """A step of a project; no end means that it runs on."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(_("naam"), max_length=80)
    start = models.DateField(_("begin"))
    end = models.DateField(
        _("einde"),
        null=True,
        blank=True,
        help_text=_("De laatste dag. Alleen de laatste fase mag zonder einde."),
    )
    text = models.TextField(
        _("wat gebeurt er dan"),
        max_length=400,
        blank=True,
        help_text=_("Wat doet de gemeente, en wat kunnen bewoners doen?"),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("text"),
    ]
    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("fase")
        verbose_name_plural = _("fasen")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="project_phase_in_order",
                violation_error_message=_("Deze fase eindigt voordat zij begint."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self):
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("Deze fase eindigt voordat zij begint.")})

    def state(self, on=None) -> str:
        """ "past", "now" or "future" on a day, today unless told."""
        return state_on(on or timezone.localdate(), self.start, self.end)

    @property
    def dates(self) -> str:
        """The period in words."""
        return period_text(self.start, self.end)


class ProjectPlace(Orderable):
    """One of the places of a project, such as a play area; drawn and named by itself."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(
        _("naam"),
        max_length=80,
        help_text=_("Zoals: speelplek Bornholm. Ook voor wie de kaart niet ziet."),
    )
    geometry = gis.GeometryField(_("plek op de kaart"), srid=4326)
    text = models.CharField(
        _("wat gebeurt hier"), max_length=300, blank=True, help_text=_("Eén of twee zinnen.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("text"),
        FieldPanel("geometry", widget=GeometryWidget(geom_types=GEOMETRY_TYPES)),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("losse plek")
        verbose_name_plural = _("losse plekken")

    def __str__(self) -> str:
        return self.name


class ProjectNews(models.Model):
    """A dated message about a project."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="news")
    date = models.DateField(_("datum"), default=timezone.localdate)
    title = models.CharField(_("kop"), max_length=120)
    text = RichTextField(_("bericht"), features=TEXT_FEATURES)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("date"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("image"),
    ]
    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("nieuwsbericht")
        verbose_name_plural = _("nieuwsberichten")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["-date"], name="project_news_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """Where this message stands on the page of its project."""
        return f"nieuws-{self.pk}"


class ProjectDocument(Orderable):
    """A file that goes with a project."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("bestand"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(
        _("titel"),
        max_length=200,
        blank=True,
        help_text=_("Leeg: de titel van het bestand."),
    )
    date = models.DateField(_("datum"), default=timezone.localdate)

    panels = [FieldPanel("document"), FieldPanel("title"), FieldPanel("date")]

    class Meta(Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")

    def __str__(self) -> str:
        return self.title or self.document.title

    @property
    def kind_and_size(self) -> str:
        """What one gets with a click, such as "pdf, 2 MB"; a lost file has no size."""
        size = self.document.file_size
        if size is None:
            try:
                size = self.document.file.size
            except OSError:
                size = None
        kind = self.document.file_extension.lower()
        return ", ".join(filter(None, [kind, filesizeformat(size) if size else ""]))
