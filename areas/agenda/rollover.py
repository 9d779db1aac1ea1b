"""The step to a new period: planned as a draft, carried out when that draft is published.

Until then everything stays where residents know it. See docs/decisions/0010.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Site

from areas.models import AreaPage
from cms.pagecache import purge

from .models import AgendaItemPage, AgendaPage, LedgerEntry, Rollover
from .services import role_of


def moving_items(*, agenda: AgendaPage):
    """Items that go along to the next period, as a QuerySet: neither done nor stopped."""
    return AgendaItemPage.objects.on_agenda(agenda).open().for_work_list()


def staying_items(*, agenda: AgendaPage):
    """Items that stay where they are, as a QuerySet: done or stopped."""
    return AgendaItemPage.objects.on_agenda(agenda).closed().for_work_list()


def proposed_period(agenda: AgendaPage) -> tuple[date, date]:
    """First and last day of the period after that of an agenda, as long in years."""
    first = agenda.period_end + timedelta(days=1)
    years = max(1, round((first - agenda.period_start).days / 365.25))
    try:
        after = first.replace(year=first.year + years)
    except ValueError:  # 29 February
        after = first.replace(year=first.year + years, day=28)
    return first, after - timedelta(days=1)


@transaction.atomic
def plan_rollover(
    *, source: AgendaPage, title: str, period_start: date, period_end: date, user
) -> Rollover:
    """Make the draft of the next agenda, that takes the open items when it is published.

    One at a time in an area. Raises ValidationError, with nothing changed, where the agenda
    was followed up already or the period is that of another agenda.
    """
    area_id = source.get_parent().pk
    Page.objects.select_for_update().get(pk=area_id)
    earlier = Rollover.objects.filter(source=source).select_related("target").first()
    if earlier is not None:
        raise ValidationError(already_followed(earlier))
    area = AreaPage.objects.without_geometry().get(pk=area_id)
    if period_start <= source.period_end:
        raise ValidationError(
            {
                "period_start": _(
                    "De nieuwe periode begint na de laatste dag van deze agenda: %(date)s."
                )
                % {"date": date_format(source.period_end)}
            }
        )
    other = AgendaPage.objects.child_of(area).overlapping(period_start, period_end).first()
    if other is not None:
        raise ValidationError(
            {
                "period_start": _(
                    "Deze periode valt samen met ‘%(title)s’ (%(first)s tot en met %(last)s). "
                    "Kies andere dagen."
                )
                % {
                    "title": other.get_admin_display_title(),
                    "first": date_format(other.period_start),
                    "last": date_format(other.period_end),
                }
            }
        )
    target = AgendaPage(
        title=title,
        draft_title=title,
        slug=_free_slug(area, slugify(title) or "agenda"),
        summary=source.summary,
        period_start=period_start,
        period_end=period_end,
        owner=user,
        live=False,
        has_unpublished_changes=True,
    )
    area.add_child(instance=target)
    revision = target.save_revision(user=user)
    log(
        instance=target, action="wagtail.create", user=user, revision=revision, content_changed=True
    )
    return Rollover.objects.create(source=source, target=target, planned_by=user)


def already_followed(rollover: Rollover) -> str:
    """Why an agenda is not rolled over again, and what to do instead."""
    title = rollover.target.get_admin_display_title()
    if rollover.carried_out_at is None:
        return _(
            "Er staat al een nieuwe agenda klaar: ‘%(title)s’. Publiceer die, of verwijder dat "
            "concept als u opnieuw wilt beginnen."
        ) % {"title": title}
    return _(
        "De open punten van deze agenda verhuisden al naar ‘%(title)s’. Is hier weer een punt "
        "open? Kies bij dat punt ‘Verplaatsen’."
    ) % {"title": title}


@transaction.atomic
def carry_out(*, agenda: AgendaPage) -> int:
    """Move the open items of the agenda before it to one that is on the site now.

    Called by every save of a live agenda, in the transaction of that save; does nothing where
    nothing is planned. An item stays the same page with the same history; its old addresses
    lead to the new one. Gives the number of items that moved.
    """
    plans = Rollover.objects.select_for_update(of=("self",)).filter(target_id=agenda.pk)
    plan = plans.filter(carried_out_at=None).select_related("source").first()
    if plan is None:
        return 0
    now = timezone.now()
    author = agenda.live_revision.user if agenda.live_revision else plan.planned_by
    moving = list(moving_items(agenda=plan.source))
    sites = list(Site.objects.all())
    role = role_of(agenda)
    _keep_closed(plan.source, agenda)
    for item in moving:
        _take_free_slug(item, agenda)
        english = _english_address(item)
        target = AgendaPage.objects.get(pk=agenda.pk)  # the tree changes with every move
        with translation.override("nl"):
            MovePageAction(item, target, pos="last-child", user=author).execute(
                skip_permission_checks=True
            )
        _redirect(item, english, sites)  # Wagtail made the one of the Dutch address
    # What was never on the site has no history yet.
    public = set(LedgerEntry.objects.filter(item__in=moving).values_list("item_id", flat=True))
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            item=item,
            at=now,
            author=author,
            author_role=role,
            field=LedgerEntry.Field.AGENDA,
            old=plan.source.title,
            new=agenda.title if agenda.title != plan.source.title else f"{agenda.title} (nieuw)",
        )
        for item in moving
        if item.pk in public
    )
    plan.carried_out_at = now
    plan.save(update_fields=["carried_out_at"])
    agenda.refresh_from_db(fields=["numchild"])
    purge()
    return len(moving)


def _keep_closed(source: AgendaPage, target: AgendaPage) -> None:
    """Close the new agenda as the old one is closed: what moves must not come into the open."""
    if target.view_restrictions.exists():
        return
    for restriction in source.view_restrictions.all():
        groups = list(restriction.groups.all())
        restriction.pk = None
        restriction._state.adding = True
        restriction.page = target
        restriction.save()
        restriction.groups.set(groups)


def _free_slug(parent: Page, wanted: str) -> str:
    """The wanted part of an address, with a number behind it where a child has it already."""
    taken = set(
        Page.objects.child_of(parent).filter(slug__startswith=wanted).values_list("slug", flat=True)
    )
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _take_free_slug(item: AgendaItemPage, agenda: AgendaPage) -> None:
    """Rename the address part of an item where one on the new agenda has it already."""
    slug = _free_slug(agenda, item.slug)
    if slug == item.slug:
        return
    Page.objects.filter(pk=item.pk).update(slug=slug)
    for revision in Revision.objects.filter(
        pk__in=[item.live_revision_id, item.latest_revision_id]
    ):
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


def _english_address(item: AgendaItemPage) -> str:
    """Path of the item's address in the English interface, "" for none."""
    with translation.override("en"):
        parts = item.get_url_parts()
    return parts[2] if parts else ""


def _redirect(item: AgendaItemPage, old_path: str, sites: list[Site]) -> None:
    """Let an old address lead to the item wherever it stands, at every site."""
    if not item.live or not old_path:
        return
    for site in sites:
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(old_path),
            site=site,
            defaults={"redirect_page_id": item.pk, "automatically_created": True},
        )
