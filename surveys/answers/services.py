"""Write paths of tags. Two editors at once lose nothing: each writes only what was clicked."""

from django.db import IntegrityError, connections, transaction
from django.db.models import QuerySet

from ..models import AnswerTag, AnswerTagging, SurveyPage
from ..models.tag import tag_key

#: More than this nobody keeps apart, and a page cannot show.
MOST_TAGS = 200
ATTEMPTS = 3


class TagError(Exception):
    """A tag that is not there any more, or a name that is taken (`other`)."""

    def __init__(self, message: str, other: AnswerTag | None = None) -> None:
        super().__init__(message)
        self.other = other


class TagGoneError(TagError):
    """Somebody merged or removed the tag meanwhile."""


class NameTakenError(TagError):
    """Another tag of the survey has this name."""


class TooManyTagsError(TagError):
    """The survey has as many tags as it may have."""


@transaction.atomic
def ensure_tag(*, survey: SurveyPage, name: str) -> AnswerTag:
    """The tag of a survey with this name, made where it is not there; capitals do not matter."""
    known = AnswerTag.objects.of(survey).filter(key=tag_key(name)).first()
    if known is not None:
        return known
    if AnswerTag.objects.of(survey).count() >= MOST_TAGS:
        raise TooManyTagsError(name)
    # Another editor may be making the same one.
    return AnswerTag.objects.get_or_create(
        survey=survey, key=tag_key(name), defaults={"name": name}
    )[0]


def tag_answers(*, tag: AnswerTag, answers: QuerySet) -> int:
    """Put a tag on answers to a question of its survey; gives their number.

    TagGoneError where the tag went meanwhile. An answer that goes meanwhile is passed over.
    """
    for _attempt in range(ATTEMPTS):
        try:
            return _put(tag, answers)
        except IntegrityError:  # an answer went between looking and writing
            continue
    raise TagGoneError(tag.name)


@transaction.atomic
def _put(tag: AnswerTag, answers: QuerySet) -> int:
    # Whoever merges or removes the tag waits for this, and the other way round.
    if not AnswerTag.objects.select_for_update(no_key=True).filter(pk=tag.pk).exists():
        raise TagGoneError(tag.name)
    _copy(answers, tag)
    return answers.count()


def _copy(rows: QuerySet, tag: AnswerTag) -> None:
    """Put a tag on what answers or taggings stand for, by the database itself."""
    names = ("response_id", "question_id", "option_id")
    source = rows.order_by().values_list(*names)
    sql, params = source.query.get_compiler(source.db).as_sql()
    table = connections[source.db].ops.quote_name(AnswerTagging._meta.db_table)
    columns = ", ".join(names)
    with connections[source.db].cursor() as cursor:
        # SQLite needs the WHERE to tell ON CONFLICT from the ON of a join.
        cursor.execute(
            f"INSERT INTO {table} ({columns}, tag_id) "  # noqa: S608
            f"SELECT {columns}, CAST(%s AS bigint) FROM ({sql}) AS chosen WHERE true "
            "ON CONFLICT DO NOTHING",
            (tag.pk, *params),
        )


@transaction.atomic
def untag_answers(*, tag: AnswerTag, answers: QuerySet) -> int:
    """Take a tag off answers; gives the number that carried it."""
    return AnswerTagging.objects.filter(tag=tag).on(answers).delete()[0]


@transaction.atomic
def rename_tag(*, tag: AnswerTag, name: str) -> None:
    """Give a tag another name; NameTakenError where another tag has it, TagGoneError."""
    kept = AnswerTag.objects.select_for_update().filter(pk=tag.pk).first()
    if kept is None:
        raise TagGoneError(tag.name)
    others = AnswerTag.objects.filter(survey_id=kept.survey_id, key=tag_key(name))
    if (other := others.exclude(pk=kept.pk).first()) is not None:
        raise NameTakenError(name, other)
    kept.name = name
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise NameTakenError(name, others.exclude(pk=kept.pk).first()) from None


@transaction.atomic
def merge_tags(*, tag: AnswerTag, into: AnswerTag) -> int:
    """Put `into` on all answers with `tag` and remove `tag`; gives the number of answers.

    ValueError for tags of two surveys or twice the same one; TagGoneError.
    """
    if tag.pk == into.pk or tag.survey_id != into.survey_id:
        raise ValueError(f"Tags {tag.pk} and {into.pk} cannot be merged.")
    # In one order, so that two editors who merge crosswise wait instead of blocking each other.
    locked = AnswerTag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")
    if len(locked) < 2:
        raise TagGoneError(tag.name)
    count = tag.taggings.count()
    _copy(AnswerTagging.objects.filter(tag=tag), into)
    tag.delete()
    return count


@transaction.atomic
def delete_tag(*, tag: AnswerTag) -> int:
    """Remove a tag from its survey; gives the number of answers that carried it."""
    count = tag.taggings.count()
    tag.delete()
    return count
