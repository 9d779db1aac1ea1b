"""Inviting a council to a meeting by mail, as iTIP messages (RFC 5546) of iCalendar (RFC 5545).

Every state of a meeting that invitations tell of has a number, SEQUENCE. Making, changing and
cancelling a meeting plans one mail per address in the same transaction, and sends it when that
is through. What the mail server does not take waits for the scheduler or for the manager.
"""

from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from cms.calendars import amsterdam
from cms.mailing.outbox import AUTOMATIC_ATTEMPTS, send_rows

from .models import CouncilMeeting, Invitation

PRODUCT = "-//Gebiedsplein//Raden//NL"
REQUEST, CANCEL = Invitation.Method.REQUEST, Invitation.Method.CANCEL


@transaction.atomic
def plan_invitations(*, meeting: CouncilMeeting, now: datetime | None = None) -> int:
    """Plan the mails that a saved meeting asks for, and send them on commit; gives how many.

    Nothing where invitations would say the same as before, nor for what is over. Who is no
    longer an address of the council gets a cancellation. What still waited of an older state is
    dropped: only the newest state goes out.
    """
    now = now or timezone.now()
    meeting = CouncilMeeting.objects.select_for_update().get(pk=meeting.pk)
    told, tells = meeting.invited_as, content_of(meeting)
    if tells == told or not _worth_telling(meeting, told, now):
        return 0
    rows = meeting.invitations
    rows.waiting(now).delete()
    sequence = meeting.sequence + 1 if told else 0
    invited = _latest_methods(meeting)
    current = {
        address.lower(): address
        for address in meeting.council.addresses.values_list("email", flat=True)
    }
    planned = [
        Invitation(meeting=meeting, address=address, sequence=sequence, method=method)
        for address, method in _mails(meeting, current, invited)
    ]
    Invitation.objects.bulk_create(planned)
    CouncilMeeting.objects.filter(pk=meeting.pk).update(sequence=sequence, invited_as=tells)
    transaction.on_commit(lambda: send_invitations(meeting_id=meeting.pk))
    return len(planned)


def content_of(meeting: CouncilMeeting) -> dict:
    """What invitations say of a meeting, as JSON."""
    point = meeting.geometry
    return {
        "start": meeting.starts_at.astimezone(UTC).isoformat(),
        "end": meeting.ends_at.astimezone(UTC).isoformat(),
        "place": meeting.place_name,
        "point": [round(point.y, 6), round(point.x, 6)] if _is_point(point) else None,
        "cancelled": meeting.cancelled,
    }


def send_invitations(*, meeting_id: int | None = None, stopping=lambda: False) -> tuple[int, int]:
    """Send what waits, of one meeting or (as the scheduler does) of all; (sent, failed)."""
    rows = Invitation.objects.waiting(timezone.now())
    if meeting_id is None:
        rows = rows.filter(attempts__lt=AUTOMATIC_ATTEMPTS, meeting__ends_at__gt=timezone.now())
    else:
        rows = rows.filter(meeting=meeting_id)
    load = Invitation.objects.select_related("meeting__council__area")
    return send_rows(rows, load=load, message_of=message_of, stopping=stopping)


def message_of(row: Invitation) -> EmailMultiAlternatives:
    """The mail of one invitation: what it says in words, and the same for a calendar program."""
    meeting = row.meeting
    area = meeting.council.area
    with override("nl"):
        title = _title(row)
        message = EmailMultiAlternatives(
            subject=title,
            body=_text(row),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[row.address],
            reply_to=[area.manager_email] if area.manager_email else None,
            headers={"Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(calendar_of(row).decode(), f"text/calendar; method={row.method}")
    return message


def calendar_of(row: Invitation) -> bytes:
    """The iTIP message of one invitation."""
    meeting = row.meeting
    area = meeting.council.area
    zone = timezone.get_default_timezone()
    event = Event()
    event.add("uid", str(meeting.uid))
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.planned_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", _("Overleg met %(council)s") % {"council": meeting.council.name})
    event.add("status", "CANCELLED" if row.method == CANCEL else "CONFIRMED")
    if meeting.place_name:
        event.add("location", meeting.place_name)
    if _is_point(meeting.geometry):
        event.add("geo", (round(meeting.geometry.y, 6), round(meeting.geometry.x, 6)))
    organizer = vCalAddress(
        f"mailto:{area.manager_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    )
    organizer.params["cn"] = vText(area.manager_role or area.title)
    event.add("organizer", organizer)
    # Only the reader: who else was invited is not theirs to know.
    attendee = vCalAddress(f"mailto:{row.address}")
    attendee.params["rsvp"] = vText("TRUE")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", row.method)
    calendar.add_component(amsterdam())
    calendar.add_component(event)
    return calendar.to_ical()


def _worth_telling(meeting: CouncilMeeting, told: dict, now: datetime) -> bool:
    """Whether the meeting, as it is or as it was told, is still to come."""
    if not told:
        return meeting.starts_at > now and not meeting.cancelled
    return meeting.ends_at > now or datetime.fromisoformat(told["end"]) > now


def _latest_methods(meeting: CouncilMeeting) -> dict[str, tuple[str, str]]:
    """By address in lower case: the address and the method of the last mail that it got."""
    rows = meeting.invitations.exclude(sent_at__isnull=True, claimed_at__isnull=True)
    return {
        address.lower(): (address, method)
        for address, method in rows.order_by("sequence").values_list("address", "method")
    }


def _mails(meeting, current: dict[str, str], invited: dict) -> list[tuple[str, str]]:
    """Who gets what: (address, method)."""
    gone = [
        (address, CANCEL)
        for key, (address, method) in invited.items()
        if method == REQUEST and (meeting.cancelled or key not in current)
    ]
    if meeting.cancelled:
        return gone
    return gone + [(address, REQUEST) for address in current.values()]


def _is_point(geometry) -> bool:
    return geometry is not None and geometry.geom_type == "Point"


def _title(row: Invitation) -> str:
    values = {
        "council": row.meeting.council.name,
        "date": date_format(timezone.localtime(row.meeting.starts_at), "j F Y"),
    }
    if row.method == CANCEL:
        return _("Afgezegd: overleg met %(council)s op %(date)s") % values
    if row.sequence:
        return _("Gewijzigd: overleg met %(council)s op %(date)s") % values
    return _("Uitnodiging: overleg met %(council)s op %(date)s") % values


def _text(row: Invitation) -> str:
    meeting = row.meeting
    start = timezone.localtime(meeting.starts_at)
    when = _("Wanneer: %(date)s, van %(start)s tot %(end)s uur") % {
        "date": date_format(start, "l j F Y"),
        "start": date_format(start, "G.i"),
        "end": date_format(timezone.localtime(meeting.ends_at), "G.i"),
    }
    parts = [_title(row), when]
    if meeting.place_name:
        parts.append(_("Waar: %(place)s") % {"place": meeting.place_name})
    if row.method == CANCEL:
        parts.append(_("Dit overleg staat niet meer in uw agenda."))
    else:
        parts.append(_("Kunt u niet? Antwoord dan op deze mail."))
    return "\n\n".join(parts) + "\n"
