"""The map of the answers to a question in the admin: every place, and counts in hexagons."""

import json

from django.conf import settings
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from cms.geometry.mapconfig import map_config

from ..admin_views import editable_survey
from ..results.public_maps import kept_grid
from . import reading
from .forms import SizeForm
from .grid import DECIMALS, Grid, answers_grid
from .views import FoundMixin, QuestionView, question_in

#: What a browser draws without effort. The keys are random, and so is what stays within it.
POINTS_SHOWN = 20_000
TITLE_LENGTH = 200
GEOJSON = "application/geo+json"


class GridMixin(FoundMixin):
    """The hexagons of what the filter finds."""

    def grid_of(self, question, size: int) -> Grid:
        """Kept where nothing is filtered: tags come and go without a change of an answer."""
        if not self.is_filtered:
            return kept_grid(self.survey, question, size=size)
        return answers_grid(self.found, threshold=settings.SURVEY_SMALL_NUMBERS, size=size)


class MapView(GridMixin, QuestionView):
    """`GET /beheer/enquetes/<pk>/resultaten/<question id>/kaart/?vak=…&q=…&label=…`."""

    template_name = "surveys/admin/answer_map.html"
    page_title = gettext_lazy("Kaart van de antwoorden")
    here = "surveys_answer_map"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.has_places:
            raise Http404

    def get_context_data(self, **kwargs):
        form = SizeForm(self.request.GET)
        points = reading.places_in(self.found).count()
        return {
            **super().get_context_data(**kwargs),
            "filter_form": self.filter_form,
            "size_form": SizeForm({"vak": form.size}),
            # Drawings are not counted in cells: a line lies in many of them.
            "grid": self.grid_of(self.question, form.size)
            if reading.is_counted(self.question)
            else None,
            "points": points,
            "points_shown": min(points, POINTS_SHOWN),
            "points_config": points_map(self.survey, self.question, self.request.GET)
            if points
            else None,
            "grid_url": f"{self.address('surveys_answer_grid')}?{self.request.GET.urlencode()}",
        }


def points_map(survey, question, query) -> dict:
    """Config of a map whose points come from `PointsView` with the same filter."""
    address = reverse("surveys_answer_points", args=[survey.pk, question.id])
    layer = {
        "key": "antwoorden",
        "label": _("Antwoorden"),
        "singular": _("Antwoord"),
        "letter": "A",
        "shape": "pin",
        "color": "survey",
        "url": f"{address}?{query.urlencode()}",
    }
    return map_config([layer], fit=True, label=_("Kaart met de antwoorden"))


class AnswersJsonView(FoundMixin, View):
    """A private GeoJSON file about the answers to a map question that the filter finds."""

    #: Whether it is about places that are counted in cells.
    is_counted = False

    def get(self, request, pk: int, question_id: str) -> HttpResponseBase:
        self.survey = editable_survey(request, pk)
        question = question_in(self.survey, question_id)
        if not (reading.is_counted(question) if self.is_counted else question.type.has_map):
            raise Http404
        self.question = question
        self.all_answers = reading.answers_to(question, reading.counted_responses(self.survey))
        headers = {"Cache-Control": "private, no-store"}
        return HttpResponse(self.body(), content_type=GEOJSON, headers=headers)


class PointsView(AnswersJsonView):
    """`GET …/plekken.geojson?q=…&label=…`: each place with what was written at it."""

    def body(self) -> str:
        rows = (
            reading.places_in(self.found)
            .annotate(
                spot=AsGeoJSON("point", precision=DECIMALS),
                drawing=AsGeoJSON("shape", precision=DECIMALS),
            )
            .order_by("response_id", "option_id")
            .values_list("text", "spot", "drawing")[:POINTS_SHOWN]
        )
        nameless = _("Plek zonder omschrijving")
        features = (
            f'{{"type":"Feature","id":{number},"geometry":{drawing or spot},"properties":'
            f'{{"title":{json.dumps(text[:TITLE_LENGTH] or nameless)},"url":""}}}}'
            for number, (text, spot, drawing) in enumerate(rows, start=1)
        )
        return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


class GridView(GridMixin, AnswersJsonView):
    """`GET …/vakken.geojson?vak=…&q=…&label=…`: the cells that may be published."""

    is_counted = True

    def body(self) -> str:
        size = SizeForm(self.request.GET).size
        return json.dumps(self.grid_of(self.question, size).feature_collection())
