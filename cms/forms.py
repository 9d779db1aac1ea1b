"""Forms of the log-in to the admin, in plain Dutch and known to password managers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import auth


class LoginForm(auth.LoginForm):
    """Wagtail's log-in with labels that can be translated and fields that browsers fill in."""

    username = forms.CharField(
        label=_("Gebruikersnaam"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Vul uw gebruikersnaam in.")},
    )
    password = forms.CharField(
        label=_("Wachtwoord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Vul uw wachtwoord in.")},
    )

    error_messages = {
        **auth.LoginForm.error_messages,
        "invalid_login": _(
            "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw. "
            "Let op hoofdletters."
        ),
        "inactive": _("Dit account is uitgezet. Vraag de beheerder om hulp."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("placeholder", None)


class PasswordResetForm(auth.PasswordResetForm):
    """Asks for the e-mail address to send a link to."""

    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Wij sturen u een e-mail met een link om een nieuw wachtwoord te kiezen."),
        error_messages={"required": _("Vul uw e-mailadres in.")},
    )
