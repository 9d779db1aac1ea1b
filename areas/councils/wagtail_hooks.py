"""Councils in the admin: a manager sees and edits those of the own area only."""

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from areas.permissions import AreaPermissionPolicy, OwnAreaPermissionPolicy
from areas.placed import GEOMETRY_TYPES
from areas.viewsets import AreaSnippetViewSet, OwnAreaSnippetViewSet
from cms.geometry.widgets import GeometryWidget

from .admin_views import ResendView
from .forms import AgreementForm, CouncilForm, MeetingForm, OwnCouncilForm
from .models import Agreement, Council, CouncilMeeting, CouncilMember
from .panels import InvitationsPanel, OpenActionsPanel


class CouncilViewSet(AreaSnippetViewSet):
    model = Council
    icon = "group"
    menu_label = _("Raden")
    list_display = ["name", "kind", "area", "active"]
    list_filter = ["kind", "area", "active"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("kind"),
            FieldPanel("area"),
            FieldPanel("description"),
            FieldPanel("website"),
            FieldPanel("meeting_rhythm"),
            InlinePanel(
                "addresses",
                heading=_("E-mailadressen voor nieuwsbrieven"),
                help_text=_("Staan nooit op de site."),
                label=_("Adres"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("places", widget=forms.CheckboxSelectMultiple),
                    FieldPanel(
                        "geometry",
                        widget=GeometryWidget(geom_types=GEOMETRY_TYPES),
                        help_text=_(
                            "Teken een vlak als de raad een vaste grens heeft. Anders geldt de "
                            "omgeving van de gekozen dorpen en wijken, en zonder die het hele "
                            "gebied."
                        ),
                    ),
                    FieldPanel("place_name"),
                ],
                heading=_("Waar de raad voor opkomt"),
            ),
            FieldPanel("active"),
        ],
        base_form_class=CouncilForm,
    )


class MemberViewSet(OwnAreaSnippetViewSet):
    model = CouncilMember
    icon = "user"
    menu_label = _("Leden van raden")
    list_display = [
        "name",
        "role",
        "council",
        BooleanColumn("is_current", label=_("Nu lid")),
    ]
    list_filter = ["role"]
    search_fields = ["name", "council__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("council", widget=forms.Select),
            FieldPanel("name"),
            FieldPanel("role"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]), FieldPanel("note")],
                heading=_("Alleen voor de gebiedsmanager"),
                help_text=_(
                    "Deze gegevens staan nooit op de site. Alleen de gebiedsmanager van dit "
                    "gebied en de beheerder zien ze."
                ),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("since"), FieldPanel("until")])], heading=_("Wanneer")
            ),
        ],
        base_form_class=OwnCouncilForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("council")


class AgreementViewSet(OwnAreaSnippetViewSet):
    model = Agreement
    icon = "doc-full-inverse"
    menu_label = _("Werkafspraken")
    list_display = [
        "title",
        "council",
        Column("date", label=_("Afgesproken op"), sort_key="date"),
        Column("review_date", label=_("Opnieuw bekijken op"), sort_key="review_date"),
        BooleanColumn("public", label=_("Openbaar")),
    ]
    list_filter = ["public"]
    search_fields = ["title", "council__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("council", widget=forms.Select),
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("date"), FieldPanel("review_date")]),
            MultiFieldPanel(
                [
                    FieldPanel("public"),
                    FieldPanel(
                        "document",
                        help_text=_(
                            "Het document verhuist naar een plek waar precies de juiste mensen "
                            "erbij kunnen. Bezoekers zien het alleen bij een openbare afspraak."
                        ),
                    ),
                ],
                heading=_("Document"),
            ),
        ],
        base_form_class=AgreementForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("council")


def _goes_on(meeting: CouncilMeeting) -> str:
    return _("Nee, afgezegd") if meeting.cancelled else _("Ja")


class MeetingViewSet(OwnAreaSnippetViewSet):
    """Meetings are cancelled and not deleted: the council must hear of it."""

    model = CouncilMeeting
    icon = "calendar"
    menu_label = _("Overleggen")
    list_display = [
        "starts_at",  # a name and no column: Wagtail links the first to its form
        "council",
        Column("get_state_display", label=_("Verslag")),
        Column("cancelled", label=_("Gaat door"), accessor=_goes_on),
        Column("unsent", label=_("Mails die wachten")),
    ]
    list_filter = ["state"]
    search_fields = ["council__name", "place_name"]
    edit_handler = ObjectList(
        [
            FieldPanel("council", widget=forms.Select),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("cancelled"),
            MultiFieldPanel(
                [
                    FieldPanel(
                        "geometry",
                        widget=GeometryWidget(geom_types=("Point",), multiple=False),
                        help_text=_("Zet een punt waar het overleg is."),
                    ),
                    FieldPanel("place_name"),
                ],
                heading=_("Waar"),
            ),
            FieldPanel("participants"),
            InlinePanel("agenda_points", heading=_("Onderwerpen"), label=_("Onderwerp")),
            OpenActionsPanel(heading=_("Nog open van eerdere overleggen")),
            InlinePanel("action_points", heading=_("Actiepunten"), label=_("Actiepunt")),
            MultiFieldPanel([FieldPanel("minutes"), FieldPanel("state")], heading=_("Verslag")),
            InvitationsPanel(heading=_("Uitnodigingen")),
        ],
        base_form_class=MeetingForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).in_list()


class MeetingPermissionPolicy(OwnAreaPermissionPolicy):
    """Nobody deletes a meeting; see `MeetingViewSet`."""

    def _has(self, user, actions) -> bool:
        return super()._has(user, [action for action in actions if action != "delete"])


@hooks.register("register_admin_urls")
def meeting_urls():
    return [
        path(
            "raden/overleg/<int:pk>/versturen/",
            require_admin_access(ResendView.as_view()),
            name="councils_resend",
        )
    ]


class CouncilGroup(SnippetViewSetGroup):
    """All about councils under one entry of the menu."""

    menu_label = _("Dorps- en wijkraden")
    menu_icon = "group"
    menu_order = 210
    items = (CouncilViewSet, MemberViewSet, MeetingViewSet, AgreementViewSet)


register_permission_policy(Council, AreaPermissionPolicy(Council, "area"))
for private in (CouncilMember, Agreement):
    register_permission_policy(private, OwnAreaPermissionPolicy(private, "council__area"))
register_permission_policy(CouncilMeeting, MeetingPermissionPolicy(CouncilMeeting, "council__area"))
register_snippet(CouncilGroup)
