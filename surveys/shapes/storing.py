"""How an answer with several places is kept: one row each, known by its option id."""

#: The row of an address, a village or words.
PLACE = "place"
_DRAWN = "shape-"


def drawn_id(number: int) -> str:
    """Option id of a shape, from 1; in the order of the texts too."""
    return f"{_DRAWN}{number:02}"


def is_drawn(option_id: str) -> bool:
    """Whether a row is a shape that somebody drew."""
    return option_id.startswith(_DRAWN)


def is_reserved(option_id: str) -> bool:
    """Whether a spot from a list may not have this id."""
    return option_id == PLACE or is_drawn(option_id)
