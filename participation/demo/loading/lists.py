"""A list of addresses of the demo."""

from areas.models import AreaPage
from newsletters.models import AddressList, ListMember
from participation.demo.clock import Clock
from participation.demo.content.lists import LIST, MEMBERS


def load_lists(*, areas: dict[str, AreaPage], clock: Clock, users: dict) -> None:
    """The shopkeepers of one area; somebody of them has left."""
    owner = users[LIST["area"]]
    address_list = AddressList.objects.create(
        name=LIST["name"],
        area=areas[LIST["area"]],
        purpose=LIST["purpose"],
        consent=LIST["consent"],
        owner=owner,
        created_at=clock.at(-60, 9),
    )
    ListMember.objects.bulk_create(
        ListMember(
            address_list=address_list,
            email=f"{address}@example.nl",
            name=name,
            consent_source=source,
            consent_date=clock.at(-days_ago).date(),
            added_at=clock.at(-min(days_ago, 60), 10),
            added_by=owner,
        )
        for address, name, source, days_ago in MEMBERS
    )
    address_list.members.filter(email__startswith="garage").update(
        state=ListMember.State.LEFT, left_at=clock.at(-10, 14)
    )
