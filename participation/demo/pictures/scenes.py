"""The pictures of the demo: what is on them, and how to tell that to who does not see them."""

from collections.abc import Callable
from dataclasses import dataclass

from . import equipment, polder, town
from .canvas import Canvas


@dataclass(frozen=True)
class Scene:
    """A picture: its title in the library, a description, and who paints it."""

    title: str
    alt: str
    paint: Callable[[Canvas], None]


SCENES = {
    "panorama": Scene(
        "Polder met dorp, molen en Ringvaart",
        "Getekende polder met een dorp, een molen, windmolens en fietsers langs het water.",
        polder.panorama,
    ),
    "ringvaart": Scene(
        "Ringvaart met ophaalbrug",
        "Getekende Ringvaart met een witte ophaalbrug, bootjes en een dorp met een kerk.",
        polder.ringvaart,
    ),
    "polder": Scene(
        "Akkers, sloot en molen",
        "Getekende polder met stroken akker, een sloot, koeien en een oude molen.",
        polder.polder,
    ),
    "kassen": Scene(
        "Kassen aan de plas",
        "Getekende kassen in het avondlicht, met een bootje op het water ervoor.",
        polder.kassen,
    ),
    "station": Scene(
        "Stationsplein met trein en torens",
        "Getekend stationsplein met woontorens, een gele trein, bomen en mensen.",
        town.station,
    ),
    "wijk": Scene(
        "Woonwijk met speelveld",
        "Getekende straat met rijtjeshuizen, bomen, een schommel en een glijbaan.",
        town.wijk,
    ),
    "dorp": Scene(
        "Dorpsplein met kraampjes",
        "Getekend dorpsplein met een kerk, oude huizen, marktkramen en bezoekers.",
        town.dorp,
    ),
    "fietspad": Scene(
        "Fietsers op een breed fietspad",
        "Getekend rood fietspad tussen bomen, met drie fietsers en een sloot ernaast.",
        polder.fietspad,
    ),
    "markt": Scene(
        "Kraam van de gemeente op de markt",
        "Getekende markt met in het midden een paarse kraam waar mensen vragen stellen.",
        town.markt,
    ),
    "speelplek": Scene(
        "Kinderen op een speelplek",
        "Getekende speelplek met schommel, glijbaan en wip, en kinderen die spelen.",
        town.speelplek,
    ),
    "wind": Scene(
        "Windmolens bij zonsondergang",
        "Getekende akkers met vijf windmolens, een boerderij en twee fietsers.",
        polder.wind,
    ),
    "weg": Scene(
        "Nieuwe weg langs de wijk",
        "Getekende weg met drie auto's, bomen en een fietspad, en huizen in de verte.",
        town.weg,
    ),
    "metro": Scene(
        "Trein over een viaduct",
        "Getekende blauwgroene trein op een viaduct, met de stad op de achtergrond.",
        polder.metro,
    ),
    "tafel": Scene(
        "Samen om een kaart",
        "Getekende groep van vijf mensen rond een tafel met een grote kaart.",
        town.tafel,
    ),
    "schommel": Scene(
        "Schommel", "Getekende schommel met twee kinderen op een grasveld.", equipment.schommel
    ),
    "glijbaan": Scene(
        "Glijbaan", "Getekende houten glijbaan met een dakje en een kind.", equipment.glijbaan
    ),
    "wip": Scene("Wip", "Getekende wip met twee kinderen op een grasveld.", equipment.wip),
    "klimnet": Scene(
        "Klimnet", "Getekend klimnet om een paal, met twee kinderen erin.", equipment.klimnet
    ),
}


def painted(key: str) -> bytes:
    """The picture as JPEG (1600 by 900); the same at every call."""
    canvas = Canvas(seed=sum(map(ord, key)))
    SCENES[key].paint(canvas)
    return canvas.jpeg()
