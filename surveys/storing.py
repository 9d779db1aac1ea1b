"""Storing a response with its answers in one go, as a busy survey does it thousands of times."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache

from django.contrib.gis.db.models import GeometryField
from django.db import connections, models, router, transaction
from django.db.models import sql

from .models import Answer, Response, ResponseMark


def store(
    response: Response, answers: Sequence[Answer], marks: Sequence[ResponseMark] = ()
) -> None:
    """Insert a new response with its answers and marks: all of it or nothing.

    PostgreSQL gets one statement, which is a transaction of its own: for twelve answers it takes
    six tenths of the processor time of two statements with a begin and an end. Raises
    IntegrityError where the response is there already.
    """
    using = router.db_for_write(Response)
    connection = connections[using]
    # Within a transaction of somebody else a refused statement must not spoil what was before it.
    is_whole = connection.vendor == "postgresql" and answers and not connection.in_atomic_block
    with nullcontext() if is_whole else transaction.atomic(using=using):
        insert(response, answers, marks)


def insert(
    response: Response, answers: Sequence[Answer], marks: Sequence[ResponseMark] = ()
) -> None:
    """As `store`, for who has a transaction that fails as a whole."""
    using = router.db_for_write(Response)
    connection = connections[using]
    if connection.vendor != "postgresql" or not answers:
        Response.objects.bulk_create([response])
        Answer.objects.bulk_create(answers)
        ResponseMark.objects.bulk_create(marks)
        return
    first, values = _insert(Response, [response], using)
    statement = f"WITH stored AS ({first})"
    if marks:
        second, more = _insert(ResponseMark, marks, using)
        statement, values = f"{statement}, marked AS ({second})", [*values, *more]
    last, more = _insert(Answer, answers, using)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} {last}", [*values, *more])


def _insert(model: type[models.Model], rows: Sequence[models.Model], using: str):
    """A statement that inserts these rows, and its values."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField) or rows[0].pk is not None
    ]
    places = [field.attname for field in fields if isinstance(field, GeometryField)]
    if any(getattr(row, name) is not None for row in rows for name in places):
        query = sql.InsertQuery(model)
        query.insert_values(fields, rows)
        [(statement, values)] = query.get_compiler(using=using).as_sql()
        return statement, values
    # What Django would make, without composing it anew for each respondent. A column without any
    # value is left out; an array for each other one is read much quicker than values in rows.
    connection = connections[using]
    columns = [
        [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows]
        for field in fields
    ]
    filled = [number for number, column in enumerate(columns) if column != [None] * len(rows)]
    statement = _statement(model, using, tuple(fields[number] for number in filled))
    return statement, [columns[number] for number in filled]


@lru_cache(maxsize=256)
def _statement(model: type[models.Model], using: str, fields: tuple[models.Field, ...]) -> str:
    names = ", ".join(f'"{field.column}"' for field in fields)
    # Without the length in it: as such a type, a text that is too long would be cut.
    types = [field.rel_db_type(connections[using]).partition("(")[0] for field in fields]
    arrays = ", ".join(f"%s::{name}[]" for name in types)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT * FROM UNNEST({arrays})'  # noqa: S608
