"""Parts of the forms that show what is known besides their own fields."""

from wagtail.admin.panels import Panel


class PlannedRolloverPanel(Panel):
    """On the draft of a new agenda: what moves to it when it is published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "agenda/admin/planned_rollover.html"

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.plan = None
            if self.instance.pk is not None and not self.instance.live:
                from .models import Rollover

                plans = Rollover.objects.filter(target_id=self.instance.pk, carried_out_at=None)
                self.plan = plans.select_related("source").first()

        def is_shown(self):
            return super().is_shown() and self.plan is not None

        def get_context_data(self, parent_context=None):
            from .rollover import moving_items

            context = super().get_context_data(parent_context)
            moving = moving_items(agenda=self.plan.source).count()
            return context | {"source": self.plan.source, "moving": moving}
