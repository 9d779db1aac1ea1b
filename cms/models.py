"""Pages of the website itself, its settings and the rows behind page cache and editor roles."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Site
from wagtail.search import index

from .base import BasePage
from .blocks import body_blocks

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 \-]{5,18}[0-9]$",
    _("Vul een telefoonnummer in met alleen cijfers, spaties en streepjes, zoals 0900-1852."),
)


class HomePage(BasePage):
    """The way in: the map of the areas, what is open now and the latest news."""

    kind_label = _("Startpagina")
    page_description = _("De voorkant van de site, met de kaart van alle gebieden.")
    heading = models.CharField(_("kop"), max_length=120, blank=True)
    intro = models.TextField(_("inleiding"), max_length=500, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("inhoud"), blank=True)

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("intro")], heading=_("Bovenaan")),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ContentPage", "areas.AreaPage", "figures.FiguresPage"]
    max_count = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("startpagina")
        verbose_name_plural = _("startpagina's")


class ContentPage(BasePage):
    """A page of text: contact, accessibility statement, privacy, explanation."""

    kind_label = _("Informatie")
    page_description = _("Uitleg in tekst en beeld, zoals contact of privacy.")
    body = StreamField(body_blocks(), verbose_name=_("inhoud"), blank=True)
    show_contact_channels = models.BooleanField(
        _("toon de contactkanalen"),
        default=False,
        help_text=_("Zet telefoon, WhatsApp, e-mail en de balie onderaan de pagina."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("show_contact_channels"),
    ]
    promote_panels = [
        *BasePage.promote_panels,
        MultiFieldPanel(
            [FieldPanel("show_in_menus")],
            heading=_("Onderaan elke pagina"),
            help_text=_("Alleen voor pagina's direct onder de startpagina."),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["cms.HomePage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage"]
    template = "cms/content_page.html"

    class Meta:
        verbose_name = _("tekstpagina")
        verbose_name_plural = _("tekstpagina's")


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What an administrator fills in once for the whole site."""

    organisation_name = models.CharField(
        _("naam van de gemeente"), max_length=100, default="Gemeente Haarlemmermeer"
    )
    phone = models.CharField(
        _("telefoon"), max_length=20, default="0900-1852", validators=[PHONE], blank=True
    )
    whatsapp = models.CharField(
        _("WhatsApp"), max_length=20, blank=True, default="06 12345678", validators=[PHONE]
    )
    email = models.EmailField(_("e-mail"), blank=True, default="info@example.nl")
    desk_address = models.CharField(
        _("adres van de balie"), max_length=200, blank=True, default="Raadhuisplein 1, Hoofddorp"
    )
    desk_hours = models.CharField(
        _("openingstijden van de balie"),
        max_length=200,
        blank=True,
        default="maandag tot en met vrijdag van 9.00 tot 16.00 uur",
    )
    answer_term_days = models.PositiveSmallIntegerField(
        _("antwoordtermijn in dagen"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Binnen hoeveel dagen u antwoord geeft. Staat op de contactpagina."),
    )
    silent_weeks = models.PositiveSmallIntegerField(
        _("weken zonder nieuws"),
        default=13,
        validators=[MinValueValidator(1), MaxValueValidator(104)],
        help_text=_(
            "Na zoveel weken zonder voortgang vragen wij de gebiedsmanager of een agendapunt nog "
            "klopt."
        ),
    )
    signal_term_days = models.PositiveSmallIntegerField(
        _("termijn voor antwoord in werkdagen"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Binnen zoveel werkdagen krijgt een raad of bewoner antwoord op een vraag."),
    )
    signal_extension_days = models.PositiveSmallIntegerField(
        _("verlenging in werkdagen"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Zoveel werkdagen komen erbij als u een termijn één keer verlengt."),
    )
    signal_reminder_days = models.PositiveSmallIntegerField(
        _("herinnering in werkdagen"),
        default=3,
        validators=[MaxValueValidator(20)],
        help_text=_("Zoveel werkdagen voor het einde van de termijn sturen wij een herinnering."),
    )
    signal_reopen_days = models.PositiveSmallIntegerField(
        _("reageren op een antwoord in werkdagen"),
        default=20,
        validators=[MaxValueValidator(60)],
        help_text=_("Zo lang na het antwoord kan de inbrenger zeggen dat het niet klaar is."),
    )
    escalation_email = models.EmailField(
        _("e-mail bij een gemiste termijn"),
        blank=True,
        help_text=_("Hier komt bericht als een termijn voorbij is zonder antwoord."),
    )
    report_url = models.URLField(
        _("meldpunt openbare ruimte"),
        blank=True,
        default="https://melding.example.nl/",
        help_text=_(
            "Het adres waar bewoners iets kapots of gevaarlijks melden. Schrijf {lat} en {lon} "
            "waar de plek in het adres hoort."
        ),
    )
    security_contact = models.EmailField(
        _("e-mail voor veiligheidsmeldingen"), default="security@example.nl"
    )
    footer_text = RichTextField(
        _("tekst onderaan elke pagina"), blank=True, features=["bold", "link"]
    )

    panels = [
        FieldPanel("organisation_name"),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("whatsapp"),
                FieldPanel("email"),
                FieldPanel("desk_address"),
                FieldPanel("desk_hours"),
                FieldPanel("answer_term_days"),
            ],
            heading=_("Persoonlijk contact"),
        ),
        FieldPanel("silent_weeks"),
        MultiFieldPanel(
            [
                FieldPanel("signal_term_days"),
                FieldPanel("signal_extension_days"),
                FieldPanel("signal_reminder_days"),
                FieldPanel("signal_reopen_days"),
                FieldPanel("escalation_email"),
                FieldPanel("report_url"),
            ],
            heading=_("Vragen en signalen"),
        ),
        FieldPanel("security_contact"),
        FieldPanel("footer_text"),
    ]

    class Meta:
        verbose_name = _("gegevens van de gemeente")

    @classmethod
    def for_site(cls, site: Site) -> "SiteSettings":
        """What was filled in for a site, or the defaults, unsaved: reading a page writes nothing.

        Errors: DoesNotExist for no site, as in Wagtail.
        """
        if site is None:
            raise cls.DoesNotExist("There are no settings without a site.")
        return cls.base_queryset().filter(site=site).first() or cls(site=site)


class EditorRole(models.Model):
    """Limits a group to some page types, wherever it holds page permissions."""

    group = models.OneToOneField(
        Group, verbose_name=_("groep"), on_delete=models.CASCADE, related_name="editor_role"
    )
    page_types = models.ManyToManyField(
        ContentType,
        verbose_name=_("soorten pagina's"),
        help_text=_("Deze groep mag alleen pagina's van deze soorten maken en wijzigen."),
    )

    class Meta:
        verbose_name = _("redacteursrol")
        verbose_name_plural = _("redacteursrollen")

    def __str__(self) -> str:
        return self.group.name


class PageCacheGeneration(models.Model):
    """The number under which pages are cached; one row, raised at every change of content."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    generation = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("stand van de paginacache")
        verbose_name_plural = _("stand van de paginacache")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="page_cache_generation_one_row")
        ]

    def __str__(self) -> str:
        return str(self.generation)
