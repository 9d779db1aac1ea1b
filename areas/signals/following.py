"""What who brought a signal in sees of it: where it stands, each step, and how to come back."""

from datetime import date

from django import forms
from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.files.checking import megabytes
from cms.languages import dutch

from .intake_forms import LONGEST_TEXT, LongText
from .models import Signal, SignalStep
from .services import handling
from .services.changing import NotPossibleError

WITH_TERM = {SignalStep.Kind.RECEIVED, SignalStep.Kind.EXTENDED, SignalStep.Kind.REOPENED}


class ReopenForm(forms.Form):
    """What is still missing in an answer."""

    use_required_attribute = False

    reactie = LongText(
        label=gettext_lazy("Wat mist u in ons antwoord?"),
        max_length=LONGEST_TEXT,
        error_messages={
            "required": gettext_lazy("Schrijf wat er nog mist aan het antwoord."),
            "max_length": gettext_lazy("Uw tekst is te lang. Er passen %(limit_value)s tekens."),
        },
    )


def day(value: date) -> str:
    """A day in words, such as “dinsdag 8 december 2026”."""
    return date_format(value, "l j F Y")


def facts_of(signal: Signal) -> list[tuple[str, str]]:
    """The facts of a signal in the language of the interface; an empty one is left out."""
    waits = signal.is_open and signal.due_on
    return [
        (_("Kenmerk"), signal.reference),
        (_("Soort"), signal.get_kind_display()),
        (_("Ontvangen op"), day(timezone.localdate(signal.received_at))),
        (_("U krijgt antwoord"), _("uiterlijk op %(date)s") % {"date": day(signal.due_on)})
        if waits
        else ("", ""),
        (_("Wie ermee bezig is"), dutch(signal.assignee_role) if waits else ""),
        (_("Gebied"), dutch(signal.area.title)),
        (_("Plek"), dutch(signal.place_name)),
        (
            _("Wie het leest"),
            _("Iedereen, op de site") if signal.published_at else _("Alleen u en wij"),
        ),
    ]


def updates_of(signal: Signal) -> list[dict]:
    """What its sender may see, for components/timeline.html, the newest first.

    One query; two for a double, which goes on with the steps of the other.
    """
    return [
        {
            "date": timezone.localtime(step.at),
            "head": step.get_kind_display(),
            "changes": [_("U krijgt antwoord uiterlijk op %(date)s.") % {"date": day(step.due_on)}]
            if step.due_on and step.kind in WITH_TERM
            else [],
            "html": linebreaks_filter(step.text) if step.text else "",
            "by": step.author_role,
        }
        for step in reversed(SignalStep.objects.told_to_asker(signal))
    ]


def answer_of(signal: Signal) -> str:
    """The answer, also where it was given to the signal that this one was joined with."""
    answered = signal.merged_into if signal.merged_into_id else signal
    return answered.answer


def files_of(signal: Signal) -> list[dict]:
    """The files of a signal with their size in words; one query."""
    return [{"file": file, "size": megabytes(file.size)} for file in signal.attachments.all()]


def reopen_until(signal: Signal) -> date | None:
    """The last day on which the asker may say that an answer is not enough; None where not now."""
    until = handling.reopen_until(signal)
    return until if until and timezone.localdate() <= until else None


def reopen(*, signal: Signal, text: str, author_role: str = "") -> str:
    """Open an answered signal again; gives why not in words, or nothing where it is done."""
    try:
        handling.reopen(signal=signal, text=text, author_role=author_role)
    except NotPossibleError as error:
        return str(error)
    return ""
