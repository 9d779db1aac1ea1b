"""The words that people use most in their answers to a question, in the admin."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy

from .views import QuestionView
from .words import Words, most_used_words

#: Reading 250,000 answers takes some ten seconds.
SECONDS_KEPT = 600


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
        """The words, kept for a while as long as the number of answers stays the same."""
        count = self.all_answers.count()
        key = f"survey-words:{self.survey.pk}:{self.question.id}:{count}:{threshold}"
        return cache.get_or_set(
            key, lambda: most_used_words(self.all_answers, threshold=threshold), SECONDS_KEPT
        )
