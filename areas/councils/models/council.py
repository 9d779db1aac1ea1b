"""Village and district councils (dorps- en wijkraden)."""

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.search import index

from areas.models import AreaPage, Place
from areas.placed import Placed

from ..querysets import CouncilQuerySet
from ..territory import Territory, territory_of


class Council(index.Indexed, Placed, ClusterableModel):
    """A council that speaks for a village or district, in one area."""

    class Kind(models.TextChoices):
        VILLAGE = "dorpsraad", _("Dorpsraad")
        DISTRICT = "wijkraad", _("Wijkraad")
        ASSOCIATION = "dorpsvereniging", _("Dorpsvereniging")

    name = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(_("adresdeel"), max_length=120, unique=True)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.VILLAGE)
    area = models.ForeignKey(
        AreaPage, verbose_name=_("gebied"), on_delete=models.PROTECT, related_name="councils"
    )
    places = ParentalManyToManyField(
        Place, verbose_name=_("dorpen en wijken"), blank=True, related_name="councils"
    )
    description = models.TextField(_("over deze raad"), max_length=600, blank=True)
    website = models.URLField(_("website"), blank=True)
    meeting_rhythm = models.CharField(
        _("overleg"),
        max_length=200,
        blank=True,
        help_text=_("Hoe vaak en wanneer de raad met de gemeente praat."),
    )
    active = models.BooleanField(_("actief"), default=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("description"),
        index.FilterField("area_id"),
        index.FilterField("active"),
    ]
    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("dorps- of wijkraad")
        verbose_name_plural = _("dorps- en wijkraden")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the council's public page."""
        return reverse("council", args=[self.slug])

    @property
    def home_area_id(self) -> int | None:
        return self.area_id

    def save(self, *args, **kwargs):
        """Save; the papers of a council go along to the managers of its area."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None or "area" in kwargs["update_fields"]:
                from ..services import place_documents

                place_documents(council=self)

    @property
    def territory(self) -> Territory:
        """What the council speaks for; see `areas.councils.territory`. At most two queries."""
        return territory_of(self)


class CouncilAddress(models.Model):
    """An e-mail address of a council for newsletters; never shown to visitors."""

    council = ParentalKey(Council, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("van wie"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("e-mailadres")
        verbose_name_plural = _("e-mailadressen")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                "council",
                models.functions.Lower("email"),
                name="council_address_once",
                violation_error_message=_("Dit e-mailadres staat er al bij."),
            )
        ]

    def __str__(self) -> str:
        return self.email
