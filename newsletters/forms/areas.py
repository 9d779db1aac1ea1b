"""What the manager of an area settles about its newsletters."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..drafts.services import editors_of
from ..models import AreaNewsletter

FURTHEST = timedelta(days=366)


class PersonField(forms.ModelChoiceField):
    """People by their name, for who has one."""

    def label_from_instance(self, obj) -> str:
        return obj.get_full_name() or obj.get_username()


class AreaNewsletterForm(forms.ModelForm):
    """Rhythm, readers and who hears of it; sender, answers, subject and fixed texts."""

    WHEN = ("every", "first_on")
    READERS = ("to_subscribers", "to_councils")
    LETTERHEAD = ("sender_name", "reply_to", "subject_prefix", "opening", "closing")

    class Meta:
        model = AreaNewsletter
        fields = [
            "every",
            "first_on",
            "to_subscribers",
            "to_councils",
            "editor",
            "sender_name",
            "reply_to",
            "subject_prefix",
            "opening",
            "closing",
        ]
        field_classes = {"editor": PersonField}
        widgets = {
            "every": forms.Select,
            "first_on": AdminDateInput,
            "opening": forms.Textarea(attrs={"rows": 4}),
            "closing": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages = {
            "first_on": {"invalid": _("Deze datum kennen wij niet. Schrijf hem zo: 31-12-2026.")},
            "reply_to": {"invalid": _("Dit is geen e-mailadres. Schrijf het zo: naam@example.nl.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        editor = self.fields["editor"]
        editor.queryset = editors_of(self.instance.area).order_by("last_name", "username")
        editor.empty_label = _("Alle gebiedsmanagers")
        editor.error_messages["invalid_choice"] = _(
            "Deze persoon maakt geen nieuwsbrieven voor dit gebied. Kies er een uit de lijst."
        )
        self.fields["every"].choices = AreaNewsletter.Every.choices
        if (
            self.instance.editor_id
            and not editor.queryset.filter(pk=self.instance.editor_id).exists()
        ):
            self.initial["editor"] = None  # no longer works for the area

    @property
    def when(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WHEN]

    @property
    def readers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.READERS]

    @property
    def letterhead(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LETTERHEAD]

    def clean_first_on(self):
        day = self.cleaned_data["first_on"]
        if day is None or day == self.instance.first_on:
            return day
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies vandaag of later."))
        if day > today + FURTHEST:
            raise forms.ValidationError(_("Kies een dag in het komende jaar."))
        return day

    def clean(self):
        cleaned = super().clean()
        every = cleaned.get("every")
        if every and every != AreaNewsletter.Every.NEVER:
            if cleaned.get("first_on") is None and "first_on" not in self.errors:
                self.add_error("first_on", _("Kies de dag waarop het eerste concept komt."))
            if not cleaned.get("to_subscribers") and not cleaned.get("to_councils"):
                self.add_error(
                    "to_subscribers", _("Kies wie de nieuwsbrief krijgt: abonnees, raden of beide.")
                )
        return cleaned
