"""A text that stands in Dutch where the rest is in another language."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


class DutchWords(str):
    """A Dutch text among others: in HTML it says that it is Dutch, elsewhere it is plain text."""

    __slots__ = ()

    def __html__(self) -> SafeString:
        return format_html('<span lang="nl" dir="ltr">{}</span>', str(self))
