"""What the mails about a signal say, per step and per reader; the looks are in `mails`."""

import re
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.services import absolute_url

from .links import asker_url, work_url
from .models import Signal, SignalMail, SignalStep
from .services.handling import reopen_until

Kind = SignalStep.Kind

#: What we call what somebody brought in, when we write to them.
YOURS = {
    Signal.Kind.QUESTION: gettext_lazy("uw vraag"),
    Signal.Kind.SIGNAL: gettext_lazy("uw signaal"),
    Signal.Kind.INITIATIVE: gettext_lazy("uw initiatief"),
}
TITLES = {
    Kind.RECEIVED: gettext_lazy("Wij hebben %(yours)s ontvangen"),
    Kind.ASSIGNED: gettext_lazy("Wij werken aan %(yours)s"),
    Kind.EXTENDED: gettext_lazy("Wij hebben meer tijd nodig voor %(yours)s"),
    Kind.ANSWERED: gettext_lazy("Antwoord op %(yours)s"),
    Kind.REOPENED: gettext_lazy("Wij bekijken %(yours)s opnieuw"),
    Kind.MERGED: gettext_lazy("Samengevoegd: %(yours)s en een ander bericht"),
    Kind.LINKED: gettext_lazy("Er komt een vervolg op %(yours)s"),
    Kind.PROGRESS: gettext_lazy("Nieuws over %(yours)s"),
    Kind.PUBLISHED: gettext_lazy("Op de site: %(yours)s"),
    Kind.HIDDEN: gettext_lazy("Van de site gehaald: %(yours)s"),
    Kind.MOVED: gettext_lazy("Naar een ander gebied: %(yours)s"),
    Kind.ESCALATED: gettext_lazy("Wij zijn te laat met het antwoord op %(yours)s"),
}
STAFF_TITLES = {
    Kind.RECEIVED: gettext_lazy("Nieuw binnengekomen"),
    Kind.ASSIGNED: gettext_lazy("Aan u toegewezen"),
    Kind.REOPENED: gettext_lazy("De inbrenger reageert op het antwoord"),
    Kind.MOVED: gettext_lazy("Nieuw in uw gebied"),
    Kind.REMINDED: gettext_lazy("De termijn loopt bijna af"),
    Kind.ESCALATED: gettext_lazy("De termijn is voorbij"),
}


NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Content:
    """A mail in plain texts. `quote` is Dutch, as somebody typed it; all else is translated."""

    subject: str
    title: str
    before: list[str] = field(default_factory=list)
    quote: str = ""
    after: list[str] = field(default_factory=list)
    button: str = ""
    url: str = ""


def readable(text: str) -> str:
    """A text without the characters that XML, and so MJML, does not know."""
    return NOT_IN_XML.sub("", text)


def one_line(text: str) -> str:
    """A text as it may stand in the head of a mail."""
    return " ".join(readable(text).split())


def content_of(row: SignalMail) -> Content:
    """What one mail says, in the language that is active now."""
    to_staff = row.audience == SignalMail.Audience.STAFF
    content = (_for_staff if to_staff else _for_asker)(row.step, row.signal)
    content.before = list(map(readable, content.before))
    content.quote = readable(content.quote)
    content.after = list(map(readable, content.after))
    return content


def _day(value) -> str:
    return date_format(value, "j F Y")


def _for_asker(step: SignalStep, signal: Signal) -> Content:
    yours = str(YOURS[signal.kind])
    title = str(TITLES[step.kind]) % {"yours": yours}
    content = Content(
        subject=f"[{signal.reference}] {title}",
        title=title,
        quote=step.text,
        button=_("Bekijk alle stappen"),
        url=asker_url(signal),
    )
    if step.signal_id != signal.pk:
        content.before.append(
            _("Wij voegden %(yours)s samen met een ander bericht. Dit gaat ook over u.")
            % {"yours": yours}
        )
    _WORDS[step.kind](step, signal, content)
    if step.signal.is_open:
        content.after.append(
            _("U krijgt uiterlijk op %(date)s antwoord.") % {"date": _day(step.due_on)}
        )
    return content


def _received(step, signal, content) -> None:
    content.before.append(
        _("Dank u wel. De gebiedsmanager van %(area)s gaat hiermee aan de slag.")
        % {"area": step.signal.area.title}
    )
    content.before.append(_("Dit schreef u:"))
    content.quote = signal.text
    content.after.append(
        _(
            "Wat gebeurt er nu? Bij elke stap krijgt u een mail: als iemand het oppakt, als wij "
            "meer tijd nodig hebben en als er een antwoord is."
        )
    )


