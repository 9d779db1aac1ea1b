"""What lists hold of one address, for its owner."""

from django.utils.translation import gettext as _

from ..models import ListMember
from ..personal import Section


def held(email: str) -> list[Section]:
    """A section with a row for each list; one query."""
    members = ListMember.objects.filter(email=email).select_related("address_list")
    return [
        Section(
            "lijsten",
            _("Lijsten waar u op staat of stond"),
            [
                {
                    _("Lijst"): member.address_list.name,
                    _("Waarvoor"): member.address_list.purpose,
                    _("Naam"): member.name,
                    _("Bron van toestemming"): member.consent_source,
                    _("Datum van toestemming"): member.consent_date,
                    _("Toegevoegd op"): member.added_at,
                    _("Stand"): str(member.get_state_display()),
                    _("Afgemeld op"): member.left_at,
                    _("Bewaard tot en met"): member.address_list.keep_until,
                }
                for member in members.order_by("address_list__name")
            ],
            _("Om u mail te sturen waar u ja op zei, en na afmelden nooit meer."),
        )
    ]
