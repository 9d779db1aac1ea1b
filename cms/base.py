"""The abstract page that every page type of the platform builds on."""

from itertools import accumulate

from django.db import models
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from .permissions import TypedPagePermissionTester

#: The most pages that can lie below one another: `path` has 255 letters, four a level.
DEEPEST = 63
#: Pages at some paths without the aliases among them, and what those are aliases of: also that of
#: an alias of an alias, however long that goes on.
_GUARDING = """
WITH RECURSIVE way (id, alias_of_id) AS (
    SELECT id, alias_of_id FROM wagtailcore_page WHERE path IN ({marks})
    UNION
    SELECT page.id, page.alias_of_id FROM wagtailcore_page page
    JOIN way ON page.id = way.alias_of_id
) SELECT id FROM way WHERE alias_of_id IS NULL
"""


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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, but straight to the deepest page of the path that is there.

        Two queries however deep it lies, where Wagtail fetches each page on the way twice. A page
        on the way has no say in it: `path_components` of its own, such as `pdf`, come last.
        """
        if not path_components or len(path_components) > DEEPEST:
            return super().route(request, path_components)
        paths = [f"{self.url_path}{path}/" for path in accumulate(path_components, "{}/{}".format)]
        # Of all conditions this one has an index.
        named = Page.objects.filter(slug__in=path_components)
        on_the_way = list(named.filter(url_path__in=paths).defer_streamfields().order_by("depth"))
        if not on_the_way:
            return super().route(request, path_components)
        found = on_the_way[-1].specific
        found.pages_above = [*self.pages_above, self, *on_the_way[:-1]]
        return found.route(request, path_components[found.depth - self.depth :])

    @cached_property
    def pages_above(self) -> list[Page]:
        """The pages between the root and this one, from home on; known where a visitor asked."""
        if not self.pk or self.depth <= 2:
            return []
        above = Page.objects.ancestor_of(self).filter(depth__gte=2)
        return list(above.order_by("depth").defer_streamfields())

    def get_view_restrictions(self):
        """As Wagtail's, in one query: of this page and those above, or what they are aliases of."""
        length = self.steplen
        paths = [self.path[:end] for end in range(length, len(self.path) + 1, length)]
        guarding = RawSQL(_GUARDING.format(marks=", ".join(["%s"] * len(paths))), paths)  # noqa: S611
        return PageViewRestriction.objects.filter(page__in=guarding if paths else [])

    @property
    def kind(self) -> str:
        """The kind of page in the visitor's language."""
        return str(self.kind_label or self._meta.verbose_name)

    @property
    def description(self) -> str:
        """Text for the meta description: the editor's own, or the summary."""
        return self.search_description or self.summary
