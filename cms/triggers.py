"""Triggers that an app keeps on its tables, for rules that hold whoever writes there.

They are made after every `migrate` and, on SQLite, taken away before it: SQLite makes a table anew
to alter it, loses its triggers and stumbles over triggers that name it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True, eq=False)
class Triggers:
    """What one purpose needs; `keep_up` in `AppConfig.ready()` of the app that owns the tables."""

    #: Nothing is made before all of these are there.
    tables: frozenset[str]
    #: Statements that make functions and triggers, or replace them.
    postgresql: Sequence[str]
    #: Name of a trigger -> the statement that makes it where it is not there.
    sqlite: Mapping[str, str]

    def keep_up(self, app: AppConfig) -> None:
        """Make them with each `migrate` of the app."""
        pre_migrate.connect(self.take_away, sender=app)
        post_migrate.connect(self.make, sender=app)

    def take_away(self, using: str, **kwargs) -> None:
        """Before `migrate`, on SQLite only."""
        connection = connections[using]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for name in self.sqlite:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def make(self, using: str, **kwargs) -> None:
        """After `migrate`, unless tables are not there (yet)."""
        connection = connections[using]
        postgresql = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            if not self.tables.issubset(connection.introspection.table_names(cursor)):
                return
            for statement in self.postgresql if postgresql else self.sqlite.values():
                cursor.execute(statement)
