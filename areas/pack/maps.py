"""The map of a council as a drawing (SVG): see `areas.drawing` for what stands where.

The drawing carries both colours, for paper, and classes, by which a stylesheet can replace them on
screen.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.drawing import MAX_NUMBERS, WIDTH, Marker, Sizes, plan
from cms.palette import palette

__all__ = ["MAX_NUMBERS", "PackMap", "draw"]

SIZES = Sizes()


@dataclass(frozen=True)
class PackMap:
    """The drawing as SVG, what it shows in words, and the numbered things on it."""

    svg: SafeString
    alt: str
    pins: list


def draw(*, council, territory, pins: list) -> PackMap:
    """The map of a council: its area, its territory and the numbered things in it.

    `pins` have number, title, geometry (WGS 84) and is_item. Two queries.
    """
    whole = territory.geometry if territory.geometry is not None else council.area.geometry
    drawn = plan(territory=whole, pins=pins, sizes=SIZES)
    frame = drawn.frame
    alt = _in_words(council, pins)
    svg = render_to_string(
        "pack/map.svg",
        {
            "alt": alt,
            "width": WIDTH,
            "height": round(frame.drawn_height),
            "colors": palette()["light"],
            "areas": [path for path in map(frame.path, drawn.areas) if path],
            "territory": frame.path(drawn.territory) if drawn.territory is not None else "",
            "shapes": [
                {"d": path, "closed": shape.dims == 2}
                for _pin, shape in drawn.shapes
                if shape.dims and (path := frame.path(shape))
            ],
            "names": drawn.names,
            "markers": [
                _numbered(marker, pin.is_item)
                for marker, pin in zip(drawn.markers, pins, strict=True)
            ],
            "radius": SIZES.radius,
            "ruler": drawn.ruler,
        },
    )
    return PackMap(svg=svg, alt=alt, pins=pins)


def _numbered(marker: Marker, is_item: bool) -> dict:
    """A marker for the template: a circle, or a square by its upper left corner."""
    return {
        "number": marker.number,
        "is_item": is_item,
        "is_moved": marker.is_moved,
        "x": marker.x,
        "y": marker.y,
        "spot_x": marker.spot_x,
        "spot_y": marker.spot_y,
        "left": round(marker.x - 15, 1),
        "top": round(marker.y - 15, 1),
        "baseline": round(marker.y + 6, 1),  # so that the number is in the middle
    }


def _in_words(council, pins: list) -> str:
    """What the map shows, for who does not see it."""
    if not pins:
        return _("Kaart van waar %(council)s voor opkomt. Er staan geen losse plekken op.") % {
            "council": council.name
        }
    return ngettext(
        "Kaart van waar %(council)s voor opkomt, met %(number)s genummerde plek. De lijst bij de "
        "kaart noemt haar.",
        "Kaart van waar %(council)s voor opkomt, met %(number)s genummerde plekken. De lijst bij "
        "de kaart noemt ze.",
        len(pins),
    ) % {"council": council.name, "number": len(pins)}
