"""The addresses of a survey, and what stands there; in the editor too."""

from django.utils.translation import gettext_lazy as _
from wagtail.url_routing import RouteResult

from ..languages.registry import offered

THANKS = "bedankt"
RESULTS = "resultaten"
PREVIEW_IN = "taal-"


class ServedSurvey:
    """What `SurveyPage` shows besides its questions: thanks, results, previews by language."""

    @property
    def thanks_url(self) -> str:
        """Path of the page that thanks."""
        return f"{self.get_url()}{THANKS}/"

    @property
    def results_url(self) -> str:
        """Path of the page with the results."""
        return f"{self.get_url()}{RESULTS}/"

    def route(self, request, path_components):
        """Besides the page itself there are `bedankt/` and `resultaten/` below it."""
        if path_components == [THANKS] and self.live:
            return RouteResult(self, kwargs={"thanks": True})
        if path_components == [RESULTS] and self.live:
            return RouteResult(self, kwargs={"results": True})
        return super().route(request, path_components)

    def serve(self, request, *args, thanks: bool = False, results: bool = False, **kwargs):
        from ..collecting.reach import is_out_of_reach, links_only_page
        from ..results.views import results_page
        from ..views import survey_page, thanks_page

        request.is_preview = False
        if results:
            return results_page(request, self)
        if not thanks and is_out_of_reach(self):
            return links_only_page(request, self)
        return thanks_page(request, self) if thanks else survey_page(request, self)

    @property
    def preview_modes(self):
        return [
            ("", _("Vragen")),
            *(
                (f"{PREVIEW_IN}{one.code}", f"{_('Vragen')}: {one.dutch_name}")
                for one in offered(self.languages)
            ),
            (THANKS, _("Bedankt")),
            (self.State.CLOSED.value, _("Gesloten")),
        ]

    def serve_preview(self, request, mode_name):
        from ..views import survey_page, thanks_page

        if mode_name.startswith(PREVIEW_IN):
            code = mode_name.removeprefix(PREVIEW_IN)
            return survey_page(request, self, state=self.State.OPEN, language=code)
        if mode_name == THANKS:
            return thanks_page(request, self)
        shown = self.State.CLOSED if mode_name == self.State.CLOSED else self.State.OPEN
        return survey_page(request, self, state=shown)
