"""Surveys with their anonymous responses, and polls with their votes."""

import random
from datetime import timedelta

from django.contrib.gis.geos import Point
from wagtail.models import Page

from areas.models import AreaPage
from participation.demo.building import Library, publish
from participation.demo.clock import Clock
from participation.demo.content.questions import (
    LONG,
    ONE,
    POINT,
    SCALE,
    SEVERAL,
    SHORT,
)
from participation.demo.content.surveys import POLLS, surveys
from participation.demo.loading.collectors import came_along, make_collectors
from participation.demo.loading.survey_library import (
    add_photos,
    from_library,
    library_answers,
    stable_id,
)
from surveys.definition import questions_of
from surveys.languages.texts import texts_of
from surveys.models import Answer, Poll, PollChoice, PollVote, Response, SurveyPage

#: Out of a hundred people so many read the survey in Dutch, and in each other language.
LANGUAGE_SHARES = (80, 13, 7)
#: Out of ten people so many answer a question that is not required.
ANSWER_RATE = {ONE: 9, SEVERAL: 9, SCALE: 8, SHORT: 5, LONG: 3, POINT: 5}


def load_polls(*, areas: dict[str, AreaPage]) -> dict[str, Poll]:
    """The polls by key, with votes."""
    found = {}
    for key, (question, explanation, code, is_open, answers) in POLLS.items():
        poll = Poll(
            question=question,
            explanation=explanation,
            area=areas[code] if code else None,
            is_open=is_open,
        )
        poll.choices = [
            PollChoice(text=text, sort_order=position)
            for position, (text, _votes) in enumerate(answers)
        ]
        poll.save()
        votes = dict(answers)
        PollVote.objects.bulk_create(
            PollVote(choice=choice)
            for choice in poll.choices.all()
            for _number in range(votes[choice.text])
        )
        found[key] = poll
    return found


def load_surveys(
    *, areas: dict[str, AreaPage], projects: dict, library: Library, clock: Clock, user
) -> dict[str, SurveyPage]:
    """The surveys by slug, with responses."""
    found = {}
    for values in surveys(clock):
        above = projects.get(values["parent"]) or areas[values["parent"]]
        questions = [
            _question(values["slug"], number, *question)
            for number, question in enumerate(values["questions"])
        ]
        if "library" in values:
            questions += from_library(values, library)
        page = SurveyPage(
            title=values["title"],
            slug=values["slug"],
            summary=values["summary"],
            intro=values["intro"],
            opens_at=clock.at(values["opens"], 9),
            closes_at=clock.at(values["closes"], 23, 59),
            use_of_answers=values["use"],
            outcome_due=clock.day(values["due"]),
            outcome=values.get("outcome", ""),
            outcome_date=clock.day(values["outcome_day"]) if "outcome_day" in values else None,
        )
        page.questions = SurveyPage.questions.field.to_python(questions)
        page.languages = list(values.get("languages", ()))
        page.translations = _translations(page, values)
        survey = publish(
            parent=Page.objects.get(pk=above.pk).specific,
            page=page,
            user=user,
            at=clock.at(min(values["opens"], -1), 9),
        )
        _respond(survey, values, clock, library)
        found[survey.slug] = survey
    return found


def _translations(page: SurveyPage, values: dict) -> dict:
    """Translations of the texts of a survey, as the page keeps them."""
    texts = texts_of(page, questions_of(page.questions)) if "words" in values else []
    return {
        code: {
            text.key: [values["words"][text.dutch][place], text.dutch]
            for text in texts
            if values["words"].get(text.dutch, ("",) * (place + 1))[place]
        }
        for code, place in values.get("languages", {}).items()
    }


def _question(slug: str, number: int, kind: str, label: str, extra: dict) -> dict:
    """A question as the StreamField stores it, with ids that stay the same."""
    value = {
        "label": label,
        "help_text": extra.get("help_text", ""),
        "required": extra.get("required", False),
    }
    if "options" in extra:
        value["options"] = [
            {"type": "item", "value": text, "id": stable_id(slug, number, text)}
            for text, _weight in extra["options"]
        ]
    if kind == SEVERAL:
        value["max_choices"] = extra.get("max_choices")
    if kind == SCALE:
        value |= {
            "maximum": extra.get("maximum", "5"),
            "low_label": extra["low_label"],
            "high_label": extra["high_label"],
        }
    if kind in (SHORT, LONG):
        value["max_length"] = 200 if kind == SHORT else 2000
    return {"type": kind, "id": stable_id(slug, number), "value": value}


def _respond(survey: SurveyPage, values: dict, clock: Clock, library: Library) -> None:
    """Responses spread over the days on which the survey was open; always the same ones."""
    dice = random.Random(values["slug"])  # noqa: S311 - made-up answers
    version = survey.versions.first()
    first, last = clock.day(values["opens"]), min(clock.day(values["closes"]), clock.today)
    collectors = make_collectors(survey, values)
    responses, answers = [], []
    for _number in range(values["responses"]):
        day = first + timedelta(days=dice.randint(0, (last - first).days))
        collector, here = came_along(dice, collectors, values)
        language = "nl"
        if "languages" in values:
            (language,) = dice.choices(["nl", *values["languages"]], LANGUAGE_SHARES)
        response = Response(
            version=version, submitted_on=day, collector=collector, language=language
        )
        responses.append(response)
        for number, (kind, _label, extra) in enumerate(values["questions"]):
            if extra.get("required") or dice.randint(1, 10) <= ANSWER_RATE[kind]:
                answers += _answers(dice, response, values["slug"], number, kind, extra)
        answers += library_answers(dice, response, here)
    Response.objects.bulk_create(responses)
    add_photos(survey, values, answers, library)
    Answer.objects.bulk_create(answers, batch_size=500)


def _answers(dice, response, slug: str, number: int, kind: str, extra: dict) -> list[Answer]:
    """The rows of one answer to one question."""
    row = {"response": response, "question_id": stable_id(slug, number)}
    if kind == ONE:
        texts, weights = zip(*extra["options"], strict=True)
        (chosen,) = dice.choices(texts, weights)
        return [Answer(**row, option_id=stable_id(slug, number, chosen))]
    if kind == SEVERAL:
        liked = [text for text, weight in extra["options"] if dice.randint(1, 100) <= weight]
        dice.shuffle(liked)
        most = extra.get("max_choices") or len(liked)
        return [Answer(**row, option_id=stable_id(slug, number, text)) for text in liked[:most]]
    if kind == SCALE:
        highest = int(extra.get("maximum", "5"))
        mark = round(dice.gauss(extra["mean"], highest / 5))
        return [Answer(**row, number=max(1, min(highest, mark)))]
    if kind == POINT:
        latitude, longitude = dice.choice(extra["spots"])
        spot = (longitude + dice.gauss(0, 0.0008), latitude + dice.gauss(0, 0.0005))
        return [Answer(**row, point=Point(*spot, srid=4326))]
    if extra["answers"]:
        return [Answer(**row, text=dice.choice(extra["answers"]))]
    return []
