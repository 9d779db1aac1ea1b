"""Search: what a load makes is put into the index once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Put everything of the site into the search index afterwards, instead of at every save.

    Holds for the whole process, not for its thread only. What breaks off is not indexed.
    """
    models = get_indexed_models()
    connected = [
        model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        yield
    finally:
        for model in connected:
            post_save.connect(post_save_signal_handler, sender=model)
    for backend in get_search_backends(with_auto_update=True):
        for model in connected:
            backend.add_bulk(model, model.get_indexed_objects().order_by("pk"))
