"""Rows of a piece of set-up, kept as SQL: the second test that wants them gets them at once.

Making a home page and six areas with their groups, permissions and workflows through the models
takes about a second and runs hundreds of queries; putting the same rows back takes one statement
per table.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import connection, models, transaction

from tests.indexes import noted

#: SQL that writes any column as a literal that the same database reads back unchanged.
LITERAL = {"postgresql": "quote_nullable({}::text)", "sqlite": "quote({})"}
MIGRATED = "what the migrations made"
_kept: dict[str, list[str]] = {}


def _tables() -> Iterator[tuple[str, int, list[str]]]:
    """The tables of all models: quoted name, number of key columns, quoted columns, keys first."""
    seen = set()
    quote = connection.ops.quote_name
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        # SQLite's triggers fill the full-text table of the search index.
        by_trigger = options.db_table.endswith("_fts")
        if by_trigger or not options.managed or options.proxy or options.db_table in seen:
            continue
        seen.add(options.db_table)
        keys = [field.column for field in options.pk_fields]
        others = [field.column for field in options.local_concrete_fields if field.column]
        columns = dict.fromkeys(map(quote, (*keys, *others)))
        yield quote(options.db_table), len(keys), list(columns)


def _rows() -> dict[str, set[tuple[str, ...]]]:
    """All rows of all tables, as SQL literals."""
    literal = LITERAL[connection.vendor]
    found = {}
    with connection.cursor() as cursor:
        for table, _keys, columns in _tables():
            literals = ", ".join(literal.format(column) for column in columns)
            cursor.execute(f"SELECT {literals} FROM {table}")  # noqa: S608
            found[table] = set(cursor.fetchall())
    return found


def _statements(before: dict, after: dict) -> Iterator[str]:
    """SQL that brings the rows of `before` to those of `after`."""
    for table, keys, columns in _tables():
        gone, added = before[table] - after[table], after[table] - before[table]
        if gone:
            rows = (zip(columns[:keys], row[:keys], strict=True) for row in gone)
            tests = (" AND ".join(f"{column} = {value}" for column, value in row) for row in rows)
            yield f"DELETE FROM {table} WHERE {' OR '.join(tests)}"  # noqa: S608
        if added:
            values = ", ".join(f"({', '.join(row)})" for row in added)
            yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}"  # noqa: S608


def _write(statements: list[str]) -> None:
    """Execute statements: in one go where the database takes that."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statements = ["; ".join(statements)] if statements else []
        for statement in statements:
            cursor.execute(statement)


def empty_by_deleting() -> None:
    """Have tables emptied row by row after a test with real transactions.

    Those of tests hold few rows, and TRUNCATE makes a thousand new files. Foreign keys and the
    triggers that keep ledgers closed stay out of it, which PostgreSQL allows its superuser only.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone()[0] != "on":
            return

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        names = [self.quote_name(table) for table in tables]
        statements = (
            # As TRUNCATE does: wait for who is still writing.
            f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {name}" for name in names),  # noqa: S608
        )
        return ["; ".join(statements)] if names else []

    # Of the class: a browser test has a connection of another thread.
    type(connection.ops).sql_flush = sql_flush


def put_back() -> None:
    """Fill emptied tables with what the migrations made; does nothing where they hold rows."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_content_type")
            emptied = cursor.fetchone()[0] == 0
        if emptied:
            _write(_kept[MIGRATED])


def keep_migrated() -> None:
    """Remember what the migrations made; called once, on a new database."""
    empty = {table: set() for table, _keys, _columns in _tables()}
    _kept[MIGRATED] = list(_statements(empty, _rows()))


def kept(name: str, make: Callable[[], models.Model]) -> None:
    """Call `make` the first time that a process wants `name`; put its rows in again afterwards.

    The rows have the same primary keys each time.
    """
    with transaction.atomic():
        if name not in _kept:
            before = _rows()
            with noted():
                make()
            _kept[name] = list(_statements(before, _rows()))
            return
        _write(_kept[name])
