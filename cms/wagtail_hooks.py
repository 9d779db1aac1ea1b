"""The Wagtail admin: editor roles on page types, and a calm face for editors."""

from django.conf import settings
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.localization import get_localized_response
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import admin_actions, admin_panels  # noqa: F401
from .models import EditorRole
from .permissions import addable_models, require_addable

#: Reports that only mean something to who keeps the site itself.
ADMINISTRATOR_REPORTS = {"page-types-usage", "workflow-tasks", "locked-pages"}


@hooks.register("insert_global_admin_css")
def brand():
    """Colours, logo and first page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/brand.css"))


@hooks.register("before_create_page")
def deny_other_page_types(request, parent_page, page_class):
    """A user makes only the page types of the roles that reach this place in the tree."""
    require_addable(request.user, parent_page.specific_deferred, page_class)


class TypedAddSubpageView(AddSubpageView):
    """The choice of a page type, with only the types this user may make."""

    template_name = "wagtailadmin/pages/choose_type.html"

    def get(self, request, *args, **kwargs):
        """Show the choice, or go straight to the form where only one type is left."""
        models = addable_models(request.user, self.parent_page.specific_deferred)
        if len(models) == 1:
            meta = models[0]._meta
            return redirect(
                "wagtailadmin_pages:add", meta.app_label, meta.model_name, self.parent_page.pk
            )
        choices = [(model, admin_panels.new_page(model)) for model in models]
        self.page_types = [
            {
                "name": model.get_verbose_name(),
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "description": model.get_page_description(),
                "icon": choice.icon if choice else "doc-empty",
            }
            for model, choice in sorted(
                choices, key=lambda pair: (pair[1].order if pair[1] else 100, str(pair[0].__name__))
            )
        ]
        return super().get(request, *args, **kwargs)


class AdminTexts(JavaScriptCatalog):
    """The texts of the admin's scripts, with our own Dutch over Wagtail's."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages):
        return [*super().get_paths(packages), *settings.LOCALE_PATHS]


def admin_texts(request):
    """The texts in the language that the user chose for the admin."""
    return get_localized_response(AdminTexts.as_view(), request)


#: Stands before Wagtail's own admin addresses, so that these views answer first.
admin_overrides = [
    path("jsi18n/", admin_texts),
    path(
        "pages/<int:parent_page_id>/add_subpage/",
        require_admin_access(TypedAddSubpageView.as_view()),
    ),
]


@hooks.register("construct_reports_menu")
def few_reports(request, menu_items):
    """Leave reports about the site's machinery to administrators."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in ADMINISTRATOR_REPORTS]


@hooks.register("construct_help_menu")
def only_own_help(request, menu_items):
    """Leave out the links to the maker of the software, which speak English and of other sites."""
    menu_items[:] = [
        item
        for item in menu_items
        if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


class EditorRoleViewSet(SnippetViewSet):
    model = EditorRole
    icon = "group"
    menu_label = _("Redacteursrollen")
    add_to_settings_menu = True
    panels = [FieldPanel("group"), FieldPanel("page_types")]


register_snippet(EditorRoleViewSet)
