"""Pictures of the questions that are about to be shown, in two queries for all of them."""

from collections.abc import Iterable

from wagtail.images import get_image_model

from .definition import Question
from .types.pictures import PICTURE_FILTER

STATEMENT_FILTER = "width-800"


def renditions(questions: Iterable[Question]) -> dict[tuple[str, str], object]:
    """Renditions by (question id, option id); a picture that was deleted is not there."""
    wanted = {
        (question.id, option.id): (
            option.image,
            PICTURE_FILTER if question.type.asks else STATEMENT_FILTER,
        )
        for question in questions
        for option in question.options
        if option.image
    }
    if not wanted:
        return {}
    images = (
        get_image_model()
        .objects.prefetch_renditions(PICTURE_FILTER, STATEMENT_FILTER)
        .in_bulk({image for image, _filter in wanted.values()})
    )
    return {
        key: images[image].get_rendition(picture_filter)
        for key, (image, picture_filter) in wanted.items()
        if image in images
    }