def _assigned(step, signal, content) -> None:
    content.quote = ""
    content.before.append(_("Hiermee is bezig: %(role)s.") % {"role": step.text})


def _extended(step, signal, content) -> None:
    content.before.append(_("Het lukt niet binnen de termijn. Dit is de reden:"))
    content.after.append(_("Langer wachten dan dit hoeft u niet: verlengen kan maar één keer."))


def _answered(step, signal, content) -> None:
    content.before.append(_("Dit is ons antwoord:"))
    until = reopen_until(step.signal)
    if until is not None:
        content.after.append(
            _("Mist u nog iets? Reageer dan tot en met %(date)s. Wij kijken er dan opnieuw naar.")
            % {"date": _day(until)}
        )


def _reopened(step, signal, content) -> None:
    content.before.append(_("Er is een reactie op ons antwoord:"))
    content.after.append(_("Er loopt een nieuwe termijn. Ons eerdere antwoord blijft te lezen."))


def _merged(step, signal, content) -> None:
    content.before.append(
        _(
            "Iemand anders bracht hetzelfde in. Wij behandelen dat samen. U krijgt voortaan "
            "bericht van elke stap met dat andere bericht."
        )
    )
    if step.text:
        content.before.append(_("Daarop gaven wij al dit antwoord:"))
    elif step.signal.merged_into and step.signal.merged_into.is_open:
        content.after.append(
            _("U krijgt uiterlijk op %(date)s antwoord.")
            % {"date": _day(step.signal.merged_into.due_on)}
        )


def _linked(step, signal, content) -> None:
    if step.text:
        content.before.append(_("Dit nemen wij mee in ons werk:"))
    else:
        content.before.append(
            _("Wij maken hiervan een agendapunt. Zodra het op de site staat, krijgt u bericht.")
        )
    content.after.append(_("Als daar nieuws over is, krijgt u een mail."))


def _progress(step, signal, content) -> None:
    content.before.append(_("Er gebeurde iets met wat u inbracht:"))


def _published(step, signal, content) -> None:
    content.before.append(_("U vond dat goed. Iedereen kan het nu lezen, met alle stappen."))


def _hidden(step, signal, content) -> None:
    content.before.append(_("Dit is de reden:"))


def _moved(step, signal, content) -> None:
    content.before.append(
        _(
            "Het hoort bij %(area)s. De gebiedsmanager daar geeft u antwoord. De termijn blijft "
            "dezelfde."
        )
        % {"area": step.signal.area.title}
    )
    if content.quote == step.signal.area.title:
        content.quote = ""


def _escalated(step, signal, content) -> None:
    content.before += [
        _("Wij beloofden uiterlijk op %(date)s antwoord. Dat is niet gelukt. Onze excuses.")
        % {"date": _day(step.due_on)},
        _(
            "Wie hiervoor verantwoordelijk is, heeft daar bericht van. U krijgt alsnog antwoord. "
            "Wilt u weten hoe het staat? Bel ons gerust."
        ),
    ]


_WORDS = {
    Kind.RECEIVED: _received,
    Kind.ASSIGNED: _assigned,
    Kind.EXTENDED: _extended,
    Kind.ANSWERED: _answered,
    Kind.REOPENED: _reopened,
    Kind.MERGED: _merged,
    Kind.LINKED: _linked,
    Kind.PROGRESS: _progress,
    Kind.PUBLISHED: _published,
    Kind.HIDDEN: _hidden,
    Kind.MOVED: _moved,
    Kind.ESCALATED: _escalated,
}


def _for_staff(step: SignalStep, signal: Signal) -> Content:
    title = str(STAFF_TITLES[step.kind])
    content = Content(
        subject=f"[{signal.reference}] {title}: {signal.subject}",
        title=title,
        before=[
            _("%(kind)s van %(who)s")
            % {
                "kind": signal.get_kind_display(),
                "who": signal.council.name if signal.council else _("een bewoner"),
            },
            _("Gebied: %(area)s") % {"area": signal.area.title},
        ],
        quote=step.text if step.kind == Kind.REOPENED else signal.text,
        button=_("Open het signaal"),
        url=absolute_url(work_url(signal)),
    )
    if step.kind == Kind.ESCALATED:
        content.after += [
            _("Het antwoord moest er zijn op %(date)s. De inbrenger heeft hier bericht van.")
            % {"date": _day(step.due_on)},
            _("Stuur zo snel mogelijk een antwoord, ook als het nog niet alles zegt."),
        ]
    elif signal.is_open:
        content.after.append(
            _("Het antwoord moet er zijn op %(date)s.") % {"date": _day(step.due_on)}
        )
    return content
