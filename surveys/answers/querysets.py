"""Queries about tags of answers."""

from django.db import models
from django.db.models import Count, Exists, OuterRef


def same_answer() -> dict:
    """What ties a subquery to the answer of the outer query, in both directions."""
    return {name: OuterRef(name) for name in ("response_id", "question_id", "option_id")}


class TagQuerySet(models.QuerySet):
    def of(self, survey):
        """Tags of a survey, by name."""
        return self.filter(survey=survey).order_by("key")

    def counted(self):
        """With `answer_count`, the number of answers that carry the tag."""
        return self.annotate(answer_count=Count("taggings__response_id"))


class TaggingQuerySet(models.QuerySet):
    def on(self, answers):
        """Taggings of a queryset of answers."""
        return self.filter(Exists(answers.order_by().filter(**same_answer())))

    def count_by_tag(self, answers) -> dict[int, int]:
        """{key of a tag: number of answers}, of a queryset of answers."""
        counted = self.on(answers).values_list("tag_id").annotate(count=Count("response_id"))
        return dict(counted.order_by())

    def any_on_answer(self, tag_id: int | None = None) -> Exists:
        """Whether the answer of the outer query carries a tag: this one, or any."""
        rows = self.filter(**same_answer())
        return Exists(rows if tag_id is None else rows.filter(tag_id=tag_id))
