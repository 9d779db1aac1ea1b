"""What stands below the content of every mail: the personal alternative."""

from django.utils.translation import gettext as _

from cms.services import default_site_settings

from .text import wrap


def contact_text() -> str:
    """The personal alternative in plain text, a channel on each line."""
    site_settings = default_site_settings()
    desk = ", ".join(
        part for part in (site_settings.desk_address, site_settings.desk_hours) if part
    )
    lines = [_("Liever persoonlijk contact?")]
    for label, value in (
        (_("Bel"), site_settings.phone),
        ("WhatsApp:", site_settings.whatsapp),
        (_("Balie:"), desk),
    ):
        if value:
            lines.append(wrap(f"{label} {value}"))
    return "\n".join(lines)
