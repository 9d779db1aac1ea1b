"""Panels in the editor of a survey: its responses, how well it reads, who hears the outcome."""

from django.urls import reverse
from wagtail.admin.panels import Panel

from .hints import MOST_SHOWN, hints


class ResultsPanel(Panel):
    """Number of responses with a link to the results; hidden for a survey not saved yet."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "surveys/admin/results_panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            from .models import Response

            context = super().get_context_data(parent_context)
            context["total"] = Response.objects.of(self.instance).count()
            context["results_url"] = reverse("surveys_results", args=[self.instance.pk])
            return context


class HintsPanel(Panel):
    """Advice on long sentences, long words and a long survey, about what was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "surveys/admin/hints_panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            found = hints(self.instance.asked, self.instance.intro)
            context = super().get_context_data(parent_context)
            context["hints"] = found[:MOST_SHOWN]
            context["more"] = len(found[MOST_SHOWN:])
            return context


class OutcomePanel(Panel):
    """How many people hear of the outcome, and how many did."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "surveys/admin/outcome_panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            from .outcomes.admin_views import telling

            context = super().get_context_data(parent_context)
            context |= telling(self.instance)
            context["mails_url"] = reverse("surveys_outcome_mails", args=[self.instance.pk])
            return context


class LinksPanel(Panel):
    """A warning where a survey can only be reached by its links and there is none to use."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "surveys/admin/links_panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.only_by_links

        def get_context_data(self, parent_context=None):
            from .collecting.reach import has_open_link

            context = super().get_context_data(parent_context)
            pk = self.instance.pk
            context["has_link"] = pk is not None and has_open_link(pk)
            context["links_url"] = reverse("surveys_collectors", args=[pk]) if pk else ""
            return context
