"""Tags that editors put on answers by hand, to sort what people wrote."""

from django.db import models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from ..answers.folding import fold
from ..answers.querysets import TaggingQuerySet, TagQuerySet
from .survey import SurveyPage

NAME_LENGTH = 50


class AnswerTag(models.Model):
    """One tag of one survey; `key` is its name without capitals and accents, which is unique."""

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="tags"
    )
    name = models.CharField(_("naam"), max_length=NAME_LENGTH)
    key = models.CharField(_("sleutel"), max_length=NAME_LENGTH, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["survey", "key"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "key"], name="survey_tag_once"),
            models.CheckConstraint(condition=~models.Q(key=""), name="survey_tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Save with the key that follows from the name."""
        self.name = tidy(self.name)
        self.key = tag_key(self.name)
        super().save(*args, **kwargs)


def tidy(name: str) -> str:
    """A name with single spaces."""
    return " ".join(name.split())


def tag_key(name: str) -> str:
    """What two names of the same tag have in common."""
    return fold(tidy(name))


class FollowsAnswer(BaseConstraint):
    """A foreign key of three columns to the answer, which takes the row along when it goes.

    Django has no foreign key to a composite primary key. The database's own holds for whoever
    deletes answers, and leaves the deletion of many responses at once as quick as it was.
    """

    table = "surveys_answer"
    columns = ("response_id", "question_id", "option_id")

    def constraint_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        columns = ", ".join(map(quote, self.columns))
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({columns}) "
            f"REFERENCES {quote(self.table)} ({columns}) "
            "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model, schema_editor):
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model, schema_editor):
        return schema_editor._delete_constraint_sql(
            schema_editor.sql_delete_fk, model, schema_editor.quote_name(self.name)
        )

    def validate(self, model, instance, exclude=None, using=None):
        """Nothing: the database checks it, as it does with every foreign key."""

    def __eq__(self, other):
        return isinstance(other, FollowsAnswer) and other.name == self.name

    def __hash__(self):
        return hash(self.name)


class AnswerTagging(models.Model):
    """That an answer carries a tag. It goes with the answer, and so with a withdrawn response.

    Keyed like the answer, so that no number tells in which order answers were read.
    """

    wagtail_reference_index_ignore = True

    pk = models.CompositePrimaryKey("response_id", "question_id", "option_id", "tag_id")
    response_id = models.UUIDField(_("inzending"))
    question_id = models.CharField(_("vraag"), max_length=36)
    option_id = models.CharField(_("keuze"), max_length=36, blank=True, default="")
    tag = models.ForeignKey(
        AnswerTag, verbose_name=_("label"), on_delete=models.CASCADE, related_name="taggings"
    )

    objects = TaggingQuerySet.as_manager()

    class Meta:
        verbose_name = _("gelabeld antwoord")
        verbose_name_plural = _("gelabelde antwoorden")
        constraints = [FollowsAnswer(name="answer_tagging_follows_answer")]

    def __str__(self) -> str:
        return self.question_id
