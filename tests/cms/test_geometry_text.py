"""What an editor may type, paste or draw as a place, and what is refused."""

import json

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon
from django.core.exceptions import ValidationError

from cms.geometry.forms import GeometryFormField
from cms.geometry.widgets import GeometryWidget

SQUARE = [[4.6, 52.3], [4.7, 52.3], [4.7, 52.4], [4.6, 52.4], [4.6, 52.3]]
BOW_TIE = [[4.6, 52.3], [4.7, 52.4], [4.7, 52.3], [4.6, 52.4], [4.6, 52.3]]


def field(**kwargs):
    types = kwargs.pop("types", ("Point", "LineString", "Polygon"))
    multiple = kwargs.pop("multiple", True)
    return GeometryFormField(
        widget=GeometryWidget(geom_types=types, multiple=multiple), required=False, **kwargs
    )


@pytest.mark.parametrize(
    "text",
    [
        "52.306, 4.688",
        "52.306 4.688",
        "52,306; 4,688",
        "52,306 4,688",
        "  52.306,4.688\n",
        "52.306° N, 4.688° O",
        "lat: 52.306 lon: 4.688",
        "N 52.306 E 4.688",
        "POINT (4.688 52.306)",
        "point(4.688 52.306)",
        "SRID=4326;POINT (4.688 52.306)",
        "POINT Z (4.688 52.306 -4)",
        '{"type": "Point", "coordinates": [4.688, 52.306]}',
        '{"type": "Point", "coordinates": [4.688, 52.306, -4.2]}',
        '{"type": "Feature", "properties": {}, "geometry": '
        '{"type": "Point", "coordinates": [4.688, 52.306]}}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": null, '
        '"geometry": {"type": "Point", "coordinates": [4.688, 52.306]}}]}',
    ],
)
def test_point_in_every_notation(text):
    point = field().clean(text)
    assert (point.geom_type, point.srid, point.hasz) == ("Point", 4326, False)
    assert point.coords == pytest.approx((4.688, 52.306))


@pytest.mark.parametrize("text", ["105000, 480000", "x: 105000 y: 480000", "105000,0 480000,0"])
def test_rd_coordinates_become_degrees(text):
    assert field().clean(text).coords == pytest.approx((4.654092, 52.305693), abs=1e-5)


def test_ewkt_in_rd_becomes_degrees():
    point = field().clean("SRID=28992;POINT (105000 480000)")
    assert point.srid == 4326
    assert point.coords == pytest.approx((4.654092, 52.305693), abs=1e-5)


def test_lines_of_coordinates_become_a_line():
    line = field().clean("52.30, 4.60\n52.31, 4.61\r\n52.32, 4.63")
    assert line.geom_type == "LineString"
    assert line.coords[0] == pytest.approx((4.60, 52.30))


def test_closed_lines_of_coordinates_become_a_polygon():
    polygon = field().clean("52.30, 4.60\n52.31, 4.61\n52.32, 4.60\n52.30, 4.60")
    assert polygon.geom_type == "Polygon"


def test_empty_line_between_coordinates_makes_two_parts():
    lines = field().clean("52.30, 4.60\n52.31, 4.61\n\n52.40, 4.60\n52.41, 4.61")
    assert (lines.geom_type, len(lines)) == ("MultiLineString", 2)


def test_only_points_allowed_makes_every_line_a_point():
    points = field(types=("Point",)).clean("52.30, 4.60\n52.31, 4.61\n52.32, 4.62")
    assert (points.geom_type, len(points)) == ("MultiPoint", 3)


def test_unclosed_ring_is_closed():
    polygon = field().clean(json.dumps({"type": "Polygon", "coordinates": [SQUARE[:-1]]}))
    assert polygon.coords[0][0] == polygon.coords[0][-1]


def test_one_polygon_goes_into_a_multipolygon_column():
    boundary = field(geom_type="MULTIPOLYGON", types=("Polygon",)).clean(
        json.dumps({"type": "Polygon", "coordinates": [SQUARE]})
    )
    assert (boundary.geom_type, boundary.srid) == ("MultiPolygon", 4326)


def test_line_does_not_go_into_a_multipolygon_column():
    with pytest.raises(ValidationError, match=r"Een lijn mag hier niet. Gebruik: een vlak\."):
        field(geom_type="MULTIPOLYGON").clean("LINESTRING (4.6 52.3, 4.7 52.4)")


@pytest.mark.parametrize(
    "text", ["", "   \n ", None, "POINT EMPTY", '{"type":"FeatureCollection","features":[]}']
)
def test_empty_is_no_place(text):
    assert field().clean(text) is None


def test_empty_is_refused_where_a_place_is_required():
    required = GeometryFormField(widget=GeometryWidget(), required=True)
    for text in ("", "POINT EMPTY"):
        with pytest.raises(ValidationError, match="Zet een plek op de kaart"):
            required.clean(text)


