"""Where files of residents lie: outside MEDIA_ROOT, so no web server hands them out by itself."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.functional import LazyObject


class PrivateStorage(LazyObject):
    """Files without an address of their own; a view gives them to who may have them."""

    def _setup(self):
        self._wrapped = FileSystemStorage(location=settings.PRIVATE_MEDIA_ROOT, base_url=None)


def private_storage():
    """The storage, looked up when it is used: tests and machines have their own folder."""
    return PrivateStorage()
