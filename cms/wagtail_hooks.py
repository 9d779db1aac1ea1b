"""The Wagtail admin: editor roles on page types, and a calm face for editors."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import EditorRole
from .permissions import addable_models, require_addable


@hooks.register("before_create_page")
def deny_other_page_types(request, parent_page, page_class):
    """A user makes only the page types of the roles that reach this place in the tree."""
    require_addable(request.user, parent_page.specific_deferred, page_class)


class TypedAddSubpageView(AddSubpageView):
    """The choice of a page type, with only the types this user may make."""

    def get(self, request, *args, **kwargs):
        allowed = {
            (model._meta.app_label, model._meta.model_name)
            for model in addable_models(request.user, self.parent_page.specific_deferred)
        }
        self.page_types = [kind for kind in self.page_types if (kind[1], kind[2]) in allowed]
        return super().get(request, *args, **kwargs)


#: Stands before Wagtail's own admin addresses, so that this view answers first.
admin_overrides = [
    path(
        "pages/<int:parent_page_id>/add_subpage/",
        require_admin_access(TypedAddSubpageView.as_view()),
    ),
]


class EditorRoleViewSet(SnippetViewSet):
    model = EditorRole
    icon = "group"
    menu_label = _("Redacteursrollen")
    add_to_settings_menu = True
    panels = [FieldPanel("group"), FieldPanel("page_types")]


register_snippet(EditorRoleViewSet)
