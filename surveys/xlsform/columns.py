"""What an export says in columns of its own, which other programs leave alone.

`gebiedsplein_id`: the id of a question, row or option. `gebiedsplein_kind`: the kind of question
where a type of XLSForm can be more than one. `gebiedsplein_image`: the key of a picture.
`gebiedsplein_more`: JSON with settings that XLSForm does not know, and under `exact` what a cell
could not hold as it was: {column: [text of the cell, what it stands for]}. Somebody who changes
the cell means the change, so what was exact then counts no longer.
"""

import json
import re
import uuid
from collections.abc import Iterable

from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

from ..conditions import OPERATORS, Condition, Rule
from .reading import Row

ID, KIND, IMAGE, MORE = (
    "gebiedsplein_id",
    "gebiedsplein_kind",
    "gebiedsplein_image",
    "gebiedsplein_more",
)
EXACT = "exact"
OWN = (ID, KIND, IMAGE, MORE)
_GOOD_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class TextWhitelister(Whitelister):
    """The rich text of an editor, as `cms.blocks.TEXT_FEATURES` allows it, and nothing else."""

    element_rules = {
        "[document]": allow_without_attributes,
        "a": attribute_rule({"href": check_url, "linktype": True, "id": True}),
        "p": attribute_rule({"data-block-key": True}),
        "li": attribute_rule({"data-block-key": True}),
        **dict.fromkeys(("b", "strong", "i", "em", "ul", "ol", "br"), allow_without_attributes),
    }


def clean_html(html: str) -> str:
    """Rich text without what an editor could not have typed."""
    return TextWhitelister().clean(html)


class Ids:
    """Ids that follow from the names in a form, so that the same form gives the same ids."""

    def __init__(self, form_name: str) -> None:
        self.space = uuid.uuid5(uuid.NAMESPACE_URL, f"xlsform:{form_name}")
        self.taken: set[str] = set()

    @staticmethod
    def is_good(own: str) -> bool:
        """Whether an id is one that an export may have written."""
        return bool(_GOOD_ID.fullmatch(own))

    def of(self, row: Row | None, *path: str, taken: set[str] | None = None) -> str:
        """The id in the row's own column if nobody has it yet, else one that follows from `path`.

        `taken`: the ids that must differ; those of all questions where nothing is said.
        """
        taken = self.taken if taken is None else taken
        own = row.get(ID) if row is not None else ""
        found = own if _GOOD_ID.fullmatch(own) and own not in taken else ""
        number = 1
        while not found or found in taken:
            again = [str(number)] if number > 1 else []
            found = str(uuid.uuid5(self.space, "/".join([*path, *again])))
            number += 1
        taken.add(found)
        return found


def as_json(more: dict) -> str:
    """What goes into the column of our own: ASCII, and nothing that pyxform takes for ${name}."""
    return json.dumps(more, sort_keys=True).replace("$", "\\u0024")


def more_in(row: Row) -> dict:
    """What stands in the column of our own; nothing where it is not what we write."""
    try:
        more = json.loads(row.get(MORE) or "{}")
    except (ValueError, RecursionError):
        return {}
    return more if isinstance(more, dict) else {}


def exact(row: Row, column: str, cell: str):
    """What a cell stands for, if an export said so and the cell is still the same; else None."""
    kept = more_in(row).get(EXACT)
    pair = kept.get(column) if isinstance(kept, dict) else None
    if isinstance(pair, list) and len(pair) == 2 and pair[0] == cell:
        return pair[1]
    return None


def exact_condition(row: Row, cell: str) -> Condition | None:
    """A condition that `relevant` could not say."""
    kept = exact(row, "relevant", cell)
    if not isinstance(kept, dict) or kept.get("match") not in ("all", "any"):
        return None
    rules = kept.get("rules")
    known = [operator for operator, _label in OPERATORS]
    if not isinstance(rules, list) or not rules or not all(_is_rule(rule, known) for rule in rules):
        return None
    return Condition(kept["match"], tuple(Rule(*rule) for rule in rules))


def _is_rule(rule, known: Iterable[str]) -> bool:
    return (
        isinstance(rule, list)
        and len(rule) == 3
        and all(isinstance(part, str) for part in rule)
        and rule[1] in known
    )