NESTED = "[" * 100_000
DEEP = '{"type":"GeometryCollection","geometries":[' * 50 + "]}" * 50


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Raadhuisplein 1", "unreadable"),
        ("52.306", "unreadable"),
        ("52, 4", "unreadable"),
        ("52.306, 4.688, 12", "unreadable"),
        ("POINT (4.688)", "unreadable"),
        ("POINT (nan nan)", "unreadable"),
        ("POLYGON ((4.6 52.3, 4.7 52.3))", "unreadable"),
        ("SRID=999999;POINT (1 1)", "unreadable"),
        ('{"type": "Point"}', "unreadable"),
        ('{"type": "Point", "coordinates": [4.688]}', "unreadable"),
        ('{"type": "Point", "coordinates": ["4.688", "52.306"]}', "unreadable"),
        ('{"type": "Point", "coordinates": [true, false]}', "unreadable"),
        ('{"type": "Point", "coordinates": [1e999, 52.3]}', "unreadable"),
        ('{"type": "Point", "coordinates": {"x": 1}}', "unreadable"),
        ('{"type": "Circle", "coordinates": [4.688, 52.306]}', "unreadable"),
        ('{"type": ["Point"], "coordinates": [4.688, 52.306]}', "unreadable"),
        ('{"type": "FeatureCollection", "features": 3}', "unreadable"),
        ("[1, 2, 3]", "unreadable"),
        ("{", "unreadable"),
        ("<script>alert(1)</script>", "unreadable"),
        (NESTED, "unreadable"),
        (DEEP, "unreadable"),
        ("52.3, 4.6\n" * 250_000, "too_long"),
        ("4.688, 52.306", "swapped"),
        ("48.8566, 2.3522", "out_of_bounds"),
        ("POINT (400 52.3)", "out_of_bounds"),
        ("LINESTRING (4.6 52.3, 4.6 52.3)", "too_few_points"),
        ("52.3, 4.6\n52.3, 4.6", "too_few_points"),
        ('{"type": "Polygon", "coordinates": [[[4.6, 52.3], [4.7, 52.3]]]}', "too_few_points"),
        (json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]}), "self_crossing"),
        (
            json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}),
            "overlapping_parts",
        ),
        ("GEOMETRYCOLLECTION (POINT (4.6 52.3))", "unreadable"),
        (
            '{"type": "GeometryCollection", "geometries": ['
            '{"type": "Point", "coordinates": [4.6, 52.3]},'
            '{"type": "LineString", "coordinates": [[4.6, 52.3], [4.7, 52.3]]}]}',
            "mixed_types",
        ),
    ],
)
def test_wrong_input_is_refused_in_dutch(text, code):
    with pytest.raises(ValidationError) as refusal:
        field().clean(text)
    assert [error.code for error in refusal.value.error_list] == [code]
    (message,) = refusal.value.messages
    assert message.endswith(".")
    assert "Invalid" not in message


def test_refusal_of_a_crossing_says_where():
    with pytest.raises(ValidationError, match=r"kruist zichzelf.*52\.35000, 4\.65000"):
        field().clean(json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]}))


def test_too_many_points_are_refused_and_the_limit_can_be_raised(settings):
    settings.GEOMETRY_MAX_VERTICES = 10
    line = "LINESTRING (" + ", ".join(f"4.6{n:02} 52.3" for n in range(11)) + ")"
    with pytest.raises(ValidationError, match="11 punten; het mogen er hoogstens 10 zijn"):
        field().clean(line)
    raised = GeometryFormField(widget=GeometryWidget(max_vertices=20))
    assert raised.clean(line).num_coords == 11


def test_second_point_is_refused_where_one_fits():
    points = '{"type": "MultiPoint", "coordinates": [[4.6, 52.3], [4.7, 52.3]]}'
    for single in (field(multiple=False), field(geom_type="POINT")):
        with pytest.raises(ValidationError, match="Hier past één plek"):
            single.clean(points)


@pytest.mark.parametrize(
    "geometry",
    [
        Point(4.688, 52.306, srid=4326),
        GEOSGeometry("SRID=4326;LINESTRING (4.6 52.3, 4.7 52.4)"),
        Polygon(SQUARE, srid=4326),
        MultiPolygon(Polygon(SQUARE), srid=4326),
        GEOSGeometry("SRID=4326;MULTIPOINT ((4.6 52.3), (4.7 52.4))"),
    ],
)
def test_what_the_widget_shows_is_read_back_the_same(geometry):
    shown = field().widget.format_value(geometry)
    again = field().clean(shown)
    assert again.srid == 4326
    assert again.equals_exact(geometry, 1e-7) or again.equals_exact(geometry[0], 1e-7)
    assert not field().has_changed(geometry, shown)


def test_widget_escapes_what_was_typed():
    html = field().widget.render("plek", '</textarea><script>alert("x")</script>')
    assert "<script>" not in html


def test_widget_refuses_a_type_it_does_not_know():
    with pytest.raises(ValueError, match="Circle"):
        GeometryWidget(geom_types=("Point", "Circle"))
