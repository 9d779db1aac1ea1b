"""The report of a survey: tagged PDF to hand out, with small numbers hidden."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.palette import bands, palette
from cms.services import absolute_url, default_site_settings

from ..collecting.figures import public_links
from ..models import SurveyPage
from ..paper.services import is_awaited
from ..types.base import CHOICES, PARTS, ROWS, Bars
from .asked import questions_ever_asked
from .cross import COLLECTOR, SOURCE, Variable, variables
from .filters import ResultsFilter
from .publication import Publication, PublicQuestion, is_running, publish
from .report_tables import Hidden, ReportTable, report_table

KEEP_SECONDS = 600  # for who asks again; longer would keep answers for no reason


@dataclass
class ReportPart:
    """One question of the report, and its tables split by something else."""

    question: PublicQuestion
    tables: list[ReportTable]


def splitters(survey: SurveyPage) -> list[Variable]:
    """What a report can be split by: everybody has one value of it."""
    return [variable for variable in crossable(survey) if not variable.many]


def crossable(survey: SurveyPage) -> list[Variable]:
    """Variables that can be in a table of a report: those with fixed answers.

    Typed answers come in classes of which the limits differ from table to table, so that one
    table would tell what another hides.
    """
    asked = questions_ever_asked(survey)
    fixed = [question for question in asked if question.type.counted_as in (PARTS, ROWS, CHOICES)]
    return variables(survey, fixed)


def report_pdf(survey: SurveyPage, *, split: Variable | None = None):
    """The report as a `cms.paper.Document`, in Dutch, of all responses that count.

    Beside a public page of a closed survey it leaves out the paper that the page leaves out: who
    lays one beside the other would read what a few people said.
    Five queries more for each question where it is split by something.
    """
    from cms.paper import pdf  # half a second, which only who asks should wait

    with translation.override("nl"):
        is_open = is_running(survey)
        publication = (
            publish(survey)
            if is_open or not survey.shows_results
            else publish(
                survey,
                closed_on=timezone.localdate(survey.grace_ends),
                awaited=is_awaited(survey),
            )
        )
        html = render_to_string(
            "surveys/report/pdf.html",
            {
                "page": survey,
                "publication": publication,
                "parts": _parts(survey, publication, split),
                "links": _links(survey, publication, split),
                "split": split,
                "running": is_open,
                "made_on": timezone.localdate(),
                "colors": palette()["light"],
                "bands": bands(),
                "percents": range(101),
                "web_url": absolute_url(survey.url or "/"),
                "site_settings": default_site_settings(),
            },
        )
    return pdf(html=html, kind="survey-report", keep_seconds=KEEP_SECONDS)


def report_name(survey: SurveyPage, day) -> str:
    """Name of the PDF as a file, of letters, digits and hyphens."""
    return f"resultaten-{slugify(survey.slug)}-{day:%Y-%m-%d}.pdf"


def _links(survey: SurveyPage, publication: Publication, split: Variable | None) -> Bars | None:
    """How many came along each link; not beside tables that are split by how answers came in."""
    if publication.results is None or (split and split.key in (COLLECTOR, SOURCE)):
        return None
    until = publication.until
    groups = {
        group: count
        for group, count in publication.results.groups.items()
        if until is None or group.day <= until
    }
    return public_links(survey, groups, settings.SURVEY_SMALL_NUMBERS)


def _parts(survey, publication: Publication, split: Variable | None) -> list[ReportPart]:
    parts = [ReportPart(question, []) for question in publication.questions]
    closed = {part.question.question.id for part in parts if part.question.reason}
    if split is None or split.question_id in closed:
        return parts
    hidden = hidden_lines(publication)
    by_question: dict[str, list[Variable]] = {}
    for variable in crossable(survey):
        for question in publication.questions:
            ids = question.question.type.answer_ids(question.question)
            if variable.question_id in ids and variable.key not in (split.key, COLLECTOR, SOURCE):
                by_question.setdefault(question.question.id, []).append(variable)
    for part in parts:
        if part.question.reason:
            continue
        for variable in by_question.get(part.question.question.id, []):
            table = report_table(
                survey,
                variable,
                split,
                settings.SURVEY_SMALL_NUMBERS,
                hidden=hidden,
                wanted=ResultsFilter(until=publication.until),
                rest=_("Overige antwoorden samen"),
            )
            if table.rows:
                part.tables.append(table)
    return parts


def hidden_lines(publication: Publication) -> Hidden:
    """Which answers are hidden in the results themselves, by the key of their variable."""
    found: Hidden = {}
    for one in publication.questions:
        keys = one.question.type.answer_ids(one.question)
        for key, bars in zip(keys, one.bars, strict=False):
            found[key] = {(row["label"], row["archived"]) for row in bars.rows if row["hidden"]}
    return found
