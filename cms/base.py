"""The abstract page that every page type of the platform builds on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from .permissions import TypedPagePermissionTester


class BasePage(Page):
    """A page with a summary and an image, as used on cards, in search and in mails."""

    summary = models.TextField(
        _("samenvatting"),
        max_length=400,
        blank=True,
        help_text=_("Eén of twee zinnen in gewone taal. Staat op kaartjes, in zoeken en in mails."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Liggend, minstens 1200 pixels breed. Vul bij de foto een beschrijving in."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("image")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Adres en zoekmachines"),
        ),
    ]
    settings_panels = Page.settings_panels
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.AutocompleteField("summary"),
    ]
    show_in_menus_default = False

    #: Short Dutch name of the kind, shown on cards and in search results.
    kind_label = ""

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> TypedPagePermissionTester:
        """What `user` may do with this page, page types of editor roles included."""
        return TypedPagePermissionTester(user, self)

    @property
    def kind(self) -> str:
        """The kind of page in the visitor's language."""
        return str(self.kind_label or self._meta.verbose_name)

    @property
    def description(self) -> str:
        """Text for the meta description: the editor's own, or the summary."""
        return self.search_description or self.summary
