"""The poll that stands in the body of any page. The blocks of questions are in `types`."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock


class PollBlock(SnippetChooserBlock):
    """A poll on any page. All polls of one body come from the database together."""

    def __init__(self, target_model="surveys.Poll", **kwargs):
        super().__init__(target_model, **kwargs)

    def to_python(self, value):
        return None if value is None else self.bulk_to_python([value])[0]

    def bulk_to_python(self, values):
        """Polls with their choices and votes in two queries; None where one is gone."""
        polls = self.target_model.objects.with_results().in_bulk(list(values))
        return [polls.get(value) for value in values]

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if value is not None:
            from .forms import PollForm

            request = context.get("request")
            back = request.path if request is not None else ""
            context |= {
                "poll": value,
                "poll_form": PollForm(poll=value, initial={"terug": back}),
                "result_url": f"{reverse('poll', args=[value.pk])}?{urlencode({'terug': back})}",
            }
        return context

    class Meta:
        label = _("Stelling of vraag met één antwoord")
        icon = "list-ul"
        template = "surveys/blocks/poll.html"
