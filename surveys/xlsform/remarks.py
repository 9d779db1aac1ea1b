"""What is told about columns of a form that a survey does not hold."""

from django.utils.translation import gettext_lazy as _

from .reading import Row
from .report import Weight

_HELD = {
    *("type", "name", "label", "hint", "required", "relevant", "constraint", "disabled", "rows"),
    *("required_message", "constraint_message"),
}
_LOST = {
    "default": _("Een vraag begint leeg. De waarde vooraf is weggelaten."),
    "calculation": _("Een enquête rekent niet. De formule is weggelaten."),
    "choice_filter": _("Een enquête toont altijd alle antwoorden. Het filter is weggelaten."),
    "repeat_count": _("Een enquête herhaalt geen vragen."),
    "guidance_hint": _("Een vraag heeft één uitleg. De extra aanwijzing is weggelaten."),
    "image": _("Dit beeld of geluid zit niet in het bestand. Zet het er zelf bij."),
    "big-image": _("Dit beeld of geluid zit niet in het bestand. Zet het er zelf bij."),
    "audio": _("Dit beeld of geluid zit niet in het bestand. Zet het er zelf bij."),
    "video": _("Dit beeld of geluid zit niet in het bestand. Zet het er zelf bij."),
    "trigger": _("Een enquête rekent niet. De formule is weggelaten."),
}
_READ_ONLY = _("Elke vraag kan beantwoord worden. ‘Alleen lezen’ is weggelaten.")
_LOOKS = _("Deze vorm heeft een enquête niet. De vraag ziet er anders uit.")
_PARAMETERS = _("Deze instelling heeft een enquête niet.")
_UNKNOWN = _("Deze kolom gebruikt een enquête niet.")
_KNOWN_LOOKS = {"minimal", "autocomplete", "search", "field-list", "multiline", "table-list"}
_KNOWN_PARAMETERS = {"start", "end", "step", "tick_labelset", "randomize"}
_NOTHING = ("no", "false", "false()", "0")


def remark_on(row: Row, column: str) -> tuple[Weight, object, bool] | None:
    """(weight, message, whether it is told once for the whole column), or nothing to tell."""
    if column in _HELD:
        return None
    if column == "appearance":
        extra = set(row.get(column).split()) - _KNOWN_LOOKS
        return (Weight.CHANGED, _LOOKS, False) if extra else None
    if column == "parameters":
        names = {part.split("=")[0] for part in row.get(column).replace(",", " ").split()}
        return (Weight.LOST, _PARAMETERS, False) if names - _KNOWN_PARAMETERS else None
    if column == "read_only":
        lost = row.get(column).lower() not in _NOTHING and row.get("type").lower() != "note"
        return (Weight.LOST, _READ_ONLY, False) if lost else None
    if column in _LOST:
        return Weight.LOST, _LOST[column], False
    return Weight.LOST, _UNKNOWN, True
