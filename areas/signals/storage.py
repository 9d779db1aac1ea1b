"""The storage of files, under the name by which the first migration knows it."""

from cms.files.storage import private_storage

__all__ = ["private_storage"]
