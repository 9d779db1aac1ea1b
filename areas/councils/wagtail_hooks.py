"""Councils in the admin: a manager sees and edits those of the own area only."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from areas.permissions import AreaPermissionPolicy, areas_for
from areas.viewsets import AreaSnippetViewSet

from .models import Council


class CouncilForm(WagtailAdminModelForm):
    """Offers only the user's own areas, so a council cannot be put in another's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "area" in self.fields and self.for_user is not None:
            self.fields["area"].queryset = areas_for(self.for_user).in_order()


class CouncilViewSet(AreaSnippetViewSet):
    model = Council
    icon = "group"
    menu_label = _("Dorps- en wijkraden")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "kind", "area", "active"]
    list_filter = ["kind", "area", "active"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("kind"),
            FieldPanel("area"),
            FieldPanel("places", widget=forms.CheckboxSelectMultiple),
            FieldPanel("description"),
            FieldPanel("website"),
            FieldPanel("meeting_rhythm"),
            InlinePanel(
                "addresses",
                heading=_("E-mailadressen voor nieuwsbrieven"),
                help_text=_("Staan nooit op de site."),
                label=_("Adres"),
            ),
            MultiFieldPanel(Council.place_panels[0].children, heading=_("Plek")),
            FieldPanel("active"),
        ],
        base_form_class=CouncilForm,
    )


register_permission_policy(Council, AreaPermissionPolicy(Council, "area"))
register_snippet(CouncilViewSet)
