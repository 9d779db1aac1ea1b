"""The small forms on a manager's page of a signal: one for every thing to do with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.models import AreaPage, Theme

from .models import Signal
from .services.linking import linkable_actions, linkable_items
from .services.steps import handlers

ONCE_MORE = _("Open het signaal opnieuw; dit formulier is niet compleet.")


class ActionForm(forms.Form):
    """A form about one signal; `version` is the one that the user looked at."""

    use_required_attribute = False  # our own words tell what is missing

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": ONCE_MORE, "invalid": ONCE_MORE}
    )

    def __init__(self, *args, signal: Signal, rows, **kwargs):
        self.signal = signal
        #: All signals that the user may work on.
        self.rows = rows
        super().__init__(*args, **kwargs)


def _long(label, help_text, *, required_text, maximum=3000, rows=6):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=maximum,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required_text,
            "max_length": _("Uw tekst is te lang. Er passen %(limit_value)s tekens."),
        },
    )


class AnswerForm(ActionForm):
    text = _long(
        _("Antwoord"),
        _(
            "De inbrenger krijgt dit per mail. Zeg wat u doet, wanneer, en wat niet kan en waarom. "
            "Noem geen namen: het antwoord kan op de site staan."
        ),
        required_text=_("Schrijf een antwoord. De inbrenger leest precies wat u typt."),
        rows=8,
    )


class AssignForm(ActionForm):
    role = forms.CharField(
        label=_("Functie of team"),
        max_length=100,
        help_text=_("Geen naam, zoals: team Verkeer. De inbrenger leest dit."),
        error_messages={"required": _("Schrijf welke functie of welk team ermee bezig is.")},
    )
    assignee = forms.ModelChoiceField(
        label=_("Collega in dit gebied"),
        queryset=None,
        required=False,
        empty_label=_("Niemand in het bijzonder"),
        help_text=_("Krijgt een mail. De inbrenger ziet deze naam niet."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = handlers(self.signal.area)
        self.fields["assignee"].label_from_instance = lambda user: (
            user.get_full_name() or user.get_username()
        )


class ExtendForm(ActionForm):
    reason = _long(
        _("Waarom hebt u meer tijd nodig?"),
        _("De inbrenger leest dit. Verlengen kan één keer, en alleen binnen de termijn."),
        required_text=_("Schrijf waarom u meer tijd nodig hebt. De inbrenger leest dit."),
        maximum=300,
        rows=3,
    )


class MergeForm(ActionForm):
    into = forms.CharField(
        label=_("Kenmerk van het signaal dat blijft"),
        max_length=9,
        help_text=_(
            "De inbrenger van dit signaal leest voortaan de stappen van het andere. Kijk of daarin "
            "niets staat dat niet voor hem of haar is."
        ),
        widget=forms.TextInput(attrs={"list": "signalen-in-de-buurt", "autocomplete": "off"}),
        error_messages={"required": _("Vul het kenmerk in, zoals K7F3-94QX.")},
    )

    def clean_into(self) -> Signal:
        found = self.rows.filter(reference=self.cleaned_data["into"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError(
                _("Dit kenmerk kennen we niet in uw gebied. Kijk of het klopt.")
            )
        return found


class LinkItemForm(ActionForm):
    item = forms.ModelChoiceField(
        label=_("Agendapunt"),
        queryset=None,
        empty_label=_("Kies een agendapunt"),
        help_text=_("Nieuws over dit agendapunt gaat voortaan ook naar de inbrenger."),
        error_messages={"required": _("Kies een agendapunt uit de lijst.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = linkable_items(self.signal.area)


class MakeItemForm(ActionForm):
    theme = forms.ModelChoiceField(
        label=_("Thema"),
        queryset=None,
        empty_label=_("Kies een thema"),
        help_text=_(
            "Er komt een concept op de gebiedsagenda met het onderwerp, de uitleg, de plek en de "
            "raad. Haal er namen en adressen uit voordat u het op de site zet."
        ),
        error_messages={"required": _("Kies een thema uit de lijst.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = Theme.objects.all()


class LinkActionForm(ActionForm):
    action_point = forms.ModelChoiceField(
        label=_("Actiepunt"),
        queryset=None,
        empty_label=_("Kies een actiepunt"),
        help_text=_("Is het actiepunt klaar? Dan krijgt de raad daar bericht van."),
        error_messages={"required": _("Kies een actiepunt uit de lijst.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action_point"].queryset = linkable_actions(self.signal.council)


class MakeActionForm(ActionForm):
    text = forms.CharField(
        label=_("Wat moet er gebeuren?"),
        max_length=300,
        help_text=_("Komt bij het volgende overleg met de raad, en anders bij het laatste."),
        error_messages={"required": _("Schrijf wat er moet gebeuren.")},
    )
    owner = forms.CharField(
        label=_("Wie doet dit?"),
        max_length=100,
        help_text=_("Een functie of organisatie, geen naam."),
        error_messages={"required": _("Schrijf wie dit doet: een functie of organisatie.")},
    )
    due_date = forms.DateField(
        label=_("Voor welke dag?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Vul een dag in, zoals 31-12-2026.")},
    )


class PublishForm(ActionForm):
    """Nothing to fill in: the button says it all."""


class HideForm(ActionForm):
    reason = _long(
        _("Waarom gaat dit van de site?"),
        _("De inbrenger leest dit."),
        required_text=_("Schrijf waarom dit van de site gaat. De inbrenger leest dit."),
        maximum=300,
        rows=3,
    )


class MoveForm(ActionForm):
    area = forms.ModelChoiceField(
        label=_("Naar welk gebied?"),
        queryset=None,
        empty_label=_("Kies een gebied"),
        help_text=_("De termijn loopt door. U ziet dit signaal daarna niet meer."),
        error_messages={"required": _("Kies een gebied uit de lijst.")},
    )
    text = forms.CharField(
        label=_("Toelichting"),
        max_length=300,
        required=False,
        help_text=_("De inbrenger leest dit."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        areas = AreaPage.objects.live().without_geometry().in_order()
        self.fields["area"].queryset = areas.exclude(pk=self.signal.area_id)


class NoteForm(ActionForm):
    text = _long(
        _("Notitie"),
        _("Alleen voor de gebiedsmanagers van dit gebied."),
        required_text=_("Schrijf wat u wilt onthouden."),
        rows=3,
    )
