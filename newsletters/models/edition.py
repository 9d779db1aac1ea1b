"""The edition of a newsletter: a page in the archive, a mail and a PDF."""

from django import forms
from django.contrib.gis.db.models.functions import PointOnSurface
from django.contrib.gis.geos import MultiPoint
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from areas.councils.models import Council
from areas.models import AreaPage, Place, Theme
from areas.placed import Placed
from cms.base import BasePage

from ..blocks import newsletter_blocks
from ..forms.edition import NewsletterPageForm
from ..querysets import EditionQuerySet
from ..validators import ONE_LINE
from .lists import AddressList

#: In the order in which the editor chooses.
AUDIENCE_FIELDS = (
    "to_areas",
    "to_places",
    "to_themes",
    "to_pages",
    "to_council_areas",
    "to_councils",
    "to_lists",
)


class NewsletterPage(Placed, BasePage):
    """One edition. The fields `to_…` say who gets it; `Mailing` says who got it."""

    kind_label = _("Nieuwsbrief")
    page_description = _("Nieuws per e-mail aan raden en abonnees. Verzenden is een aparte stap.")
    date = models.DateField(
        _("datum"), default=timezone.localdate, help_text=_("Staat op de nieuwsbrief.")
    )
    subject = models.CharField(
        _("onderwerp van de mail"),
        max_length=120,
        blank=True,
        validators=[ONE_LINE],
        help_text=_("Leeg: de titel. Zeg waar het over gaat; tot 60 tekens is overal te zien."),
    )
    preview_text = models.CharField(
        _("voorbeeldtekst"),
        max_length=140,
        blank=True,
        validators=[ONE_LINE],
        help_text=_("Staat in de mailbox achter het onderwerp. Leeg: de samenvatting."),
    )
    body = StreamField(newsletter_blocks(), verbose_name=_("inhoud"), blank=True)
    to_areas = ParentalManyToManyField(
        AreaPage,
        verbose_name=_("abonnees van deze gebieden"),
        blank=True,
        related_name="newsletters",
        help_text=_("Iedereen die zich voor een van deze gebieden aanmeldde en dat bevestigde."),
    )
    to_councils = ParentalManyToManyField(
        Council,
        verbose_name=_("dorps- en wijkraden"),
        blank=True,
        related_name="newsletters",
        help_text=_("Alle e-mailadressen van deze raden."),
    )
    to_council_areas = ParentalManyToManyField(
        AreaPage,
        verbose_name=_("alle raden van deze gebieden"),
        blank=True,
        related_name="+",
        help_text=_("Ook een raad die er later bij komt, telt dan mee."),
    )
    to_places = ParentalManyToManyField(
        Place,
        verbose_name=_("abonnees van deze plaatsen"),
        blank=True,
        related_name="+",
        help_text=_("Wie nieuws wil over een dorp of wijk."),
    )
    to_themes = ParentalManyToManyField(
        Theme,
        verbose_name=_("abonnees van deze thema's"),
        blank=True,
        related_name="+",
        help_text=_(
            "Wie nieuws wil over een thema, uit de hele gemeente. "
            "Verzenden doet dan de nieuwsbriefredactie."
        ),
    )
    to_pages = ParentalManyToManyField(
        Page,
        verbose_name=_("abonnees van deze projecten"),
        blank=True,
        related_name="+",
        help_text=_("U ziet hier alleen projecten die iemand volgt."),
    )
    to_lists = ParentalManyToManyField(
        AddressList,
        verbose_name=_("verzendlijsten"),
        blank=True,
        related_name="+",
        help_text=_("Iedereen op deze lijsten. U beheert ze in het menu bij Verzendlijsten."),
    )

    content_panels = [
        HelpPanel(template="newsletters/admin/sending_panel.html", heading=_("Verzenden")),
        TitleFieldPanel("title"),
        FieldPanel("date"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("subject"), FieldPanel("preview_text")], heading=_("In de mailbox")
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                *(
                    FieldPanel(name, widget=forms.CheckboxSelectMultiple)
                    for name in AUDIENCE_FIELDS
                ),
                HelpPanel(template="newsletters/admin/audience_panel.html"),
            ],
            heading=_("Wie krijgt deze nieuwsbrief?"),
            help_text=_(
                "Kruis alles aan wat past. Wie op meer manieren wordt gekozen, krijgt één mail."
            ),
        ),
        *Placed.place_panels,
        FieldPanel("image"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place_name"),
        index.FilterField("date"),
    ]
    base_form_class = NewsletterPageForm
    parent_page_types = ["areas.AreaPage"]
    subpage_types = []
    template = "newsletters/newsletter_page.html"
    preview_modes = [
        ("", _("Webpagina")),
        ("mail", _("Mail")),
        ("text", _("Mail zonder opmaak")),
        ("pdf", _("Pdf")),
    ]
    objects = PageManager.from_queryset(EditionQuerySet)()

    class Meta:
        verbose_name = _("nieuwsbrief")
        verbose_name_plural = _("nieuwsbrieven")

    @property
    def mail_subject(self) -> str:
        """The subject of the mail, on one line, with what the area begins its subjects with."""
        from ..letterhead import subject_of

        return subject_of(self.area, " ".join((self.subject or self.title).split()))

    @property
    def mail_preview(self) -> str:
        """The text that mailboxes show behind the subject."""
        return " ".join((self.preview_text or self.summary).split())

    @property
    def mailing_or_none(self):
        """How this edition was sent, or None where it was not."""
        return getattr(self, "mailing", None)

    @property
    def audience(self):
        """Whom it is for, as an `Audience`; a query for each field."""
        from ..sending.audience import Audience

        return Audience.of(self)

    @property
    def area_ids(self) -> list[int]:
        """Areas whose subscribers get this edition."""
        return list(self.to_areas.values_list("id", flat=True))

    @property
    def council_ids(self) -> list[int]:
        """Councils that get this edition."""
        return list(self.to_councils.values_list("id", flat=True))

    @cached_property
    def area(self) -> AreaPage | None:
        """The area whose manager makes this edition."""
        return AreaPage.objects.ancestor_of(self).without_geometry().first()

    @property
    def further_area_ids(self) -> set[int]:
        return set(self.area_ids)

    @property
    def fallback_geometry(self):
        """A point in each area that gets the edition, so that it is on all their maps."""
        rows = AreaPage.objects.filter(pk__in=self.area_ids, geometry__isnull=False)
        points = list(
            rows.order_by("path")
            .annotate(inside=PointOnSurface("geometry"))
            .values_list("inside", flat=True)
        )
        return MultiPoint(points, srid=4326) if points else None

    def get_context(self, request, *args, **kwargs):
        from ..content import entries

        context = super().get_context(request, *args, **kwargs)
        context["entries"] = entries(self)
        context["audience_areas"] = (
            AreaPage.objects.live().without_geometry().filter(pk__in=self.area_ids).in_order()
        )
        return context

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self):
        """That of newsletters where approval is needed, or else what the area follows."""
        from ..approval.workflow import workflow_of_editions

        return workflow_of_editions() or super().get_workflow()

    def save_revision(self, *args, **kwargs):
        """An approval lapses with the first change to what was approved."""
        from ..approval.services import lapse_if_changed

        revision = super().save_revision(*args, **kwargs)
        lapse_if_changed(edition=self, user=revision.user)
        return revision

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """`<page>/pdf/` is the same edition for on paper, `prikbord/` in large letters."""
        if path_components in (["pdf"], ["prikbord"]) and self.live:
            return RouteResult(self, kwargs={"as_pdf": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, as_pdf: str = "", **kwargs) -> HttpResponse:
        if as_pdf:
            from ..views.archive import pdf_response

            return pdf_response(request=request, edition=self, large=as_pdf == "prikbord")
        return super().serve(request, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The mail as it will be, in HTML or as plain text, with links that do nothing; the PDF."""
        from ..rendering.newsletter import preview_mail

        if mode_name == "mail":
            return HttpResponse(preview_mail(self).html)
        if mode_name == "text":
            return HttpResponse(preview_mail(self).text, content_type="text/plain; charset=utf-8")
        if mode_name == "pdf":
            from ..views.archive import pdf_response

            return pdf_response(request=request, edition=self)
        return super().serve_preview(request, mode_name)
