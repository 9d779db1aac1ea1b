"""Coming in along a collector: whether it is open, and the code, password or invitation."""

import uuid
from dataclasses import dataclass, field

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from cms import ratelimit

from ..models import AccessCode, Collector, Invitation
from . import codes
from .querysets import CodeQuerySet, InvitationQuerySet

Access = Collector.Access

#: Fields of the form: the key of the collector, what opens it, a password as typed, and the visit
#: of one person to a tablet.
KEY, PASS, PASSWORD, VISIT = "ingang", "toegang", "wachtwoord", "zuil"
#: What may not be kept beside unfinished answers: it would tie them to a person.
NOT_KEPT = (PASS, PASSWORD, VISIT)
WRONG_IN_TEN_MINUTES = 20
PERIOD = 600
SIGNATURE = 24


@dataclass
class Door:
    """A collector for one request.

    `pass_` is what opens it, for the form to carry along: nothing where it stays shut or is open
    to all. `problem` says in words why it stays shut. `is_busy`: there were too many wrong tries.
    `typed` is the code as it was typed. `visit` is one person at a tablet.
    """

    collector: Collector
    pass_: str = ""
    is_unlocked: bool = False
    problem: str = ""
    is_busy: bool = False
    typed: str = ""
    visit: str = ""
    _code: str = field(default="", repr=False)

    @property
    def asks_code(self) -> bool:
        return self.collector.access == Access.CODE

    @property
    def asks_password(self) -> bool:
        return self.collector.access == Access.PASSWORD

    @property
    def once(self) -> CodeQuerySet | InvitationQuerySet | None:
        """The row that goes when the answers are stored, for what counts once."""
        if self.asks_code:
            return AccessCode.objects.filter(digest=codes.digest_of(self._code))
        if self.collector.access == Access.INVITATION:
            return Invitation.objects.filter(pk=self._code)
        return None

    @property
    def source(self) -> str:
        """How the answers are filled in."""
        return "zuil" if self.visit else self.collector.source


def collector_in(data: QueryDict, survey_id: int) -> Collector | None:
    """The collector of the survey that a form names; None where there is none. One query."""
    key = data.get(KEY, "")
    if not key or len(key) > 20 or "\x00" in key:
        return None
    return Collector.objects.filter(key=key, survey_id=survey_id).first()


def open_door(request: HttpRequest, collector: Collector, data: QueryDict) -> Door:
    """Try what was given, in a form or an address, on a collector; at most one query."""
    door = Door(collector)
    if collector.access == Access.OPEN:
        door.is_unlocked = True
        visit = data.get(VISIT, "")
        if collector.is_kiosk and visit.isascii() and 10 <= len(visit) <= 40:
            door.visit = visit
        return door
    given = data.get(PASS, "")
    if collector.access == Access.INVITATION:
        _with_invitation(door, given)
    elif _is_blocked(request, collector):
        door.is_busy = True
        door.problem = _("Er is te vaak iets verkeerds ingevuld. Wacht tien minuten.")
    elif collector.access == Access.PASSWORD:
        _with_password(request, door, given, data.get(PASSWORD, ""))
    else:
        _with_code(request, door, given)
    return door


def pass_of_password(collector: Collector) -> str:
    """What shows that somebody knew the password; another password makes another one."""
    text = f"{collector.pk}:{collector.password}"
    return salted_hmac("surveys.collecting.password", text, algorithm="sha256").hexdigest()


def pass_of_invitation(invitation_id: uuid.UUID) -> str:
    """What stands in the link of who was invited."""
    return invitation_id.hex + _signature(invitation_id)


def invitation_in(given: str) -> uuid.UUID | None:
    """The id in the link of an invitation; None where it is not ours."""
    try:
        found = uuid.UUID(hex=given[:32])
    except ValueError:
        return None
    return found if constant_time_compare(given, pass_of_invitation(found)) else None


def _signature(invitation_id: uuid.UUID) -> str:
    made = salted_hmac("surveys.collecting.invitation", invitation_id.hex, algorithm="sha256")
    return made.hexdigest()[:SIGNATURE]


def _with_invitation(door: Door, given: str) -> None:
    found = invitation_in(given)
    if found is None:
        door.problem = _(
            "Deze enquête is voor mensen die een uitnodiging kregen. Open de link in uw mail."
        )
    elif Invitation.objects.filter(pk=found, collector=door.collector).exists():
        door.pass_, door.is_unlocked, door._code = given, True, str(found)
    else:
        door.problem = _(
            "Met deze uitnodiging is al geantwoord, of zij geldt niet meer. "
            "Klopt dat niet? Bel, mail of bezoek ons."
        )


def _with_password(request: HttpRequest, door: Door, given: str, password: str) -> None:
    collector = door.collector
    if constant_time_compare(given, pass_of_password(collector)):
        door.pass_, door.is_unlocked = given, True
    elif not password:
        door.problem = _("Vul het wachtwoord in.")
    elif len(password) <= 128 and check_password(password, collector.password):
        door.pass_, door.is_unlocked = pass_of_password(collector), True
    else:
        _count_wrong(request, collector)
        door.problem = _(
            "Dit wachtwoord klopt niet. Kijk of u het goed typte, ook de hoofdletters."
        )


def _with_code(request: HttpRequest, door: Door, given: str) -> None:
    door.typed, code = given[:60], codes.typed(given)
    if not code:
        door.problem = _("Vul de code uit uw brief in.")
    elif not codes.is_whole(code):
        # Not counted: it tells nobody anything about codes that are good.
        door.problem = _(
            "Er zit een typefout in deze code. Kijk nog eens in uw brief. Een code heeft twaalf "
            "tekens, zoals CDFG-34HJ-67KM."
        )
    elif AccessCode.objects.of(door.collector).filter(digest=codes.digest_of(code)).exists():
        door.pass_, door.is_unlocked, door._code = codes.grouped(code), True, code
    else:
        _count_wrong(request, door.collector)
        door.problem = _(
            "Met deze code is al geantwoord, of zij geldt niet meer. Elke code telt één keer. "
            "Klopt dat niet? Bel, mail of bezoek ons."
        )


def _block(request: HttpRequest, collector: Collector) -> str:
    return f"collector-blocked:{collector.pk}:{ratelimit.client_key(request)}"


def _is_blocked(request: HttpRequest, collector: Collector) -> bool:
    try:
        return cache.get(_block(request, collector)) is not None
    except OSError:
        return False  # a broken cache closes nothing to residents


def _count_wrong(request: HttpRequest, collector: Collector) -> None:
    """Only what was wrong counts: a whole panel may come in behind one address."""
    within = ratelimit.allow(
        f"collector-{collector.pk}",
        ratelimit.client_key(request),
        limit=WRONG_IN_TEN_MINUTES - 1,
        period=PERIOD,
    )
    if not within:
        try:
            cache.set(_block(request, collector), 1, PERIOD)
        except OSError:
            return
