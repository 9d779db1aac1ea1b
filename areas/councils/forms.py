"""Forms of councils in the admin: own areas, own councils and own documents only."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from areas.permissions import areas_for, managed_areas

from .invitations import plan_invitations
from .models import Agreement, Council


class CouncilForm(WagtailAdminModelForm):
    """Offers only the user's own areas, so a council cannot be put in another's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "area" in self.fields and self.for_user is not None:
            self.fields["area"].queryset = areas_for(self.for_user).in_order()


class OwnCouncilForm(WagtailAdminModelForm):
    """Offers only the councils of areas that the user manages."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "council" in self.fields and self.for_user is not None:
            self.fields["council"].queryset = Council.objects.filter(
                area__in=managed_areas(self.for_user)
            ).order_by("name")


class AgreementForm(OwnCouncilForm):
    """Takes only documents that the user may choose, and closes none that others rely on."""

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document is None or document.pk == self.initial.get("document"):
            return document
        policy = policy_registry.get_by_type(type(document))
        allowed = policy.instances_user_has_permission_for(self.for_user, "choose")
        if not allowed.filter(pk=document.pk).exists():
            self.add_error(
                "document", _("Dit document is niet van uw gebied. Kies of upload een ander.")
            )
        return document

    def clean(self):
        cleaned = super().clean()
        document = cleaned.get("document")
        if document is not None and not cleaned.get("public") and self._used_elsewhere(document):
            self.add_error(
                "document",
                _(
                    "Dit document staat ook op een pagina van de site. Zet de afspraak op "
                    "openbaar, of upload het document nog een keer."
                ),
            )
        return cleaned

    def _used_elsewhere(self, document) -> bool:
        """Whether anything but an agreement refers to a document."""
        references = ReferenceIndex.get_references_to(document)
        own_type = ContentType.objects.get_for_model(Agreement)
        return references.exclude(base_content_type=own_type).exists()


class MeetingForm(OwnCouncilForm):
    """A meeting; saving it invites the council, where there is something to tell."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Who was invited must stay the same council.
            self.fields["council"].disabled = True
        self._refused = self._take_out_foreign_signals()

    def is_valid(self):
        valid = super().is_valid()
        for form in self._refused:
            form.add_error("signal", _("Dit is niet uit het gebied van deze raad. Kies een ander."))
        return valid and not self._refused and self._signals_are_of_the_area()

    def _take_out_foreign_signals(self) -> list:
        """Empty what the user may not see, as the form shows again what it was given.

        Gives the forms of the points that named such a signal; one query where any is named.
        """
        points = self.formsets["agenda_points"]
        named = {}
        for form in points.forms if points.is_bound else []:
            value = str(form.data.get(form.add_prefix("signal")) or "")
            if value:
                named[form] = value
        if not named:
            return []
        model = points.forms[0].fields["signal"].queryset.model
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(self.for_user, ["view", "change"])
        keys = [value for value in named.values() if value.isascii() and value.isdigit()]
        seen = {
            str(pk)
            for pk in own.filter(pk__in=[key for key in keys if len(key) < 19]).values_list(
                "pk", flat=True
            )
        }
        refused = [form for form, value in named.items() if value not in seen]
        for form in refused:
            form.data = form.data.copy()
            form.data[form.add_prefix("signal")] = ""
        return refused

    def _signals_are_of_the_area(self) -> bool:
        """Refuse signals of another area than the council's, whoever could choose them."""
        area_id = self.cleaned_data["council"].area_id
        valid = True
        for form in self.formsets["agenda_points"].forms:
            signal = form.cleaned_data.get("signal")
            if signal is not None and signal.area_id != area_id:
                form.add_error(
                    "signal", _("Dit is niet uit het gebied van deze raad. Kies een ander.")
                )
                valid = False
        return valid

    def save(self, commit=True):
        with transaction.atomic():
            meeting = super().save(commit=commit)
            if commit:
                plan_invitations(meeting=meeting)
        return meeting
