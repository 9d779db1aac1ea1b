"""What the browser says while somebody draws, in the language of the request."""

from django.utils.translation import gettext as _

from .reading import FEWEST, LINE, LONGEST_REMARK, POINT, POLYGON


def drawing_rules(*, shape: str, most: int, vertices: int, remarks: bool) -> dict:
    """What `static_src/js/map/shape-input.js` must know of one question, ready for JSON."""
    return {
        "shape": shape,
        "most": most,
        "vertices": vertices,
        "remarks": remarks,
        "longestRemark": LONGEST_REMARK,
        "fewestVertices": FEWEST[shape],
        "texts": {**_common(), **_OF_SHAPE[shape]()},
    }


def _common() -> dict:
    return {
        "middle": _("Zet het midden van de kaart"),
        "show": _("Toon"),
        "remove": _("Verwijder"),
        "remark": _("Opmerking (mag leeg blijven)"),
        "near": _("bij %(place)s"),
        "spot": _("op %(lat)s, %(lon)s"),
        "metres": _("ongeveer %(number)s meter"),
        "kilometres": _("ongeveer %(number)s kilometer"),
        "squareMetres": _("ongeveer %(number)s vierkante meter"),
        "hectares": _("ongeveer %(number)s hectare"),
        "crossing": _(
            "Zo kruisen de randen elkaar. Haal de laatste hoek weg en zet de hoeken op volgorde, "
            "een rondje om de plek."
        ),
        "undone": _("Dat is weg. Er staan er nog %(count)s."),
        "full": _(
            "Meer dan %(most)s mag niet. Verwijder eerst iets uit de lijst als u iets anders wilt."
        ),
        "tooMany": _("Meer dan %(vertices)s hoeken mag niet. Klik op Klaar."),
        "removed": _("%(name)s is verwijderd."),
        "none": _("Er staat nog niets op de kaart."),
        "listLabel": _("Wat u tekende"),
        "unfinished": _("nog niet af"),
    }


def _point() -> dict:
    return {
        "name": _("Punt %(number)s"),
        "help": _(
            "Klik of tik op de kaart om een punt te zetten. Met het toetsenbord: ga naar de kaart, "
            "verschuif hem met de pijltjestoetsen en druk op Enter."
        ),
        "finished": _("%(name)s staat op de kaart: %(words)s."),
    }


def _line() -> dict:
    return {
        "name": _("Lijn %(number)s"),
        "help": _(
            "Klik of tik op de kaart om de lijn te beginnen en bij elke bocht, en daarna op Klaar. "
            "Met het toetsenbord: ga naar de kaart, verschuif hem met de pijltjestoetsen, druk op "
            "Enter voor elk punt, en daarna op de knop Klaar."
        ),
        "vertex": _("Punt %(count)s van de lijn staat er."),
        "cornerOne": _("1 punt"),
        "corners": _("%(count)s punten"),
        "undo": _("Haal het laatste punt weg"),
        "finish": _("Klaar met deze lijn"),
        "finished": _("%(name)s is klaar: %(words)s."),
    }


def _polygon() -> dict:
    return {
        "name": _("Vlak %(number)s"),
        "help": _(
            "Klik of tik op de kaart voor elke hoek van het vlak, en daarna op Klaar. Met het "
            "toetsenbord: ga naar de kaart, verschuif hem met de pijltjestoetsen, druk op Enter "
            "voor elke hoek, en daarna op de knop Klaar."
        ),
        "vertex": _("Hoek %(count)s van het vlak staat er."),
        "cornerOne": _("1 hoek"),
        "corners": _("%(count)s hoeken"),
        "undo": _("Haal de laatste hoek weg"),
        "finish": _("Klaar met dit vlak"),
        "finished": _("%(name)s is klaar: %(words)s."),
    }


_OF_SHAPE = {POINT: _point, LINE: _line, POLYGON: _polygon}
