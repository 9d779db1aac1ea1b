"""Factories of surveys with every kind of question, their responses, and polls."""

from datetime import timedelta

import factory
import wagtail_factories
from django.contrib.gis.geos import Point
from django.utils import timezone

from surveys.models import Answer, Poll, PollChoice, PollVote, Response, SurveyPage
from surveys.services import freeze_version

SHORT, LONG, ONE, SEVERAL, SCALE, POINT = (
    f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 7)
)
BIKE, WALK, BUS = "o-fiets", "o-lopend", "o-bus"
SHADE, BENCH, WATER = "o-schaduw", "o-bank", "o-water"


def options(**labels: str) -> list[dict]:
    """Options with known ids: o_fiets="Met de fiets" gets the id o-fiets."""
    return [
        {"type": "item", "value": label, "id": key.replace("_", "-")}
        for key, label in labels.items()
    ]


def question(kind: str, question_id: str, label: str, **value) -> dict:
    """A question as the StreamField stores it."""
    value = {"label": label, "help_text": "", "required": False} | value
    return {"type": kind, "id": question_id, "value": value}


def all_questions() -> list[dict]:
    """One question of each kind; only the choice of how one travels is required."""
    return [
        question(
            "one_choice",
            ONE,
            "Hoe gaat u meestal naar het centrum?",
            required=True,
            options=options(o_fiets="Met de fiets", o_lopend="Lopend", o_bus="Met de bus"),
        ),
        question(
            "several_choices",
            SEVERAL,
            "Wat mist u op de speelplek?",
            options=options(o_schaduw="Schaduw", o_bank="Een bank", o_water="Water"),
            max_choices=2,
        ),
        question(
            "scale",
            SCALE,
            "Hoe veilig vindt u de oversteek?",
            maximum="5",
            low_label="heel onveilig",
            high_label="heel veilig",
        ),
        question("point", POINT, "Waar moet het veiliger?"),
        question("short_text", SHORT, "In welke straat woont u?", max_length=40),
        question("long_text", LONG, "Wat wilt u ons nog vertellen?", max_length=200),
    ]


def many_choices(count: int) -> list[dict]:
    """`count` required questions of one choice."""
    return [
        question(
            "one_choice",
            f"00000000-0000-4000-9000-{number:012d}",
            f"Vindt u plan {number} goed?",
            required=True,
            options=options(ja="Ja", nee="Nee"),
        )
        for number in range(count)
    ]


class SurveyPageFactory(wagtail_factories.PageFactory):
    """A survey that is open now; give `parent`, an area or a project."""

    title = factory.Sequence(lambda n: f"Wat vindt u van de speelplek {n}?")
    slug = factory.Sequence(lambda n: f"enquete-speelplek-{n}")
    summary = "Zes korte vragen over de speelplek aan de Muiderbos."
    intro = "<p>De speelplek wordt vernieuwd. U kunt meedenken over de toestellen.</p>"
    use_of_answers = "<p>De omgevingsmanager leest alle antwoorden.</p>"
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    outcome_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    questions = factory.LazyFunction(all_questions)

    class Meta:
        model = SurveyPage

    class Params:
        planned = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=2))
        )
        closed = factory.Trait(
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=3))
        )


def respond(survey: SurveyPage, *, count: int = 1, day=None, **values) -> list[Response]:
    """Store `count` equal responses; `values` by question id as columns of an answer or a list.

    Without values each takes the bike, wants shade and a bank, and gives a 4.
    """
    values = values or {
        ONE: {"option_id": BIKE},
        SEVERAL: [{"option_id": SHADE}, {"option_id": BENCH}],
        SCALE: {"number": 4},
        POINT: {"point": Point(4.80, 52.34, srid=4326), "text": "Bij de brug"},
        SHORT: {"text": "Dorpsstraat"},
        LONG: {"text": "Maak er meer groen."},
    }
    version = freeze_version(survey=survey)
    day = day or timezone.localdate()
    responses = Response.objects.bulk_create(
        Response(version=version, submitted_on=day) for _ in range(count)
    )
    Answer.objects.bulk_create(
        Answer(response=response, question_id=question_id, **columns)
        for response in responses
        for question_id, rows in values.items()
        for columns in (rows if isinstance(rows, list) else [rows])
    )
    return responses


class PollFactory(factory.django.DjangoModelFactory):
    """An open poll with three answers."""

    question = factory.Sequence(lambda n: f"Wat vindt u het belangrijkst in straat {n}?")

    class Meta:
        model = Poll
        skip_postgeneration_save = True

    @factory.post_generation
    def answers(self, create, extracted, **kwargs):
        labels = extracted or ["Meer bomen", "Een speelplek", "Meer parkeerplekken"]
        PollChoice.objects.bulk_create(
            PollChoice(poll=self, text=label, sort_order=number)
            for number, label in enumerate(labels)
        )


def vote(poll: Poll, *counts: int) -> None:
    """Give each answer of a poll, in order, a number of votes."""
    choices = PollChoice.objects.filter(poll=poll).order_by("sort_order")
    PollVote.objects.bulk_create(
        PollVote(choice=choice)
        for choice, count in zip(choices, counts, strict=False)
        for _ in range(count)
    )
