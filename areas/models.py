"""Areas (gebieden), their themes and the places in them."""

from django import forms
from django.contrib.auth.models import Group
from django.contrib.gis.db import models as gis
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from cms.base import BasePage
from cms.blocks import TEXT_FEATURES
from cms.geometry.widgets import GeometryWidget
from cms.models import PHONE

from .permissions import AreaPagePermissionTester
from .querysets import AreaQuerySet, PlaceQuerySet


class Theme(index.Indexed, models.Model):
    """A theme of the area programmes, the same for all areas so that lists can be compared."""

    name = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(_("adresdeel"), max_length=80, unique=True)
    description = models.CharField(_("omschrijving"), max_length=250, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("sort_order"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class AreaPage(BasePage):
    """One of the areas of the municipality: its manager, its boundary and all below it."""

    kind_label = _("Gebied")
    page_description = _("Een van de gebieden van de gemeente, met alles wat er speelt.")
    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Vaste code waarmee grenzen worden ingelezen, zoals haarlemmermeer-noord."),
    )
    intro = RichTextField(
        _("inleiding"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Waar ligt het gebied, wat is er bijzonder en wat speelt er nu?"),
    )
    geometry = gis.MultiPolygonField(_("grens"), srid=4326, null=True, blank=True)
    geometry_note = models.CharField(
        _("toelichting bij de grens"),
        max_length=200,
        blank=True,
        help_text=_("Staat bij de kaart, bijvoorbeeld: de grens is een schets."),
    )

    manager_name = models.CharField(_("naam"), max_length=100, blank=True)
    manager_role = models.CharField(
        _("functie"), max_length=100, blank=True, default="Gebiedsmanager"
    )
    manager_photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("portretfoto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    manager_phone = models.CharField(
        _("telefoon"),
        max_length=20,
        blank=True,
        validators=[PHONE],
        help_text=_("Bewoners lezen dit nummer op de site."),
    )
    manager_email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Bewoners lezen dit adres op de site.")
    )
    manager_whatsapp = models.CharField(
        _("WhatsApp"),
        max_length=20,
        blank=True,
        validators=[PHONE],
        help_text=_("Alleen als u hier ook antwoord geeft."),
    )
    manager_group = models.OneToOneField(
        Group,
        verbose_name=_("groep van de gebiedsmanagers"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="managed_area",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldPanel("manager_name"),
                FieldPanel("manager_role"),
                FieldPanel("manager_photo"),
                FieldPanel("manager_phone"),
                FieldPanel("manager_email"),
                FieldPanel("manager_whatsapp"),
            ],
            heading=_("Gebiedsmanager"),
        ),
        InlinePanel(
            "area_themes",
            heading=_("Thema's van het gebiedsprogramma"),
            label=_("Thema"),
            help_text=_("Sleep een thema om de volgorde te veranderen."),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "geometry",
                    widget=GeometryWidget(geom_types=("Polygon",), max_vertices=50_000),
                    permission="superuser",
                ),
                FieldPanel("geometry_note", permission="superuser"),
                FieldPanel("code", permission="superuser"),
            ],
            heading=_("Grens"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("manager_name"),
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types = [
        "agenda.AgendaPage",
        "agenda.ProgrammePage",
        "projects.ProjectPage",
        "surveys.SurveyPage",
        "newsletters.NewsletterPage",
        "officehours.OfficeHourPage",
        "cms.ContentPage",
    ]
    template = "areas/area_page.html"
    objects = PageManager.from_queryset(AreaQuerySet)()

    class Meta:
        verbose_name = _("gebied")
        verbose_name_plural = _("gebieden")

    def permissions_for_user(self, user):
        """An area manager edits the area, but cannot remove, move or hide it."""
        return AreaPagePermissionTester(user, self)

    def get_context(self, request, *args, **kwargs):
        from .maps import area_map

        context = super().get_context(request, *args, **kwargs)
        context["map_config"] = area_map(self, label=_("Kaart van %(area)s") % {"area": self.title})
        context["themes"] = self.area_themes.select_related("theme")
        return context

    def save(self, *args, **kwargs):
        """Save; a new area gets managers and writers with rights below it only."""
        super().save(*args, **kwargs)
        if self.manager_group_id is None and kwargs.get("update_fields") is None:
            from .services import set_up_area

            set_up_area(area=self)


class AreaTheme(Orderable):
    """What the area programme wants to reach on one theme."""

    area = ParentalKey(AreaPage, on_delete=models.CASCADE, related_name="area_themes")
    theme = models.ForeignKey(
        Theme, verbose_name=_("thema"), on_delete=models.PROTECT, related_name="area_themes"
    )
    goal = models.CharField(
        _("doel in dit gebied"),
        max_length=300,
        blank=True,
        help_text=_("Wat wil het gebied op dit thema bereiken? Eén zin."),
    )

    panels = [FieldPanel("theme", widget=forms.Select), FieldPanel("goal")]

    class Meta(Orderable.Meta):
        verbose_name = _("thema van het gebied")
        verbose_name_plural = _("thema's van het gebied")
        constraints = [
            models.UniqueConstraint(fields=["area", "theme"], name="area_theme_once"),
        ]

    def __str__(self) -> str:
        return str(self.theme)


class Place(index.Indexed, models.Model):
    """A village (kern) or district (wijk), as a point."""

    class Kind(models.TextChoices):
        VILLAGE = "kern", _("Kern")
        DISTRICT = "wijk", _("Wijk")

    name = models.CharField(_("naam"), max_length=100, unique=True)
    slug = models.SlugField(_("adresdeel"), max_length=100, unique=True)
    kind = models.CharField(_("soort"), max_length=10, choices=Kind, default=Kind.VILLAGE)
    geometry = gis.PointField(_("plek op de kaart"), srid=4326)
    area = models.ForeignKey(
        AreaPage,
        verbose_name=_("gebied"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="places",
        help_text=_("Volgt uit de plek, als die binnen een gebied ligt."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel(
            "geometry", widget=GeometryWidget(geom_types=("Point",), multiple=False, required=True)
        ),
        FieldPanel("area"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("area_id"),
    ]
    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats")
        verbose_name_plural = _("plaatsen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Save with the area in which the point lies."""
        if kwargs.get("update_fields") is None and self.geometry is not None:
            area = AreaPage.objects.touching(self.geometry).without_geometry().first()
            if area is not None:
                self.area = area
        super().save(*args, **kwargs)
