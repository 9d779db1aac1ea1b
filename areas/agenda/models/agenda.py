"""The agenda of an area for one period."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from cms.base import BasePage
from cms.blocks import TEXT_FEATURES

from ..panels import PlannedRolloverPanel
from ..querysets import AgendaQuerySet


class AgendaPage(BasePage):
    """What an area works on in one period (often two years)."""

    kind_label = _("Gebiedsagenda")
    page_description = _("Waar het gebied in een periode aan werkt, met de agendapunten.")
    admin_default_ordering = "ord"
    period_start = models.DateField(
        _("begin van de periode"), help_text=_("Bijvoorbeeld 01-01-2026.")
    )
    period_end = models.DateField(
        _("einde van de periode"), help_text=_("De laatste dag, bijvoorbeeld 31-12-2027.")
    )
    intro = RichTextField(
        _("inleiding"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Hoe kwam deze agenda tot stand, en wat is nu het belangrijkst?"),
    )

    content_panels = [
        PlannedRolloverPanel(),
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")], heading=_("Periode")),
        FieldPanel("intro"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["areas.AreaPage"]
    subpage_types = ["agenda.AgendaItemPage"]
    template = "agenda/agenda_page.html"
    objects = PageManager.from_queryset(AgendaQuerySet)()

    class Meta:
        verbose_name = _("gebiedsagenda")
        verbose_name_plural = _("gebiedsagenda's")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="agenda_period_in_order",
                violation_error_message=_("De periode eindigt voordat zij begint."),
            )
        ]

    @property
    def period(self) -> str:
        """The years of the period, such as 2025-2026."""
        first, last = self.period_start.year, self.period_end.year
        return str(first) if first == last else f"{first}-{last}"

    def save(self, *args, **kwargs):
        """Save; an agenda that comes on the site takes the open items that wait for it."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            written = kwargs.get("update_fields")
            if self.live and (written is None or "live" in written):
                from ..rollover import carry_out

                carry_out(agenda=self)

    def get_context(self, request, *args, **kwargs):
        from ..views import agenda_context

        context = super().get_context(request, *args, **kwargs)
        context.update(agenda_context(agenda=self, request=request))
        return context

    def get_template(self, request, *args, **kwargs):
        """`?weergave=druk` gives the whole agenda on paper."""
        if request.GET.get("weergave") == "druk":
            return "agenda/agenda_print.html"
        return super().get_template(request, *args, **kwargs)
