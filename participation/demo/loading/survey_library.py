"""Surveys of the demo that come from the library of surveys, with made-up answers."""

import random
import uuid

from django.contrib.gis.geos import Point
from django.core.files.base import ContentFile

from participation.demo.building import Library
from participation.demo.pictures.scenes import painted
from surveys import library as survey_library
from surveys.library.copying import copied
from surveys.models import Answer, AnswerFile, Response, SurveyPage
from surveys.shapes.storing import drawn_id
from surveys.types.pictures import PICTURE_FILTER

NAMESPACE = uuid.UUID("5d3f6f0e-2b0a-4c39-9d5f-0f6a6f8f1f10")
#: Out of ten people so many answer a question that is not required.
ANSWER_RATE = {
    "file": 1,
    "long_text": 3,
    "short_text": 5,
    "point": 5,
    "shapes": 5,
    "nps": 7,
    "scale": 8,
}
USUAL_RATE = 9


def stable_id(*parts) -> str:
    """An id that is the same at every load."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, parts))))


def from_library(values: dict, library: Library) -> list[dict]:
    """Items of a survey of the library with stable ids, and pictures for what is to choose."""
    entry = survey_library.get(values["library"])
    items = copied(entry.items, lambda *keys: stable_id(values["slug"], *keys))
    for original, item in zip(entry.items, items, strict=True):
        if item["type"] != "image_choice":
            continue
        rows = zip(original["value"]["options"], item["value"]["options"], strict=True)
        for option, row in rows:
            row["value"]["image"] = library.image(option["id"]).pk
            library.warm(option["id"], PICTURE_FILTER)
    return items


def library_answers(dice: random.Random, response: Response, values: dict) -> list[Answer]:
    """The rows of one response to the questions that came from the library."""
    if "library" not in values:
        return []
    found = []
    for item in survey_library.get(values["library"]).items:
        rate = ANSWER_RATE.get(item["type"], USUAL_RATE)
        if item["value"].get("required") or dice.randint(1, 10) <= rate:
            made = values["answers"][item["id"]]
            found += _rows(dice, {"response": response}, values["slug"], item, made)
    return found


def _rows(dice: random.Random, common: dict, slug: str, item: dict, made) -> list[Answer]:
    """The rows of one answer; what `made` is depends on the kind of question."""
    kind, key, value = item["type"], item["id"], item["value"]
    row = {**common, "question_id": stable_id(slug, key)}
    if kind == "one_choice":
        (chosen,) = dice.choices(list(made), list(made.values()))
        return [Answer(**row, option_id=stable_id(slug, key, chosen))]
    if kind in ("several_choices", "image_choice"):
        liked = [option for option, weight in made.items() if dice.randint(1, 100) <= weight]
        dice.shuffle(liked)
        most = value.get("max_choices") or len(liked)
        return [Answer(**row, option_id=stable_id(slug, key, option)) for option in liked[:most]]
    if kind == "matrix":
        columns = [option["id"] for option in value["options"]]
        return [
            Answer(
                **common,
                question_id=stable_id(slug, key, line),
                option_id=stable_id(slug, key, *dice.choices(columns, weights)),
            )
            for line, weights in made.items()
        ]
    if kind in ("scale", "nps"):
        lowest, highest = (0, 10) if kind == "nps" else (1, int(value["maximum"]))
        mark = round(dice.gauss(made, highest / 5))
        return [Answer(**row, number=max(lowest, min(highest, mark)))]
    if kind in ("point", "shapes"):
        latitude, longitude = dice.choice(made)
        spot = (longitude + dice.gauss(0, 0.0008), latitude + dice.gauss(0, 0.0005))
        number = {"option_id": drawn_id(1)} if kind == "shapes" else {}
        return [Answer(**row, **number, point=Point(*spot, srid=4326))]
    if kind == "file":
        return [Answer(**row, number=1, text=dice.choice(made))]
    return [Answer(**row, text=dice.choice(made))]


def add_photos(survey: SurveyPage, values: dict, answers: list[Answer], library: Library) -> None:
    """Make the photos of unsaved answers, whose text is the key of a drawn picture until now."""
    if "library" not in values:
        return
    items = survey_library.get(values["library"]).items
    keys = {stable_id(survey.slug, item["id"]) for item in items if item["type"] == "file"}
    sent = [answer for answer in answers if answer.question_id in keys]
    for number, answer in enumerate(sent):
        content = painted(answer.text)
        photo = AnswerFile(
            pk=uuid.UUID(stable_id(survey.slug, "photo", number)),
            survey=survey,
            response=answer.response,
            question_id=answer.question_id,
            content_type="image/jpeg",
            size=len(content),
        )
        photo.file.save(photo.name, ContentFile(content), save=False)
        library.written.append((photo.file.storage, photo.file.name))
        photo.save(force_insert=True)
        answer.text = photo.name
