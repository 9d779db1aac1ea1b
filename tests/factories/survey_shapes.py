"""Questions about drawings on the map, as the StreamField stores them, and drawings as sent."""

import json

from tests.factories.surveys import question

POINTS, LINES, POLYGONS = (f"00000000-0000-4000-8000-0000000003{number:02}" for number in range(3))
FIELD, BRIDGE = "s-veldje", "s-brug"


def spots() -> list[dict]:
    """Two named spots in the area Noord."""
    places = ((FIELD, "Speelveldje Dorpsstraat", 4.79, 52.34), (BRIDGE, "De brug", 4.80, 52.345))
    return [
        {
            "type": "item",
            "id": key,
            "value": {"label": label, "geometry": {"type": "Point", "coordinates": [lon, lat]}},
        }
        for key, label, lon, lat in places
    ]


def drawing(shape: str = "line", question_id: str = LINES, label: str = "", **value) -> dict:
    """A question to draw; at most three lines, each with a remark."""
    labels = {"point": "Waar is het donker?", "line": "Hoe loopt u?", "polygon": "Wat is uw buurt?"}
    value = {
        "shape": shape,
        "fewest": None,
        "most": 3,
        "max_vertices": 50,
        "inside": False,
        "remarks": True,
        "options": [],
    } | value
    return question("shapes", question_id, label or labels[shape], **value)


def all_drawings() -> list[dict]:
    """A question for points with spots to choose from, one for lines, one for a polygon."""
    return [
        drawing("point", POINTS, options=spots()),
        drawing("line", LINES),
        drawing("polygon", POLYGONS, most=1, remarks=False),
    ]


def sent(*shapes) -> str:
    """What the browser sends: a shape is a list of (lon, lat), or (that list, remark)."""
    rows = []
    for shape in shapes:
        corners, remark = shape if isinstance(shape, tuple) else (shape, "")
        rows.append({"c": [list(corner) for corner in corners], "t": remark})
    return json.dumps(rows)


LINE = [(4.79, 52.34), (4.80, 52.345), (4.81, 52.341)]
SQUARE = [(4.79, 52.34), (4.80, 52.34), (4.80, 52.345), (4.79, 52.345)]
BOW_TIE = [(4.79, 52.34), (4.80, 52.345), (4.80, 52.34), (4.79, 52.345)]
