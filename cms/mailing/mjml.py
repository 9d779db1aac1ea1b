"""Mail markup (MJML) to the HTML with inlined styles that mail programs understand."""

import mrml
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from cms.palette import bands, palette
from cms.services import default_site_settings

FONT = 'Verdana, "DejaVu Sans", Geneva, sans-serif'


def render_mjml(template: str, context: dict) -> str:
    """A whole HTML mail from an MJML template that extends `mail/base.mjml`.

    Adds the theme's colours, `site_settings` and the language. Raises OSError where the template
    is no valid MJML, which is a fault of ours and never of an editor.
    """
    source = render_to_string(
        template,
        {
            "colors": palette(),
            "font": mark_safe(FONT.replace('"', "'")),  # noqa: S308 - a constant of ours
            "language": translation.get_language() or "nl",
            "bands": bands(),
            "site_settings": default_site_settings(),
            **context,
        },
    )
    return mrml.to_html(source).content
