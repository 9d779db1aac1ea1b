"""Plain inserts of what one respondent sends, as many as fit in a time: the measure of submits.

A process with as many threads as one of the server; each stores a response with twelve answers in
a transaction, again and again, and does nothing else. `orm` stores with Django's `bulk_create`,
`sql` with two statements that psycopg sends. Prints how many were stored.
"""

import argparse
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import django

THREADS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("response", help="primary key of a response to repeat")
    parser.add_argument("seconds", type=float)
    arguments = parser.parse_args()
    django.setup()
    store = WAYS[arguments.way](arguments.response)
    store()  # what is made once for each process is not of the insert
    until = time.monotonic() + arguments.seconds
    with ThreadPoolExecutor(THREADS) as pool:
        print(sum(pool.map(lambda _: repeat(store, until), range(THREADS))))


def repeat(store, until: float) -> int:
    """How often `store` was called until the moment; on a connection of this thread."""
    from django.db import connection

    connection.ensure_connection()
    done = 0
    while time.monotonic() < until:
        store()
        done += 1
    connection.close()
    return done


def by_orm(pk: str):
    """Stores copies of a response with Django."""
    from django.db import transaction

    from surveys.models import Answer, Response

    model = Response.objects.get(pk=pk)
    columns = [
        {
            field.attname: getattr(answer, field.attname)
            for field in Answer._meta.concrete_fields
            if field.name != "response"
        }
        for answer in model.answers.all()
    ]
    version = model.version_id

    def store() -> None:
        response = Response(pk=uuid.uuid4(), version_id=version, receipt=uuid.uuid4())
        with transaction.atomic():
            Response.objects.bulk_create([response])
            Answer.objects.bulk_create(Answer(response=response, **row) for row in columns)

    return store


def by_sql(pk: str):
    """Stores copies of a response with one statement for it and one for all its answers."""
    from django.db import connection, transaction

    from surveys.models import Answer, Response

    def insert(model, where) -> tuple[str, list]:
        names = [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(names)} FROM {model._meta.db_table} WHERE {where} = %s",
                [pk],
            )
            rows = cursor.fetchall()
        marks = ", ".join(f"({', '.join(['%s'] * len(names))})" for _row in rows)
        statement = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES {marks}"
        return statement, [
            (name, value) for row in rows for name, value in zip(names, row, strict=True)
        ]

    response, answers = insert(Response, "id"), insert(Answer, "response_id")

    def store() -> None:
        key = uuid.uuid4()
        new = {"id": key, "response_id": key, "receipt": uuid.uuid4()}
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in (response, answers):
                cursor.execute(statement, [new.get(name, value) for name, value in values])

    return store


WAYS = {"orm": by_orm, "sql": by_sql}

if __name__ == "__main__":
    main()
