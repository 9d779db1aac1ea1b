"""Marks in HTML for what is in another language than the interface (WCAG 3.1.2)."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString


def dutch(text: str) -> SafeString | str:
    """Text of an editor, marked as Dutch for a screen reader; nothing stays nothing."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""


class DutchSelect(forms.Select):
    """A select whose options an editor wrote, in Dutch; the empty one is of the interface."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if str(value):
            option["attrs"]["lang"] = "nl"
        return option
