"""The form in which somebody enters the code of a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Response
from . import codes

NO_CODE = _("Dit is geen code van ons. Een code heeft zestien letters en cijfers.")


class ReceiptForm(forms.Form):
    """A code; `response` is what it belongs to, once the form is valid. One query."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Uw code"),
        max_length=100,
        help_text=_("Zestien letters en cijfers, zoals K7QD-2M9X-4TRB-8WHE."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "gp-receipt-input",
            }
        ),
        error_messages={
            "required": _("Vul de code in die u na het versturen kreeg."),
            "max_length": NO_CODE,
            "null_characters_not_allowed": NO_CODE,
        },
    )

    response: Response | None = None

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(NO_CODE)
        self.response = Response.objects.with_receipt(codes.keys_of(code)).first()
        if self.response is None:
            raise forms.ValidationError(
                _(
                    "Deze code kennen wij niet. Kijk of alles klopt. Na intrekken, of als wij de "
                    "antwoorden hebben gewist, werkt een code niet meer."
                )
            )
        return code
