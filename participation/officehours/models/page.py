"""The page of an office hour."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from areas.placed import Placed
from cms.base import BasePage
from cms.blocks import TEXT_FEATURES
from cms.geometry.widgets import GeometryWidget
from cms.models import PHONE
from participation.officehours import schedule
from participation.officehours.forms import OfficeHourPageForm
from participation.officehours.querysets import OfficeHourQuerySet


class OfficeHourPage(Placed, BasePage):
    """Somebody of the municipality is there for questions, on set moments."""

    class Access(models.TextChoices):
        YES = "ja", _("Ja")
        NO = "nee", _("Nee")

    kind_label = _("Spreekuur")
    page_description = _("Waar en wanneer bewoners met iemand van de gemeente kunnen praten.")
    host_name = models.CharField(
        _("naam"),
        max_length=100,
        blank=True,
        help_text=_("Wie de bezoeker spreekt, zoals: omgevingsmanager van Badhoevedorp."),
    )
    host_role = models.CharField(
        _("functie"), max_length=100, blank=True, default="Omgevingsmanager"
    )
    host_photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("portretfoto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    host_phone = models.CharField(_("telefoon"), max_length=20, blank=True, validators=[PHONE])
    host_email = models.EmailField(_("e-mail"), blank=True)
    host_whatsapp = models.CharField(_("WhatsApp"), max_length=20, blank=True, validators=[PHONE])
    about = RichTextField(
        _("waarover"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Waarover kunnen bezoekers praten, en wat nemen zij mee?"),
    )
    appointment = models.CharField(
        _("afspraak"),
        max_length=200,
        blank=True,
        default="U hoeft geen afspraak te maken.",
    )
    directions = models.TextField(
        _("zo komt u er"),
        max_length=600,
        blank=True,
        help_text=_("Ingang, bushalte, fietsen en parkeren, voor wie de kaart niet ziet."),
    )
    step_free = models.CharField(
        _("toegankelijk zonder drempel of trap"), max_length=4, choices=Access, blank=True
    )
    hearing_loop = models.CharField(
        _("ringleiding voor gehoorapparaten"), max_length=4, choices=Access, blank=True
    )
    languages = models.CharField(
        _("talen"), max_length=120, blank=True, help_text=_("Zoals: Nederlands, Engels, Pools.")
    )
    project = models.ForeignKey(
        "projects.ProjectPage",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="office_hours",
        help_text=_("Niet nodig als dit spreekuur al onder een project staat."),
    )

    content_panels = [
        *BasePage.content_panels,
        InlinePanel("moments", heading=_("Losse momenten"), label=_("Moment")),
        InlinePanel("series", heading=_("Vaste momenten"), label=_("Herhaling"), max_num=7),
        InlinePanel(
            "exceptions",
            heading=_("Uitzonderingen"),
            label=_("Uitzondering"),
            help_text=_("Gaat een keer niet door of is een keer anders? Bezoekers zien waarom."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("host_name"),
                FieldPanel("host_role"),
                FieldPanel("host_photo"),
                FieldPanel("host_phone"),
                FieldPanel("host_email"),
                FieldPanel("host_whatsapp"),
            ],
            heading=_("Met wie"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("about"),
                PageChooserPanel("project", page_type=["projects.ProjectPage"]),
                FieldPanel("appointment"),
            ],
            heading=_("Waarover"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place_name"),
                FieldPanel(
                    "geometry",
                    widget=GeometryWidget(geom_types=("Point",), multiple=False),
                    help_text=_("Zet een punt. Leeg: de plek van het project of het gebied."),
                ),
                FieldPanel("directions"),
                FieldRowPanel([FieldPanel("step_free"), FieldPanel("hearing_loop")]),
                FieldPanel("languages"),
            ],
            heading=_("Waar"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("about"),
        index.SearchField("place_name"),
        index.SearchField("host_name"),
    ]
    parent_page_types = ["areas.AreaPage", "projects.ProjectPage"]
    subpage_types = []
    template = "officehours/office_hour_page.html"
    base_form_class = OfficeHourPageForm
    objects = PageManager.from_queryset(OfficeHourQuerySet)()

    class Meta:
        verbose_name = _("spreekuur")
        verbose_name_plural = _("spreekuren")

    def save(self, *args, **kwargs):
        """Save; while it is public its stored occurrences follow what the editor planned."""
        super().save(*args, **kwargs)
        if self.live and kwargs.get("update_fields") is None:
            from participation.officehours.services import rebuild_occurrences

            rebuild_occurrences(office_hour=self)

    def get_context(self, request, *args, **kwargs):
        from participation.officehours.views import office_hour_context

        context = super().get_context(request, *args, **kwargs)
        context.update(office_hour_context(office_hour=self, request=request))
        return context

    @property
    def fallback_geometry(self):
        """Below a project it stands where the project is, as a point."""
        parent = self.get_parent()
        place = getattr(parent.specific, "map_geometry", None) if parent else None
        return place.point_on_surface if place else None

    def slots(self, *, first: date, last: date) -> list[schedule.Slot]:
        """Everything planned from `first` to `last`, as it stands on this version of the page."""
        return schedule.slots(
            moments=self.moments.all(),
            series=self.series.all(),
            exceptions=self.exceptions.all(),
            first=first,
            last=last,
        )

    def upcoming(self, *, now: datetime, limit: int) -> list[schedule.Slot]:
        """The next slots that are not over, cancelled ones included."""
        today = timezone.localtime(now).date()
        found = self.slots(first=today, last=schedule.horizon(today))
        return [slot for slot in found if slot.end > now][:limit]
