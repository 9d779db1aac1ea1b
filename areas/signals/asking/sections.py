"""The way to ask something, on the home page and on the page of an area."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.sections import Section


class AskSection(Section):
    """One clear next step for who has a question or a plan; it takes no queries."""

    key = "ask"
    title = _("Hebt u een vraag of een plan voor uw buurt?")
    order = 85
    template = "signals/asking/section.html"

    def get_items(self, *, request, area=None, limit):
        return [reverse("signal_ask")]

    def get_more_url(self, *, area=None) -> str:
        return reverse("signal_ask")
