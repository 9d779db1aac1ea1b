"""Polls in the admin: a manager sees and edits those of the own area only."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from areas.permissions import ALL_AREAS, areas_for
from areas.viewsets import AreaSnippetViewSet, ChooserViewSet

from .models import Poll, PollVote

MAX_CHOICES = 12


class PollAdminForm(WagtailAdminModelForm):
    """Own areas only, two answers at least, and no answer away that got a vote."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("area")
        if field is not None and self.for_user is not None:
            field.queryset = areas_for(self.for_user).in_order()
            field.required = not self.for_user.has_perm(ALL_AREAS)

    def is_valid(self):
        return super().is_valid() and not self._remove_voted()

    def _remove_voted(self) -> bool:
        """Whether an answer with votes was taken away; says so in the form if it was."""
        gone = [
            form
            for form in self.formsets["choices"].deleted_forms
            if form.instance.pk and PollVote.objects.filter(choice=form.instance.pk).exists()
        ]
        for form in gone:
            self.add_error(
                None,
                _("Op ‘%(answer)s’ is al gestemd. Dit antwoord kunt u niet weghalen.")
                % {"answer": form.instance.text},
            )
        return bool(gone)


class OwnPollsMixin:
    """Offers polls of the own areas and of the whole municipality."""

    def get_object_list(self):
        return Poll.objects.for_user(self.request.user)


class OwnChosenView(SnippetChosenView):
    def get_object(self, pk):
        return Poll.objects.for_user(self.request.user).get(pk=pk)


class OwnChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks):
        return Poll.objects.for_user(self.request.user).filter(pk__in=pks)


class ChoosePollView(OwnPollsMixin, ChooseView):
    pass


class ChoosePollResultsView(OwnPollsMixin, ChooseResultsView):
    pass


class PollChooserViewSet(ChooserViewSet):
    choose_view_class = ChoosePollView
    choose_results_view_class = ChoosePollResultsView
    chosen_view_class = OwnChosenView
    chosen_multiple_view_class = OwnChosenMultipleView


class PollViewSet(AreaSnippetViewSet):
    model = Poll
    icon = "list-ul"
    menu_label = _("Peilingen")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "question",
        Column("area", label=_("Gebied"), accessor=lambda poll: poll.area or _("Hele gemeente")),
        BooleanColumn("takes_votes", label=_("Open")),
    ]
    list_filter = ["area", "is_open"]
    search_fields = ["question"]
    chooser_viewset_class = PollChooserViewSet
    edit_handler = ObjectList(
        [
            FieldPanel("question"),
            FieldPanel("explanation"),
            InlinePanel(
                "choices",
                heading=_("Antwoorden"),
                label=_("Antwoord"),
                min_num=2,
                max_num=MAX_CHOICES,
            ),
            FieldPanel("area"),
            FieldRowPanel([FieldPanel("is_open"), FieldPanel("closes_at")], heading=_("Open")),
        ],
        base_form_class=PollAdminForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("area")
