"""How many responses are marked, on the pages with results."""

from django import template

from ..models import Response, SurveyPage

register = template.Library()


@register.inclusion_tag("surveys/admin/parts/marked_line.html")
def marked_line(survey: SurveyPage, total: int) -> dict:
    """One line: how many of `total` responses are marked or do not count; at most two queries."""
    responses = Response.objects.of(survey)
    return {
        "survey": survey,
        "total": total,
        "marked": responses.marked().count() if total else 0,
        "left_out": responses.filter(verdict=False).count() if total else 0,
    }
