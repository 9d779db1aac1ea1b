"""Signals that become, or belong to, a point on the agenda or an action of a council meeting."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from areas.agenda.models import AgendaItemPage, AgendaPage
from areas.councils.models import ActionPoint, CouncilMeeting
from areas.models import Theme

from ..models import Signal, SignalStep
from .changing import NotPossibleError, change, lock, required
from .progress import known_updates
from .steps import role_in, take_step

State = Signal.State


def current_agenda(area) -> AgendaPage | None:
    """The agenda of today of an area, else its next one; live or not."""
    today = timezone.localdate()
    agendas = AgendaPage.objects.child_of(area)
    running = agendas.filter(period_start__lte=today).order_by("-period_start", "-pk").first()
    return running or agendas.order_by("period_start", "pk").first()


def linkable_items(area):
    """Items on the agendas of an area, also drafts, as a QuerySet."""
    items = AgendaItemPage.objects.descendant_of(area)
    return items.defer("geometry", "map_geometry").order_by("title", "pk")


def meeting_for_actions(council) -> CouncilMeeting | None:
    """The next meeting of a council, else its last one."""
    meetings = CouncilMeeting.objects.filter(council=council, cancelled=False)
    now = timezone.now()
    coming = meetings.filter(ends_at__gte=now).order_by("starts_at", "pk").first()
    return coming or meetings.order_by("-starts_at", "-pk").first()


def linkable_actions(council):
    """Actions of a council's meetings that are not done, newest first, as a QuerySet."""
    rows = ActionPoint.objects.filter(meeting__council=council, done_on__isnull=True)
    return rows.select_related("meeting").order_by("-meeting__starts_at", "pk")


@transaction.atomic
def link_agenda_item(*, signal: Signal, version: int, user, item: AgendaItemPage) -> Signal:
    """Link to an item of the own area; from now on its public progress reaches the asker."""
    row = _linkable(signal, version)
    if not linkable_items(row.area).filter(pk=item.pk).exists():
        raise NotPossibleError(_("Dit agendapunt is niet van dit gebied. Kies een ander."))
    _link_item(row, item, user)
    return row


@transaction.atomic
def make_agenda_item(*, signal: Signal, version: int, user, theme: Theme) -> AgendaItemPage:
    """Make a draft on the agenda of today from what was asked, and link it.

    Raises NotPossibleError where the area has no agenda. Whether the user may add to that
    agenda is the caller's to check.
    """
    row = _linkable(signal, version)
    agenda = current_agenda(row.area)
    if agenda is None:
        raise NotPossibleError(
            _("Dit gebied heeft nog geen gebiedsagenda. Maak die eerst, of koppel later.")
        )
    source = AgendaItemPage.Source
    item = AgendaItemPage(
        title=row.subject,
        # A subject of signs or another script alone makes no address; else Wagtail finds one.
        slug="" if slugify(row.subject) else row.reference.lower(),
        task=row.text[: AgendaItemPage._meta.get_field("task").max_length],
        theme=theme,
        geometry=Signal.objects.values_list("geometry", flat=True).get(pk=row.pk),
        place_name=row.place_name,
        source=source.COUNCIL if row.council_id else source.RESIDENTS,
        source_council=row.council,
        live=False,
        owner=user,
    )
    agenda.add_child(instance=item)
    item.save_revision(user=user, log_action=True, clean=False)
    _link_item(row, item, user)
    return item


@transaction.atomic
def link_action_point(*, signal: Signal, version: int, user, action: ActionPoint) -> Signal:
    """Link to an action of a meeting with the same council; that it is done reaches the asker."""
    row = _linkable(signal, version)
    if row.council_id is None or action.meeting.council_id != row.council_id:
        raise NotPossibleError(_("Dit actiepunt is niet van een overleg met deze raad."))
    _link_action(row, action, user)
    return row


@transaction.atomic
def make_action_point(
    *,
    signal: Signal,
    version: int,
    user,
    text: str,
    owner: str,
    due_date: date | None = None,
) -> ActionPoint:
    """Write down an action at the next meeting with the council, else the last, and link it."""
    row = _linkable(signal, version)
    if row.council_id is None:
        raise NotPossibleError(_("Alleen een signaal van een raad kan een actiepunt worden."))
    meeting = meeting_for_actions(row.council)
    if meeting is None:
        raise NotPossibleError(
            _("Met deze raad staat nog geen overleg in het systeem. Maak dat eerst.")
        )
    action = ActionPoint.objects.create(
        meeting=meeting,
        text=required(text, _("Schrijf wat er moet gebeuren.")),
        owner=required(owner, _("Schrijf wie dit doet: een functie of organisatie.")),
        due_date=due_date,
        sort_order=(meeting.action_points.aggregate(last=Max("sort_order"))["last"] or 0) + 1,
    )
    _link_action(row, action, user)
    return action


def _linkable(signal: Signal, version: int) -> Signal:
    row = lock(signal, version=version)
    if row.state not in Signal.PUBLIC_STATES:
        raise NotPossibleError(
            _("Dit signaal is samengevoegd of nog niet bevestigd. Koppelen kan niet.")
        )
    return row


def _link_item(row: Signal, item: AgendaItemPage, user) -> None:
    change(row, agenda_item=item, progress_known=known_updates(item))
    # A draft is nobody's to read yet: its title may change, and it may never come.
    is_open = item.live and not item.get_view_restrictions().exists()
    with override("nl"):  # askers read it, whatever language the manager works in
        text = _("Agendapunt: %(title)s") % {"title": item.title} if is_open else ""
    take_step(
        signal=row,
        kind=SignalStep.Kind.LINKED,
        text=text,
        author=user,
        author_role=role_in(row.area),
    )


def _link_action(row: Signal, action: ActionPoint, user) -> None:
    change(row, action_point=action)
    # What the action says is between the council and the municipality; others may read this.
    with override("nl"):
        text = _("Wij maken hiervan een actiepunt.")
    take_step(
        signal=row,
        kind=SignalStep.Kind.LINKED,
        text=text,
        author=user,
        author_role=role_in(row.area),
    )
