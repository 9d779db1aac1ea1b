"""Loading the demo, all or nothing, and throwing it away."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import translation
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.models import HomePage
from cms.pagecache import purge

from .building import Library
from .clock import Clock
from .loading import (
    agendas,
    areas,
    figures,
    lists,
    newsletters,
    office_hours,
    people,
    programmes,
    projects,
    signals,
    site,
)
from .loading import surveys as survey_loading
from .models import DemoLoad
from .removal import remove_everything
from .searching import indexed_at_the_end

CARD, WIDE = "fill-640x360", "width-1200"


class AlreadyLoadedError(Exception):
    """The demo is there; nothing was changed."""


class OwnContentError(Exception):
    """The site has content or users that no demo made; nothing was changed."""


def load_demo(*, reset: bool = False, clock: Clock | None = None) -> list[people.LogIn]:
    """Load the demo and give the log-ins, in one transaction.

    With `reset` what the demo made before is removed first. Raises AlreadyLoadedError where it
    is there and OwnContentError where the site has content of its own; both change nothing.
    Whatever stops it halfway, neither rows nor files stay behind.
    """
    library = Library()
    try:
        with transaction.atomic(), translation.override("nl"):
            _make_room(reset=reset)
            # What refers to what, and what can be found, is noted once and not at every save.
            with disable_reference_index_auto_update(), indexed_at_the_end():
                log_ins = _load(library, clock or Clock.now())
            _index_references()
    except BaseException:
        library.discard()
        Site.clear_site_root_paths_cache()
        raise
    purge()
    return log_ins


def _make_room(*, reset: bool) -> None:
    """Claim the one row that says the demo is there, after removing an older demo."""
    if reset and DemoLoad.objects.select_for_update().first():
        remove_everything()
    elif DemoLoad.objects.exists():
        raise AlreadyLoadedError
    taken = get_user_model().objects.filter(username__in=people.usernames())
    if HomePage.objects.exists() or taken.exists():
        raise OwnContentError
    try:
        with transaction.atomic():
            DemoLoad.objects.create()
    except IntegrityError:
        raise AlreadyLoadedError from None


def _index_references() -> None:
    """Tell Wagtail which pages use which images, documents and other pages."""
    for page in Page.objects.filter(depth__gt=1).specific().iterator(chunk_size=200):
        ReferenceIndex.create_or_update_for_object(page)


def _load(library: Library, clock: Clock) -> list[people.LogIn]:
    administrator, first_log_in = people.load_administrator()
    home = site.load_home(library=library)
    themes = areas.load_themes()
    all_areas = areas.load_areas(
        home=home, themes=themes, library=library, clock=clock, user=administrator
    )
    managers, manager_log_ins = people.load_managers(areas=all_areas)
    editors, editor_log_ins = people.load_editors()
    places = areas.load_places(areas=all_areas)
    councils = areas.load_councils(areas=all_areas, places=places)
    areas.load_council_papers(councils=councils, library=library, clock=clock)
    areas.load_meetings(councils=councils, clock=clock)
    polls = survey_loading.load_polls(areas=all_areas)
    all_projects = projects.load_projects(
        areas=all_areas, library=library, clock=clock, users=managers, polls=polls
    )
    goals = programmes.load_programmes(areas=all_areas, themes=themes, clock=clock, users=managers)
    agenda_items = agendas.load_agendas(
        areas=all_areas,
        themes=themes,
        councils=councils,
        projects=all_projects,
        goals=goals,
        clock=clock,
        users=managers,
    )
    signals.load_signals(
        areas=all_areas,
        councils=councils,
        agenda_items=agenda_items,
        clock=clock,
        users=managers,
    )
    survey_loading.load_surveys(
        areas=all_areas,
        projects=all_projects,
        library=library,
        clock=clock,
        user=editors["surveys"],
    )
    office_hours.load_office_hours(
        areas=all_areas, projects=all_projects, library=library, clock=clock, users=managers
    )
    figures.load_figures(home=home, clock=clock, user=administrator)
    site.load_pages(home=home, library=library, clock=clock, user=administrator, polls=polls)
    newsletters.load_newsletters(
        areas=all_areas,
        councils=councils,
        agenda_items=agenda_items,
        library=library,
        clock=clock,
        user=editors["newsletters"],
    )
    lists.load_lists(areas=all_areas, clock=clock, users=managers)
    for key in library.images:
        library.warm(key, CARD, WIDE)
    log_ins = [first_log_in, *manager_log_ins, *editor_log_ins]
    DemoLoad.objects.update(usernames=[log_in.username for log_in in log_ins])
    return log_ins
