"""What Wagtail notes at every save: the words of a page for search, and what refers to what.

Noting takes a quarter of what a test costs, and few tests read it. Files that do not are listed
in `UNNOTED`: what they save is not noted. Elsewhere it is, as on a real site.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import (
    connect_reference_index_signal_handlers,
    disconnect_reference_index_signal_handlers,
)

UNNOTED = {
    "areas/test_agenda_progress.py",
    "areas/test_asking.py",
    "areas/test_attachments.py",
    "areas/test_import_areas.py",
    "areas/test_ledger.py",
    "areas/test_ledger_at_once.py",
    "areas/test_map.py",
    "areas/test_pack.py",
    "areas/test_programme.py",
    "areas/test_rollover.py",
    "areas/test_room.py",
    "areas/test_room_sign_in.py",
    "areas/test_sheet_files.py",
    "areas/test_sheets.py",
    "areas/test_signals_figures.py",
    "areas/test_signals_handling.py",
    "areas/test_signals_together.py",
    "newsletters/test_subscribing.py",
    "participation/test_editing.py",
    "participation/test_office_hours.py",
    "participation/test_projects.py",
    "surveys/test_answering.py",
    "surveys/test_answers.py",
    "surveys/test_editing_types.py",
    "surveys/test_exports_page.py",
    "surveys/test_flow.py",
    "surveys/test_going_on.py",
    "surveys/test_hostile.py",
    "surveys/test_integrity.py",
    "surveys/test_library.py",
    "surveys/test_polls.py",
    "surveys/test_question_types.py",
    "surveys/test_receipts.py",
    "surveys/test_results.py",
    "surveys/test_shapes.py",
    "surveys/test_versions.py",
    "surveys/test_xlsform_admin.py",
    "surveys/test_xlsform_files.py",
    "surveys/test_xlsform_roundtrip.py",
}
_noted = True  # as Django starts


def note(*, wanted: bool) -> None:
    """Note both at every save from now on, or neither."""
    global _noted  # as receivers of signals, it belongs to the process
    if wanted == _noted:
        return
    _noted = wanted
    for model in get_indexed_models():
        if wanted:
            post_save.connect(post_save_signal_handler, sender=model)
        else:
            post_save.disconnect(post_save_signal_handler, sender=model)
    if wanted:
        connect_reference_index_signal_handlers()
    else:
        disconnect_reference_index_signal_handlers()


def migrated() -> None:
    """Go on as before the migrations, which switch the index of references on."""
    global _noted
    wanted, _noted = _noted, True
    note(wanted=wanted)


@contextmanager
def noted() -> Iterator[None]:
    """Note both within this block, whatever the test wants."""
    before = _noted
    note(wanted=True)
    try:
        yield
    finally:
        note(wanted=before)
