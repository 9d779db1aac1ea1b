"""The words that people use most in their answers to a question, in the admin."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from ..results.kept import kept
from .views import QuestionView
from .words import Words, most_used_words


class WordsView(QuestionView):
    """`GET /beheer/enquetes/<pk>/resultaten/<question id>/woorden/`."""

    template_name = "surveys/admin/words.html"
    page_title = gettext_lazy("Meest gebruikte woorden")
    here = "surveys_words"

    def get_context_data(self, **kwargs):
        threshold = settings.SURVEY_SMALL_NUMBERS
        return {
            **super().get_context_data(**kwargs),
            "words": self._words(threshold),
            "threshold": threshold,
            "search_url": self.address("surveys_answers"),
        }

    def _words(self, threshold: int) -> Words:
        """The words, kept as long as no answer changes: 250,000 answers take some ten seconds."""
        return kept(
            self.survey, "words", self.question.id, threshold,
            make=lambda: most_used_words(self.all_answers, threshold=threshold),
        )  # fmt: skip
