"""The column of a mail."""

WIDTH = 600  # in CSS pixels
