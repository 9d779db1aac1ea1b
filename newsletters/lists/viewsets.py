"""The menu entry "Verzendlijsten": all lists that the user keeps, and the form of one."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from areas.viewsets import ACTIONS, OwnRowMixin

from ..models import AddressList
from . import services
from .forms import AddressListForm


def area_title(address_list: AddressList) -> str:
    """Of which area a list is."""
    return address_list.area.title if address_list.area else _("De hele gemeente")


class ListIndexView(IndexView):
    """Lists that the user keeps: Wagtail's own index asks the policy about the model only."""

    def get_base_queryset(self):
        policy = policy_registry.get_by_type(AddressList)
        own = policy.instances_user_has_any_permission_for(self.request.user, ACTIONS)
        return own.select_related("area").defer("area__geometry").with_counts()


class NewListView(CreateView):
    def save_instance(self):
        self.form.instance.owner = self.request.user
        return super().save_instance()

    def get_success_url(self):
        """The new list itself: an empty list asks for addresses."""
        return reverse("newsletter_list", args=[self.object.pk])


class RemoveListView(DeleteView):
    def delete_action(self):
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete", user=self.request.user)
            services.delete_lists(lists=AddressList.objects.filter(pk=self.object.pk))

    @property
    def confirmation_message(self):
        number = self.object.members.count()
        return ngettext(
            "Wilt u deze lijst verwijderen, met %(number)d adres? Dat kan niet ongedaan worden "
            "gemaakt.",
            "Wilt u deze lijst verwijderen, met %(number)d adressen? Dat kan niet ongedaan worden "
            "gemaakt.",
            number,
        ) % {"number": number}


class ListViewSet(ModelViewSet):
    model = AddressList
    name = "newsletter_lists"
    url_prefix = "nieuwsbrieven/lijsten"
    icon = "group"
    menu_label = gettext_lazy("Verzendlijsten")
    menu_order = 25
    index_view_class = ListIndexView
    add_view_class = NewListView
    delete_view_class = RemoveListView
    copy_view_enabled = False
    search_fields = ["name", "purpose"]
    list_display = [
        TitleColumn(
            "name", label=gettext_lazy("Naam"), url_name="newsletter_list", sort_key="name"
        ),
        Column("area", label=gettext_lazy("Gebied"), accessor=area_title),
        Column("active", label=gettext_lazy("Adressen")),
        Column("keep_until", label=gettext_lazy("Bewaren tot en met"), sort_key="keep_until"),
    ]

    def get_form_class(self, for_update=False):
        return AddressListForm

    def construct_view(self, view_class, **kwargs):
        guarded = type(view_class.__name__, (OwnRowMixin, view_class), {})
        return super().construct_view(guarded, **kwargs)
