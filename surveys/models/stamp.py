"""A mark that changes when answers of a survey change, so that what was worked out can be kept."""

from django.db import models

from .survey import SurveyPage


class AnswersStamp(models.Model):
    """Another random text each time that answers or responses of a survey are changed or removed.

    Written by the database only (`surveys.results.watch`). No constraint leads to the survey: the
    row may be made while that goes, and stays behind harmlessly.
    """

    wagtail_reference_index_ignore = True

    survey = models.OneToOneField(
        SurveyPage,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    stamp = models.CharField(max_length=36)

    class Meta:
        verbose_name = "answers stamp"
        verbose_name_plural = "answers stamps"

    def __str__(self) -> str:
        return self.stamp
