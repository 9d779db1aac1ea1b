"""The one write of a mail: it ends the delivery before and opens the next, together.

Spelled out in SQL, and on PostgreSQL prepared once for a connection, so that it is not built,
parsed and planned anew for every mail.
"""

from datetime import datetime
from functools import cache

from django.db import connection

from ..models import Delivery

State = Delivery.State

#: Types of the values, which PostgreSQL must know of a prepared statement.
_TYPES = {
    "before": "bigint",
    "after": "bigint",
    "worker": "text",
    "state": "text",
    "reply": "text",
    "finished_at": "timestamptz",
    "next_attempt_at": "timestamptz",
    "now": "timestamptz",
}


@cache
def _statement(vendor: str) -> str:
    value = {
        name: f"%({name})s::{kind}" if vendor == "postgresql" else f"%({name})s"
        for name, kind in _TYPES.items()
    }
    return """
UPDATE {table} SET
    state = CASE WHEN id = {before} THEN {state} ELSE '{handed_over}' END,
    reply = CASE WHEN id = {before} THEN {reply} ELSE reply END,
    finished_at = CASE WHEN id = {before} THEN {finished_at} ELSE finished_at END,
    next_attempt_at = CASE WHEN id = {before} THEN {next_attempt_at} ELSE next_attempt_at END,
    attempts = CASE WHEN id = {before} THEN attempts ELSE attempts + 1 END,
    handed_over_at = CASE WHEN id = {before} THEN handed_over_at ELSE {now} END
WHERE id IN ({before}, {after}) AND worker = {worker} AND (
    (id = {after} AND state = '{claimed}')
    OR (id = {before} AND state IN ('{handed_over}', '{unknown}'))
)
""".format(
        table=Delivery._meta.db_table,
        handed_over=State.HANDED_OVER,
        claimed=State.CLAIMED,
        unknown=State.UNKNOWN,
        **value,
    )


def close_and_open(
    *,
    worker: str,
    before: int,
    after: int,
    state: str,
    reply: str,
    next_attempt_at: datetime | None,
    now: datetime,
) -> int:
    """End delivery `before` with a state and mark `after` as handed over: rows changed.

    2 where both are this worker's; it is on disk when this returns.
    """
    adapted = connection.ops.adapt_datetimefield_value
    values = {
        "before": before,
        "after": after,
        "worker": worker,
        "state": str(state),
        "reply": reply,
        "finished_at": adapted(None if next_attempt_at else now),
        "next_attempt_at": adapted(next_attempt_at),
        "now": adapted(now),
    }
    with _cursor() as cursor:
        cursor.execute(_statement(connection.vendor), values)
        return cursor.rowcount


@cache
def _prepared():
    from psycopg import Cursor  # not there where SpatiaLite is used

    class Prepared(Cursor):
        """Sends values apart from the statement, which the server keeps."""

        def execute(self, query, params=None):
            return super().execute(query, params, prepare=True)

    return Prepared


def _cursor():
    """A cursor of Django, so that it counts queries and translates errors as ever."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(_prepared()(connection.connection))
