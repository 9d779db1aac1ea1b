"""Surveys and polls in the admin."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn, ParentPageColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from areas.permissions import AreaPermissionPolicy
from cms.permissions import addable_models

from .admin_views import ResultsView, try_survey
from .collecting.admin_urls import urlpatterns as collecting_urls
from .collecting.reach import has_open_link
from .download_views import DownloadsView, download
from .files.views import FilesView, answer_file
from .integrity.admin_views import MarkedView
from .languages.admin_urls import urlpatterns as language_urls
from .languages.state import progress
from .library_views import AddQuestionsView, NewSurveyView
from .models import Poll, PollVote, Response, SurveyPage
from .outcomes.admin_views import OutcomeMailsView
from .paper.admin_urls import urlpatterns as paper_urls
from .poll_admin import PollViewSet
from .results.admin_views import CrossView, ReportView
from .xlsform.views import ImportView, export_survey


@hooks.register("register_admin_urls")
def result_urls():
    return [
        path("enquetes/<int:pk>/resultaten/", ResultsView.as_view(), name="surveys_results"),
        path("enquetes/<int:pk>/resultaten/kruistabel/", CrossView.as_view(), name="surveys_cross"),
        path(
            "enquetes/<int:pk>/resultaten/rapport.pdf", ReportView.as_view(), name="surveys_report"
        ),
        path("enquetes/<int:pk>/gemarkeerd/", MarkedView.as_view(), name="surveys_marked"),
        path("enquetes/<int:pk>/downloaden/", DownloadsView.as_view(), name="surveys_downloads"),
        path(
            "enquetes/<int:pk>/downloaden/<slug:variant>.<slug:format_name>",
            download,
            name="surveys_download",
        ),
        path("enquetes/<int:pk>/bestanden/", FilesView.as_view(), name="surveys_files"),
        path("enquetes/<int:pk>/bestanden/<uuid:file_id>/", answer_file, name="surveys_file"),
        path("enquetes/<int:pk>/proberen/", try_survey, name="surveys_try"),
        path("enquetes/nieuw/<int:pk>/", NewSurveyView.as_view(), name="surveys_new"),
        path("enquetes/<int:pk>/bibliotheek/", AddQuestionsView.as_view(), name="surveys_library"),
        path("enquetes/<int:pk>/xlsform/", export_survey, name="surveys_xlsform_export"),
        path(
            "enquetes/onder/<int:parent_id>/xlsform/",
            ImportView.as_view(),
            name="surveys_xlsform_import",
        ),
        path(
            "enquetes/<int:pk>/uitkomst/", OutcomeMailsView.as_view(), name="surveys_outcome_mails"
        ),
        path("enquetes/<int:pk>/", include("surveys.answers.urls")),
        *collecting_urls,
        *paper_urls,
        *language_urls,
    ]


class SurveyIndexView(IndexView):
    """Surveys below the user's own pages, with their number of responses."""

    results_template_name = "surveys/admin/list_results.html"

    def annotate_queryset(self, pages):
        return super().annotate_queryset(
            pages.annotate(response_count=Count("versions__responses"))
        )


class SurveyListingViewSet(PageListingViewSet):
    model = SurveyPage
    icon = "clipboard-list"
    menu_label = gettext_lazy("Enquêtes")
    menu_order = 240
    add_to_admin_menu = True
    index_view_class = SurveyIndexView
    columns = [
        PageTitleColumn("title", label=gettext_lazy("Titel"), sort_key="title", classname="title"),
        ParentPageColumn("parent", label=gettext_lazy("Onder")),
        Column("state", label=gettext_lazy("Stand"), accessor="state.label"),
        TitleColumn(
            "response_count",
            label=gettext_lazy("Inzendingen"),
            get_url=lambda survey: reverse("surveys_results", args=[survey.pk]),
        ),
        PageStatusColumn("status", label=gettext_lazy("Status"), sort_key="live"),
    ]


@hooks.register("register_admin_viewset")
def survey_listing():
    return SurveyListingViewSet("enquetes", url_prefix="enquetes")


class ResultsButton(PageMenuItem):
    """The way to the results, for who may edit the survey."""

    label = gettext_lazy("Resultaten")
    icon_name = "clipboard-list"
    url_name = "surveys_results"

    def is_shown(self, user):
        return self.page.permissions_for_user(user).can_edit()


class CollectorsButton(ResultsButton):
    """The way to the links along which answers come in."""

    label = gettext_lazy("Ingangen")
    icon_name = "link"
    url_name = "surveys_collectors"


class PaperButton(ResultsButton):
    """The way to the form on paper, and to entering what was filled in."""

    label = gettext_lazy("Papier")
    icon_name = "doc-full"
    url_name = "surveys_paper"


class TryButton(ResultsButton):
    """The way to fill in the latest draft without storing anything."""

    label = gettext_lazy("Proberen")
    icon_name = "view"
    url_name = "surveys_try"


