"""A newsletter that was sent, one that somebody works on, and subscribers."""

from django.utils import timezone

from areas.models import AreaPage
from newsletters import consent
from newsletters.approval.fingerprint import fingerprint
from newsletters.models import Approval, Delivery, Mailing, NewsletterPage, Subscription
from newsletters.sending.mailing import freeze
from participation.demo.building import Library, publish
from participation.demo.clock import Clock
from participation.demo.content.newsletters import DRAFT, SENT, SUBSCRIBERS


def load_newsletters(
    *,
    areas: dict[str, AreaPage],
    councils: dict,
    agenda_items: dict,
    library: Library,
    clock: Clock,
    user,
) -> None:
    """Nothing is mailed: the edition that was sent says so of every address."""
    _subscribe(areas, clock)
    sent = publish(
        parent=AreaPage.objects.get(pk=areas[SENT["area"]].pk),
        page=_edition(SENT, areas, councils, agenda_items, library, clock),
        user=user,
        at=clock.at(-SENT["days_ago"], 9),
    )
    at = clock.at(-SENT["days_ago"], 10)
    manager = areas[SENT["area"]].manager_group.user_set.order_by("pk").first()
    approval = Approval.objects.create(
        edition=sent, fingerprint=fingerprint(sent), approved_by=manager, approved_at=at
    )
    mailing = freeze(
        edition=sent,
        approval=approval,
        state=Mailing.State.DONE,
        send_at=at,
        confirmed_by=user,
        confirmed_at=at,
        started_at=at,
        finished_at=at,
    )
    mailing.deliveries.filter(state=Delivery.State.QUEUED).update(
        state=Delivery.State.ACCEPTED,
        attempts=1,
        handed_over_at=at,
        finished_at=at,
        reply="250 2.0.0 Ok",
    )
    draft = _edition(DRAFT, areas, councils, agenda_items, library, clock)
    draft.live = False
    AreaPage.objects.get(pk=areas[DRAFT["area"]].pk).add_child(instance=draft)
    draft.save_revision(user=user, log_action=True)


def _subscribe(areas: dict[str, AreaPage], clock: Clock) -> None:
    for number, (email, codes) in enumerate(SUBSCRIBERS.items()):
        subscription = Subscription.objects.create(
            email=email,
            state=Subscription.State.CONFIRMED,
            requested_at=clock.at(-90 + number, 19),
            consent_version=consent.CURRENT.version,
            consent_at=clock.at(-90 + number, 19, 5),
            consent_source="via de website",
        )
        subscription.areas.set(areas[code] for code in codes)


def _edition(
    values: dict, areas, councils, agenda_items, library: Library, clock: Clock
) -> NewsletterPage:
    body = [("text", values["intro"])]
    body += [
        ("agenda_item", {"page": agenda_items[title], "text": ""}) for title in values["items"]
    ]
    if values["quote"]:
        text, source = values["quote"]
        body.append(("quote", {"text": text, "source": source}))
    body += [("divider", None), ("text", values["closing"])]
    edition = NewsletterPage(
        title=values["title"],
        slug=values["slug"],
        summary=values["summary"],
        subject=values["subject"],
        date=timezone.localdate(clock.at(-values["days_ago"])),
        image=library.image(values["picture"]),
        body=body,
    )
    edition.to_areas = [areas[values["area"]]]
    edition.to_councils = [councils[name] for name in values["councils"]]
    return edition
