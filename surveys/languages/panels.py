"""How far the translations are, in the editor of a survey: the check before publishing."""

from wagtail.admin.panels import Panel


class TranslationsPanel(Panel):
    """A line for each language with what is missing, and the way to the translation screen."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "surveys/admin/languages/panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            from .state import progress

            context = super().get_context_data(parent_context)
            context["survey"] = self.instance
            context["progress"] = progress(self.instance)
            return context
