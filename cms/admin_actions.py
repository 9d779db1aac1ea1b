"""The buttons below the editor: what a person comes for is on the button, the rest in its menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem

PUBLISH, SUBMIT, APPROVE = "action-publish", "action-submit", "approve"


class SubmitItem(SubmitForModerationMenuItem):
    """Hands in for approval, without the name of the workflow, which is long."""

    label = _("Laat nalezen")

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "label": self.label}


@hooks.register("construct_page_action_menu")
def first_things_first(menu_items, request, context):
    """Who is asked for approval approves, who may publish publishes, and others hand in.

    Publishing a page that waits for somebody else would end that; there the order stays.
    """
    names = {item.name for item in menu_items}
    page = context.get("page")
    if APPROVE in names:
        first = APPROVE
    elif PUBLISH in names:
        if page is not None and page.pk and page.current_workflow_task:
            return
        first = PUBLISH
        menu_items[:] = [item for item in menu_items if item.name != SUBMIT]
    elif SUBMIT in names:
        first = SUBMIT
        menu_items[:] = [
            SubmitItem(item.order) if item.name == SUBMIT else item for item in menu_items
        ]
    else:
        return
    menu_items.sort(key=lambda item: item.name != first)
