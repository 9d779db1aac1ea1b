"""Marks in HTML for the language of a text of a survey."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from cms.languages import dutch

from .registry import DUTCH, language
from .words import DutchWords


def marked(text: str, code: str) -> SafeString | str:
    """A text in the language of `code` as HTML that says so; nothing stays nothing."""
    if not text:
        return ""
    if isinstance(text, DutchWords):
        return conditional_escape(text)
    if code == DUTCH:
        return dutch(text)
    return format_html("<span {}>{}</span>", language(code).attrs, text)
