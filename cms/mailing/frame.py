"""What stands around the content of every mail: the parcel band and the contact channels."""

from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.models import SiteSettings

from .palette import palette
from .text import wrap

#: Widths of the plots of the parcel band, in percent, as on the site.
BAND_WIDTHS = (31, 11, 16, 8, 22, 12)


def default_site_settings() -> SiteSettings:
    """Names and contact channels, also where there is no request."""
    return SiteSettings.for_site(Site.objects.get(is_default_site=True))


def bands() -> list[tuple[str, int]]:
    """Colour and width in percent of each plot of the parcel band."""
    colors = palette()["light"]
    return [
        (colors.get(f"band_{number}", "#999999"), width)
        for number, width in enumerate(BAND_WIDTHS, start=1)
    ]


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
