"""Write path of translations: they go into the latest draft of their survey."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from ..models import SurveyPage
from .rich import missing_links
from .state import Entry, State, entries, fingerprint
from .texts import Text


@dataclass(frozen=True)
class Given:
    """What somebody filled in for one text.

    `base` is what they saw (`Entry.base`); `still_good` says that a translation that may be
    outdated is good as it is.
    """

    words: str
    base: str
    still_good: bool = False


@dataclass
class Saved:
    """How many texts changed, and by key those that somebody else changed meanwhile."""

    changed: int = 0
    conflicts: dict[str, Entry] = field(default_factory=dict)


def wrong_words(text: Text, words: str) -> str:
    """What is wrong with a translation; empty where nothing is."""
    over = len(words) - text.longest
    if over > 0:
        return ngettext(
            "Deze vertaling is %(over)s teken te lang. Maak haar korter.",
            "Deze vertaling is %(over)s tekens te lang. Maak haar korter.",
            over,
        ) % {"over": over}
    if not text.is_rich:
        if "\n" in words:
            return _("Deze tekst past op één regel. Haal de regeleinden weg.")
        return ""
    wrong = missing_links(words, text.html)
    if wrong:
        return _(
            "Link (%(number)s) staat niet in de Nederlandse tekst. Gebruik alleen de nummers die "
            "daar staan."
        ) % {"number": wrong[0]}
    return ""


@transaction.atomic
def save_translations(*, survey: SurveyPage, code: str, given: Mapping[str, Given], user) -> Saved:
    """Put translations into the latest draft, in one new revision; nothing where nothing changed.

    A text that somebody else changed since it was shown stays as they made it and comes back
    among the conflicts; all others are saved. The words must be good (`wrong_words`). Residents
    read them when that draft is published.
    """
    Page.objects.select_for_update().only("pk").get(pk=survey.pk)
    draft = SurveyPage.objects.get(pk=survey.pk).get_latest_revision_as_object()
    stored = dict(draft.translations.get(code, {}))
    saved = Saved()
    for entry in entries(draft, code):
        if entry.text.key not in given:
            continue
        new = given[entry.text.key]
        seen_words, _dot, seen_dutch = new.base.partition(".")
        is_same = new.words == entry.words
        is_stale = seen_dutch != fingerprint(entry.text.dutch)
        if is_same or fingerprint(new.words) == seen_words:
            confirms = is_same and new.still_good and not is_stale
            if not confirms or entry.state != State.OUTDATED:
                continue
        elif seen_words != fingerprint(entry.words):
            saved.conflicts[entry.text.key] = entry
            continue
        if new.words:
            # Who translated another Dutch text than stands there now made something outdated.
            stored[entry.text.key] = [new.words, "" if is_stale else entry.text.dutch]
        else:
            stored.pop(entry.text.key, None)
        saved.changed += 1
    if saved.changed:
        draft.translations = {**draft.translations, code: stored}
        draft.save_revision(user=user, log_action=True, clean=False)
    return saved
