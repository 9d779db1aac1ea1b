"""What a user may do with the items of an agenda, besides what Wagtail asks page by page."""

from django.contrib.contenttypes.models import ContentType
from wagtail.permissions import policy_registry

from cms.permissions import addable_models, may_edit_type

from .models import AgendaItemPage, AgendaPage

EVERYTHING = frozenset({"add", "change", "publish"})


def item_actions(*, user, agenda: AgendaPage) -> frozenset[str]:
    """Which of "add", "change" and "publish" the user may do with items of an agenda."""
    if not user.is_active:
        return frozenset()
    if user.is_superuser:
        return EVERYTHING
    content_type = ContentType.objects.get_for_model(AgendaItemPage)
    held = may_edit_type(user, agenda.path, content_type.pk, policy_registry.get(agenda))
    return EVERYTHING & held


def may_roll_over(*, user, agenda: AgendaPage) -> bool:
    """Whether the user may publish agendas and their items in this area, and make a new one."""
    if user.is_superuser:
        return True
    if not agenda.permissions_for_user(user).can_publish():
        return False
    area = agenda.get_parent().specific_deferred
    may_add = AgendaPage in addable_models(user, area)
    return may_add and {"add", "publish"} <= item_actions(user=user, agenda=agenda)
