"""What a text of an editor must hold before it may stand in the head of a mail."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

ONE_LINE = RegexValidator(
    r"^[^\x00-\x1f\x7f\u2028\u2029]*\Z", _("Schrijf dit op één regel, zonder bijzondere tekens.")
)
