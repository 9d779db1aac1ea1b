"""Agenda items as a table: out in one file, and in again after a look at what it would change."""
