"""Questions of the types that came after the first six, as the StreamField stores them."""

import wagtail_factories

from tests.factories.surveys import options, question

NUMBER, DATE, PICTURES, MATRIX, RANKING, NPS, POSTCODE, EMAIL, CONSENT, OTHER, MOST, TEXT = (
    f"00000000-0000-4000-8000-0000000001{number:02}" for number in range(12)
)
FILES, PASSED_ON = (f"00000000-0000-4000-8000-0000000002{number:02}" for number in range(2))
SAFE, CLEAN = "r-veilig", "r-schoon"
BAD, FAIR, GOOD = "k-slecht", "k-matig", "k-goed"
SWING, SLIDE, NET = "o-schommel", "o-glijbaan", "o-net"
TREES, WATER, PATHS = "o-bomen", "o-water", "o-paden"


def number(**value) -> dict:
    limits = {"low": "1", "high": "30", "decimals": 1, "unit": "meter"} | value
    return question("number", NUMBER, "Hoe ver loopt u?", **limits)


def date(**value) -> dict:
    return question("date", DATE, "Wanneer was u er?", low="2026-01-01", high="2026-12-31", **value)


def with_other(kind: str = "one_choice", **value) -> dict:
    choices = options(o_fiets="Met de fiets", o_bus="Met de bus")
    value = {"options": choices, "other": "Anders, namelijk"} | value
    return question(kind, OTHER, "Hoe komt u er?", **value)


def several(**value) -> dict:
    choices = options(o_bomen="Bomen", o_water="Water", o_paden="Paden")
    value = {
        "options": choices,
        "none": "Geen van deze",
        "min_choices": 2,
        "max_choices": 2,
    } | value
    return question("several_choices", MOST, "Wat mist u?", **value)


def matrix(**value) -> dict:
    rows = options(r_veilig="Veilig", r_schoon="Schoon")
    columns = options(k_slecht="slecht", k_matig="matig", k_goed="goed")
    return question("matrix", MATRIX, "Hoe is de speelplek?", rows=rows, options=columns, **value)


def ranking(**value) -> dict:
    choices = options(o_bomen="Bomen", o_water="Water", o_paden="Paden")
    return question("ranking", RANKING, "Wat komt eerst?", options=choices, **value)


def nps(**value) -> dict:
    value = {"low_label": "zeker niet", "high_label": "zeker wel"} | value
    return question("nps", NPS, "Raadt u deze plek aan?", **value)


def postcode(**value) -> dict:
    return question("postcode", POSTCODE, "Waar woont u?", **{"whole": False} | value)


def email(**value) -> dict:
    value = {"purpose": "uitkomst", "purpose_text": ""} | value
    return question("email", EMAIL, "Wilt u de uitkomst in uw mail?", **value)


def consent() -> dict:
    return question("consent", CONSENT, "Ik ben 16 jaar of ouder.")


def statement(image=None, **value) -> dict:
    value = {"text": "<p>Er is <b>geld</b> voor drie toestellen.</p>"} | value
    if image is not None:
        value |= {"image": image.pk, "alt": "Een lege speelplek"}
    return question("statement", TEXT, "Wat vaststaat", **value)


def pictures(**value) -> dict:
    """Three pieces of playground equipment, each with a picture of its own."""
    names = {SWING: "Schommel", SLIDE: "Glijbaan", NET: "Klimnet"}
    choices = [
        {
            "type": "item",
            "id": key,
            "value": {"image": wagtail_factories.ImageFactory(title=name).pk, "label": name},
        }
        for key, name in names.items()
    ]
    return question("image_choice", PICTURES, "Welk toestel wilt u?", options=choices, **value)


def files(**value) -> dict:
    value = {"kinds": "photo", "max_files": 2, "max_mb": 5} | value
    return question("file", FILES, "Hebt u een foto?", **value)


def hidden(*values: str, **value) -> dict:
    """What a link passes on under the name `bron`."""
    listed = [{"type": "item", "id": f"w-{word}", "value": word} for word in values]
    value = {"label": "Hoe u bij ons kwam", "link_name": "bron", "options": listed} | value
    return {"type": "hidden", "id": PASSED_ON, "value": value}


def every_type() -> list[dict]:
    """One question of each of these types; only the consent is required."""
    return [
        statement(wagtail_factories.ImageFactory(title="Plek")),
        number(),
        date(),
        with_other(),
        several(),
        matrix(),
        ranking(),
        nps(),
        pictures(),
        postcode(),
        email(),
        consent(),
    ]
