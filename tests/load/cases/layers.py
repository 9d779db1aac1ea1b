"""Every map layer with thousands of features, and one made anew each time."""

import json

from tests.load.case import Load, case

LAYER_AIM = 0.15


def features(least: int):
    """A check that the layer really has so many features."""

    def check(answer):
        found = len(json.loads(answer.body)["features"])
        assert found >= least, f"{found} features instead of {least}"

    return check


def layer(key: str):
    @case(f"layer-{key}", aim=LAYER_AIM)
    def load(content, browser):
        least = content["features"][key]
        return Load(f"/kaart/lagen/{key}.geojson", check=features(least))


for key in (
    "agenda",
    "enquetes",
    "gebieden",
    "nieuwsbrieven",
    "plaatsen",
    "projecten",
    "raden",
    "spreekuren",
):
    layer(key)


@case("uncached-layer")
def uncached_layer(content, browser):
    """What the first visitor after a change waits for. Credentials go past the page cache."""
    return Load(
        "/kaart/lagen/projecten.geojson",
        headers=[("Authorization", "Basic eA==")],
        check=features(content["features"]["projecten"]),
    )
