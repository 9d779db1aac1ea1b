"""What a question with drawings fills in a file."""

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from ..definition import Question
from ..shapes.reading import DECIMALS, POINT
from ..shapes.storing import PLACE, is_drawn
from .parts import Part, Storage, Stored, chosen

_MULTI = {"Point": "MULTIPOINT", "LineString": "MULTILINESTRING", "Polygon": "MULTIPOLYGON"}


def shape_columns(question: Question) -> list[Part]:
    """How many, a column a spot, what was drawn, the remarks, and the words for who drew nothing.

    Points have the degrees of the first one too. All but the counts are personal: a place and a
    route tell where somebody lives.
    """
    words = {"question": question.label}
    how_many = _("%(question)s (aantal)") % words
    parts = [Part(how_many, Storage.RATING, question.id, _count, "aantal")]
    for option in question.options:
        label = f"{question.label}: {option.label}"
        parts.append(Part(label, Storage.FLAG, question.id, chosen(option.id), option.id))
    own = [(_("%(question)s (getekend)"), Storage.SHAPE, _wkt, "vormen")]
    if question.extra.get("shape") == POINT:
        own += [
            (_("%(question)s (breedtegraad)"), Storage.DEGREES, _latitude, "lat"),
            (_("%(question)s (lengtegraad)"), Storage.DEGREES, _longitude, "lon"),
        ]
    own += [
        (_("%(question)s (opmerkingen)"), Storage.TEXT, _remarks, "opmerkingen"),
        (_("%(question)s (adres, dorp of omschrijving)"), Storage.TEXT, _words, "tekst"),
    ]
    for label, storage, read, key in own:
        parts.append(Part(label % words, storage, question.id, read, key, (), True))
    return parts


def geometry_in(row: Stored) -> GEOSGeometry | None:
    """The place in a stored answer: its shape, or its point."""
    return row[5] or row[3]


def _count(rows: list[Stored]) -> int:
    """Shapes and spots; somebody who only has words gave none."""
    return sum(row[0] != PLACE for row in rows)


def _wkt(rows: list[Stored]) -> str | None:
    """All that was drawn in one WKT of a Multi type, seven decimals."""
    drawn = [place for row in rows if is_drawn(row[0]) and (place := geometry_in(row))]
    if not drawn:
        return None
    bodies = ", ".join(_body(geometry.coords) for geometry in drawn)
    return f"{_MULTI[drawn[0].geom_type]} ({bodies})"


def _body(coordinates) -> str:
    """Coordinates of one simple geometry as WKT writes them between its brackets."""
    if isinstance(coordinates[0], float):
        return f"({_pair(coordinates)})"
    if isinstance(coordinates[0][0], float):
        return f"({', '.join(_pair(pair) for pair in coordinates)})"
    return f"({', '.join(_body(ring) for ring in coordinates)})"


def _pair(pair) -> str:
    return " ".join(f"{part:.{DECIMALS}f}".rstrip("0").rstrip(".") for part in pair)


def _first(rows: list[Stored]):
    """The first point that was drawn, or else a spot that was chosen."""
    points = [row for row in rows if row[3] and row[0] != PLACE]
    points.sort(key=lambda row: not is_drawn(row[0]))
    return points[0][3] if points else None


def _latitude(rows: list[Stored]) -> float | None:
    point = _first(rows)
    return point.y if point else None


def _longitude(rows: list[Stored]) -> float | None:
    point = _first(rows)
    return point.x if point else None


def _remarks(rows: list[Stored]) -> str | None:
    """Each remark after the number of its shape."""
    drawn = (row for row in rows if is_drawn(row[0]))
    said = [f"{number}: {row[1]}" for number, row in enumerate(drawn, start=1) if row[1]]
    return "\n".join(said) or None


def _words(rows: list[Stored]) -> str | None:
    return next((row[1] for row in rows if row[0] == PLACE), None) or None
