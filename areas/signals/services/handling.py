"""What a manager does with a signal, and the asker's reply; each with a step and its mails.

Every function takes the `version` that the user looked at and raises ChangedMeanwhileError where
somebody else was first, and NotPossibleError where the signal does not stand for it.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import AreaPage
from areas.services import derive_place
from cms.models import SiteSettings
from cms.services import default_site_settings

from ..models import Signal, SignalStep
from ..terms import add_working_days, last_day, working_days_between
from .changing import NotPossibleError, change, lock, require_open, required
from .steps import handlers, manager_addresses, role_in, take_step

Kind, State = SignalStep.Kind, Signal.State


@transaction.atomic
def assign(*, signal: Signal, version: int, user, role: str, assignee=None) -> Signal:
    """Say who works on it: a function or team that the asker reads, and perhaps a colleague."""
    row = lock(signal, version=version)
    require_open(row)
    role = required(role, _("Schrijf welke functie of welk team ermee bezig is."))
    if assignee is not None and not handlers(row.area).filter(pk=assignee.pk).exists():
        raise NotPossibleError(_("Deze collega werkt niet in dit gebied. Kies iemand anders."))
    change(row, state=State.ASSIGNED, assignee=assignee, assignee_role=role)
    told = [assignee.email] if assignee and assignee != user and assignee.email else []
    take_step(
        signal=row,
        kind=Kind.ASSIGNED,
        text=role,
        author=user,
        author_role=role_in(row.area),
        to_staff=told,
    )
    return row


@transaction.atomic
def extend(
    *, signal: Signal, version: int, user, reason: str, now: datetime | None = None
) -> Signal:
    """Add working days to the term, once and with a reason, and only while it runs.

    A term that is over was missed: extending it then would hide that.
    """
    row = lock(signal, version=version)
    require_open(row)
    today = timezone.localdate(now or timezone.now())
    if row.extended_on is not None:
        raise NotPossibleError(_("Deze termijn is al een keer verlengd. Dat kan niet nog eens."))
    if today > row.due_on:
        raise NotPossibleError(
            _("De termijn is voorbij; verlengen kan niet meer. Stuur een antwoord.")
        )
    reason = required(reason, _("Schrijf waarom u meer tijd nodig hebt. De inbrenger leest dit."))
    days = default_site_settings().signal_extension_days
    change(
        row,
        due_on=add_working_days(row.due_on, days),
        extended_on=today,
        extension_reason=reason,
    )
    take_step(
        signal=row,
        kind=Kind.EXTENDED,
        text=reason,
        author=user,
        author_role=role_in(row.area),
        at=now,
    )
    return row


@transaction.atomic
def answer(*, signal: Signal, version: int, user, text: str, now: datetime | None = None) -> Signal:
    """Answer, within or after the term; on an answered signal a further or better answer.

    The first answer stops the clock. All answers stay in the steps; `Signal.answer` is the last.
    """
    row = lock(signal, version=version)
    if row.state != State.ANSWERED:
        require_open(row)
    text = required(text, _("Schrijf een antwoord. De inbrenger leest precies wat u typt."))
    now = now or timezone.now()
    if row.state == State.ANSWERED:
        change(row, answer=text, answered_by=user)
    else:
        today = timezone.localdate(now)
        waited = working_days_between(timezone.localdate(row.opened_at), today)
        change(
            row,
            state=State.ANSWERED,
            answer=text,
            answered_at=now,
            answered_by=user,
            # A signal that was answered before and opened again: all the waiting counts, and a
            # term that was missed once stays missed.
            answer_days=waited + (row.answer_days or 0),
            in_term=row.in_term is not False and today <= row.due_on,
        )
    take_step(
        signal=row,
        kind=Kind.ANSWERED,
        text=text,
        author=user,
        author_role=role_in(row.area),
        at=now,
    )
    return row


def reopen_until(signal: Signal, *, site_settings: SiteSettings | None = None) -> date | None:
    """The last day on which the asker may say that an answer is not enough, or None."""
    if signal.state != State.ANSWERED:
        return None
    days = (site_settings or default_site_settings()).signal_reopen_days
    return last_day(signal.answered_at, days)


@transaction.atomic
def reopen(
    *,
    signal: Signal,
    text: str,
    version: int | None = None,
    author_role: str = "",
    now: datetime | None = None,
) -> Signal:
    """The asker says what is missing in the answer: a new term runs, the answer stays readable.

    Raises NotPossibleError after `reopen_until`, and without a text.
    """
    row = lock(signal, version=version)
    now = now or timezone.now()
    site_settings = default_site_settings()
    until = reopen_until(row, site_settings=site_settings)
    if until is None:
        raise NotPossibleError(_("Op dit signaal is nog geen antwoord waarop u kunt reageren."))
    if timezone.localdate(now) > until:
        raise NotPossibleError(
            _(
                "Reageren kon tot en met %(date)s. Wilt u toch nog iets vragen? Stel een nieuwe "
                "vraag."
            )
            % {"date": date_format(until, "j F Y")}
        )
    text = required(text, _("Schrijf wat er nog mist aan het antwoord."))
    change(
        row,
        state=State.ASSIGNED if row.assignee_role else State.RECEIVED,
        answer="",
        answered_at=None,
        answered_by=None,
        reopened_at=now,
        due_on=last_day(now, site_settings.signal_term_days),
        extended_on=None,
        extension_reason="",
    )
    take_step(
        signal=row,
        kind=Kind.REOPENED,
        text=text,
        author_role=author_role,
        to_staff=manager_addresses(row.area),
        at=now,
    )
    return row


@transaction.atomic
def publish(*, signal: Signal, version: int, user) -> Signal:
    """Put a signal with its steps on the site; only where its asker agreed to that."""
    row = lock(signal, version=version)
    if not row.public:
        raise NotPossibleError(
            _("De inbrenger wil dit niet op de site. Vraag eerst of dat toch mag.")
        )
    if row.state not in Signal.PUBLIC_STATES:
        raise NotPossibleError(_("Dit signaal kan niet op de site."))
    if row.published_at is not None:
        raise NotPossibleError(_("Dit signaal staat al op de site."))
    change(row, published_at=timezone.now())
    take_step(signal=row, kind=Kind.PUBLISHED, author=user, author_role=role_in(row.area))
    return row


@transaction.atomic
def hide(*, signal: Signal, version: int, user, reason: str) -> Signal:
    """Take a signal off the site, with a reason that its asker reads."""
    row = lock(signal, version=version)
    if row.published_at is None:
        raise NotPossibleError(_("Dit signaal staat niet op de site."))
    reason = required(reason, _("Schrijf waarom dit van de site gaat. De inbrenger leest dit."))
    change(row, published_at=None)
    take_step(signal=row, kind=Kind.HIDDEN, text=reason, author=user, author_role=role_in(row.area))
    return row


@transaction.atomic
def note(*, signal: Signal, version: int, user, text: str) -> Signal:
    """Write something down for colleagues; the asker never sees it."""
    row = lock(signal, version=version)
    text = required(text, _("Schrijf wat u wilt onthouden."))
    change(row)
    take_step(
        signal=row,
        kind=Kind.NOTE,
        text=text,
        author=user,
        author_role=role_in(row.area),
        visible=False,
    )
    return row


@transaction.atomic
def move_to_area(
    *, signal: Signal, area: AreaPage, user=None, version: int | None = None, text: str = ""
) -> Signal:
    """Give a signal to the managers of another area; its term keeps running.

    Both the asker and the new managers hear of it. Who was working on it no longer is.
    """
    row = lock(signal, version=version)
    require_open(row)
    if area.pk == row.area_id:
        raise NotPossibleError(_("Dit signaal is al van dit gebied. Kies een ander gebied."))
    role = role_in(row.area)
    change(row, area=area, state=State.RECEIVED, assignee=None, assignee_role="")
    derive_place(placed=row)
    take_step(
        signal=row,
        kind=Kind.MOVED,
        text=text.strip() or area.title,
        author=user,
        author_role=role,
        to_staff=manager_addresses(area),
    )
    return row
