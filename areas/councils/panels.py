"""Parts of the form of a meeting that show what is known besides its own fields."""

from wagtail.admin.panels import Panel


class MeetingPanel(Panel):
    """Shows something of a saved meeting; nothing on the form of a new one."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None


class OpenActionsPanel(MeetingPanel):
    """Actions of earlier meetings that come back until they are done."""

    class BoundPanel(MeetingPanel.BoundPanel):
        template_name = "councils/admin/open_actions.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"actions": list(self.instance.open_actions)}


class InvitationsPanel(MeetingPanel):
    """Who was invited, and what did not arrive."""

    class BoundPanel(MeetingPanel.BoundPanel):
        template_name = "councils/admin/invitations_panel.html"

        def get_context_data(self, parent_context=None):
            rows = list(self.instance.invitations.all())
            waiting = [row for row in rows if row.sent_at is None]
            context = super().get_context_data(parent_context)
            return context | {"rows": rows, "waiting": waiting}
