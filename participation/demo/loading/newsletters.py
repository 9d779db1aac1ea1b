"""A newsletter that was sent, one that somebody works on, a rhythm, and subscribers."""

from django.utils import timezone
from wagtail.models import Page

from areas.models import AreaPage
from newsletters import consent
from newsletters.approval.fingerprint import fingerprint
from newsletters.models import (
    Approval,
    AreaNewsletter,
    Delivery,
    Mailing,
    NewsletterPage,
    Subscription,
)
from newsletters.sending.mailing import freeze
from participation.demo.building import Library, publish
from participation.demo.clock import Clock
from participation.demo.content.newsletters import DRAFT, LETTERHEAD, SENT, SUBSCRIBERS


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
    letterhead = {name: value for name, value in LETTERHEAD.items() if name != "area"}
    AreaNewsletter.objects.create(
        area=areas[LETTERHEAD["area"]],
        every=AreaNewsletter.Every.MONTH,
        first_on=timezone.localdate(clock.at(21)),
        **letterhead,
    )


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


def _tell(kind: str, words: str, agenda_items) -> tuple[str, dict]:
    """A block of the kind: about the page with that title, or with the words as its heading."""
    if kind == "heading":
        return kind, {"text": words, "level": "h2"}
    if kind == "map":
        return kind, {"title": words}
    page = agenda_items[words] if kind == "agenda_item" else Page.objects.live().get(title=words)
    return kind, {"page": page, "text": ""}


def _edition(
    values: dict, areas, councils, agenda_items, library: Library, clock: Clock
) -> NewsletterPage:
    body = [("text", values["intro"])]
    body += [_tell(kind, words, agenda_items) for kind, words in values["tells"]]
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