class LibraryButton(ResultsButton):
    """The way to copy questions into the survey."""

    label = gettext_lazy("Vragen uit de bibliotheek")
    icon_name = "list-ul"
    url_name = "surveys_library"


class TranslateButton(ResultsButton):
    """The way to the translations."""

    label = gettext_lazy("Vertalen")
    icon_name = "globe"
    url_name = "surveys_languages"


@hooks.register("before_create_page", order=10)
def choose_how_to_start(request, parent_page, page_class):
    """A new survey starts with a choice: empty (`?leeg=1`), or from the library."""
    if page_class is SurveyPage and request.method == "GET" and "leeg" not in request.GET:
        return redirect("surveys_new", parent_page.pk)
    return None


class XlsFormButton(ResultsButton):
    """The survey as a file for ODK and others."""

    label = gettext_lazy("Download als XLSForm")
    icon_name = "download"
    url_name = "surveys_xlsform_export"


@hooks.register("register_page_header_buttons")
def results_in_header(page, user, view_name, next_url=None):
    if isinstance(page, SurveyPage) and page.pk:
        yield ResultsButton(page=page, priority=5)
        yield CollectorsButton(page=page, priority=5)
        yield PaperButton(page=page, priority=5)
        yield TryButton(page=page, priority=6)
        yield LibraryButton(page=page, priority=7)
        yield XlsFormButton(page=page, priority=70)
        if page.languages:
            yield TranslateButton(page=page, priority=8)


@hooks.register("register_page_header_buttons")
def xlsform_import_in_header(page, user, view_name, next_url=None):
    """A survey from a file, in the menu of the areas and projects where the user may add one."""
    if page.specific_class not in SurveyPage.allowed_parent_page_models():
        return
    if SurveyPage in addable_models(user, page.specific_deferred):
        yield Button(
            gettext_lazy("Enquête van een XLSForm"),
            reverse("surveys_xlsform_import", args=[page.pk]),
            icon_name="upload",
            priority=76,
        )


@hooks.register("insert_editor_js")
def condition_pickers():
    return format_html('<script src="{}"></script>', static("admin/surveys/conditions.js"))


@hooks.register("register_page_listing_more_buttons")
def results_in_listing(page, user, next_url=None):
    if isinstance(page, SurveyPage):
        yield ResultsButton(page=page, priority=5)


@hooks.register("after_publish_page")
def tell_that_nobody_can_answer(request, page):
    """A survey that is reached by its links only, without one to use: published all the same."""
    if isinstance(page, SurveyPage) and page.only_by_links and not has_open_link(page.pk):
        messages.warning(
            request,
            _(
                "‘%(title)s’ is alleen bereikbaar via links, en er is geen link in gebruik. "
                "Niemand kan nu antwoorden. Maak bij Ingangen een link."
            )
            % {"title": page.title},
        )


@hooks.register("after_publish_page")
def tell_what_is_not_translated(request, page):
    """Residents now read Dutch where a translation is missing."""
    if not isinstance(page.specific, SurveyPage):
        return
    for one in progress(page.specific):
        if one.missing or one.outdated:
            messages.warning(
                request,
                _(
                    "%(language)s: %(missing)s van %(total)s teksten niet vertaald, %(outdated)s "
                    "mogelijk verouderd. Kijk bij ‘Vertalen’."
                )
                % {
                    "language": one.language.dutch_name,
                    "missing": one.missing,
                    "total": one.total,
                    "outdated": one.outdated,
                },
            )


@hooks.register("before_delete_page")
def keep_surveys_with_responses(request, page):
    """Answers of residents do not go away with a page, or with a page above it."""
    if Response.objects.filter(version__survey__path__startswith=page.path).exists():
        messages.error(
            request,
            _(
                "‘%(title)s’ kan niet weg: er zijn antwoorden van inwoners op een enquête. "
                "Haal de pagina offline als die niet meer op de site hoeft."
            )
            % {"title": page.title},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def keep_surveys_with_responses_in_bulk(request, action_type, objects, action_class_instance):
    if action_type != "delete" or not hasattr(action_class_instance, "get_parent_page_text"):
        return None
    for page in objects:
        refused = keep_surveys_with_responses(request, page)
        if refused is not None:
            return refused
    return None


@hooks.register("before_delete_snippet")
def keep_polls_with_votes(request, snippets):
    """Votes do not go away with their poll: it can be closed."""
    polls = [snippet for snippet in snippets if isinstance(snippet, Poll)]
    voted = Poll.objects.filter(
        pk__in=[poll.pk for poll in polls],
        choices__in=PollVote.objects.values("choice"),
    ).first()
    if voted is None:
        return None
    messages.error(
        request,
        _("Op ‘%(question)s’ is al gestemd. U kunt de peiling sluiten, maar niet weghalen.")
        % {"question": voted.question},
    )
    return redirect(Poll.snippet_viewset.get_url_name("list"))


register_permission_policy(Poll, AreaPermissionPolicy(Poll, "area"))
register_snippet(PollViewSet)
