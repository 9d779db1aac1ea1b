"""The living style guide: every component with Dutch example texts. Served in DEBUG only."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


class ScaleSelect(forms.RadioSelect):
    """Radio buttons in a row, for answers from low to high."""

    gp_modifier = "scale"


class ExampleForm(forms.Form):
    """One field of each kind; shown empty and with errors."""

    name = forms.CharField(
        label=_("Uw naam"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        help_text=_("Wij sturen u alleen een antwoord op deze vraag."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    place = forms.ChoiceField(
        label=_("Waar woont u?"),
        choices=[("", _("Maak een keuze")), ("a", "Abbenes"), ("b", "Badhoevedorp")],
    )
    travel = forms.ChoiceField(
        label=_("Hoe gaat u meestal naar het centrum?"),
        choices=[("f", _("Met de fiets")), ("l", _("Lopend")), ("o", _("Met de bus"))],
        widget=forms.RadioSelect,
    )
    wishes = forms.MultipleChoiceField(
        label=_("Wat mist u op de speelplek?"),
        help_text=_("U mag meer dan één antwoord kiezen."),
        choices=[("s", _("Schaduw")), ("b", _("Een bank")), ("w", _("Water om mee te spelen"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    safe = forms.ChoiceField(
        label=_("Hoe veilig vindt u de oversteek?"),
        help_text=_("1 is heel onveilig, 5 is heel veilig."),
        choices=[(str(number), str(number)) for number in range(1, 6)],
        widget=ScaleSelect,
    )
    remarks = forms.CharField(label=_("Wat wilt u ons nog vertellen?"), widget=forms.Textarea)
    agree = forms.BooleanField(label=_("Ik wil een bericht als er nieuws is over dit plan"))


class ExampleFilter(forms.Form):
    """The filter of a list."""

    q = forms.CharField(label=_("Zoekwoord"), required=False)
    area = forms.ChoiceField(
        label=_("Gebied"),
        choices=[("", _("Alle gebieden")), ("noord", "Haarlemmermeer-Noord")],
        required=False,
    )
    status = forms.MultipleChoiceField(
        label=_("Stand"),
        choices=[("planned", _("Gepland")), ("started", _("Bezig")), ("done", _("Klaar"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


STATUSES = [
    ("planned", _("Gepland")),
    ("started", _("Bezig")),
    ("delayed", _("Vertraagd")),
    ("done", _("Klaar")),
    ("stopped", _("Gestopt")),
    ("open", _("Open")),
    ("closed", _("Gesloten")),
]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """`GET /stijlgids/`: all components on one page, no database needed."""
    context = {
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"email": "jansen", "safe": "3"}, auto_id="fout_%s"),
        "filter_form": ExampleFilter(),
        "crumbs": [
            {"title": _("Begin"), "url": "/"},
            {"title": "Hoofddorp-Centrum", "url": "/hoofddorp-centrum/"},
        ],
        "statuses": STATUSES,
        "counts": [
            (value, label, number)
            for (value, label), number in zip(STATUSES[:5], [4, 6, 2, 9, 1], strict=True)
        ],
        "phases": [
            {"name": _("Verkennen"), "dates": "2021 - 2022", "state": "past"},
            {
                "name": _("Samen plannen maken"),
                "dates": "september 2023 - juni 2026",
                "state": "now",
                "text": _("Bewoners en ondernemers denken mee over straten, groen en huizen."),
            },
            {"name": _("Besluit van de raad"), "dates": "eind 2026", "state": "future"},
            {"name": _("Bouwen"), "dates": "vanaf 2027", "state": "future"},
        ],
        "updates": [
            {
                "date": date(2026, 3, 12),
                "title": _("De oversteek krijgt verlichting"),
                "text": _("De dorpsraad vroeg hierom. De lampen staan er voor de zomer."),
                "status": "started",
                "status_label": _("Bezig"),
            },
            {
                "date": date(2026, 1, 20),
                "title": _("Wij liepen de route samen"),
                "text": _("Met zestien bewoners keken wij waar het donker is."),
            },
        ],
        "facts": [
            (_("Trekker"), _("Gebiedsmanager Noord")),
            (_("Samen met"), _("Dorpsraad Badhoevedorp, de provincie")),
            (_("Looptijd"), _("maart tot en met november 2026")),
            (_("Geld"), "€ 45.000"),
        ],
        "table_head": [_("Wat"), "2022", "2023", "2024"],
        "table_rows": [
            [_("Bezoeken aan de balie"), "66.000", "67.500", "99.000"],
            [_("Telefoongesprekken"), "120.000", "96.000", "97.800"],
            [_("Berichten via WhatsApp"), "16.000", "20.000", "23.900"],
        ],
        "bars": [
            {"label": _("Meer bomen"), "count": 84, "percent": 56},
            {"label": _("Een grotere speelplek"), "count": 45, "percent": 30},
            {"label": _("Meer parkeerplekken"), "count": 21, "percent": 14},
        ],
        "page_obj": Paginator(range(200), 20).page(4),
    }
    return render(request, "styleguide.html", context)
