"""Pictures of the questions that are about to be shown, in one query for all of them."""

from collections.abc import Iterable

from wagtail.images import get_image_model
from wagtail.images.models import Filter

from .definition import Question
from .types.pictures import PICTURE_FILTER

STATEMENT_FILTER = "width-800"


def renditions(questions: Iterable[Question]) -> dict[tuple[str, str], object]:
    """Renditions by (question id, option id); a picture that was deleted is not there.

    The first visitor who sees a picture has it made, which takes more queries.
    """
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
    made = {
        (rendition.image_id, rendition.filter_spec): rendition
        for rendition in get_image_model()
        .get_rendition_model()
        .objects.filter(
            image__in={image for image, _filter in wanted.values()},
            filter_spec__in=(PICTURE_FILTER, STATEMENT_FILTER),
        )
        .select_related("image")
        # What was cut around an older focal point is another rendition of the same filter.
        if rendition.focal_point_key == Filter(rendition.filter_spec).get_cache_key(rendition.image)
    }
    missing = [pair for pair in wanted.values() if pair not in made]
    if missing:
        images = get_image_model().objects.in_bulk({image for image, _filter in missing})
        for image, picture_filter in missing:
            if image in images:
                made[image, picture_filter] = images[image].get_rendition(picture_filter)
    return {key: made[pair] for key, pair in wanted.items() if pair in made}
