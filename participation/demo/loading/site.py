"""The site itself: its home page, its settings and the pages of text."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage, SiteSettings
from participation.demo.building import Library, publish
from participation.demo.clock import Clock
from participation.demo.content import pages as content


def load_home(*, library: Library) -> HomePage:
    """The home page in place of Wagtail's welcome, and the one site that shows it."""
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.specific.delete()
    root = Page.objects.get(pk=root.pk)
    home = HomePage(
        title=content.HOME["title"],
        slug="home",
        heading=content.HOME["heading"],
        intro=content.HOME["intro"],
        summary=content.HOME["summary"],
        image=library.image(content.HOME["picture"]),
    )
    root.add_child(instance=home)
    address = urlsplit(settings.BASE_URL)
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname=address.hostname,
        port=address.port or (443 if address.scheme == "https" else 80),
        root_page=home,
        is_default_site=True,
        site_name=settings.WAGTAIL_SITE_NAME,
    )
    SiteSettings.objects.update_or_create(site=site, defaults={"footer_text": content.FOOTER})
    return home


def load_pages(*, home: HomePage, library: Library, clock: Clock, user, polls: dict) -> None:
    """Explanation, contact, accessibility and privacy; and the poll on the home page."""
    today = date_format(clock.today, "j F Y")
    for number, values in enumerate(content.PAGES):
        publish(
            parent=home,
            page=ContentPage(
                title=values["title"],
                slug=values["slug"],
                summary=values["summary"],
                image=library.image(values.get("picture")),
                body=[_block(kind, value, today) for kind, value in values["body"]],
                show_contact_channels=values.get("channels", False),
                show_in_menus=True,
            ),
            user=user,
            at=clock.at(-300 + number, 9),
        )
    home = HomePage.objects.get(pk=home.pk)
    home.body = [("poll", polls["thuis"])]
    home.save_revision(user=user, log_action=True).publish(user=user)


def _block(kind: str, value, today: str) -> tuple:
    """A block of the body from the demo's content."""
    if kind == "text":
        return kind, value.replace("{today}", today)
    if kind == "questions":
        return kind, [{"question": question, "answer": answer} for question, answer in value]
    if kind == "table":
        return kind, _table(value)
    return kind, value


def _table(rows: list[list[str]]) -> dict:
    """A table of two columns."""
    return {
        "caption": "Vijf vormen van invloed",
        "table": {
            "columns": [
                {"type": "text", "heading": "Dit mag u"},
                {"type": "text", "heading": "Dit betekent het"},
            ],
            "rows": [{"values": row} for row in rows],
            "caption": "",
        },
    }
