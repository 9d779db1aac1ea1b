"""An edition with one of everything, for whoever looks at its faces."""

from datetime import timedelta
from itertools import count

from django.contrib.gis.geos import LineString, Point
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg

from participation.officehours.models import OfficeHourPage
from tests.factories import newsletters as make
from tests.factories import pages, participation, surveys
from tests.factories.newsletters import block, body

NUMBERS = count(1)


def image():
    file = get_test_image_file_jpeg(size=(1600, 900))
    return get_image_model().objects.create(
        title="Dijk", file=ImageFile(file, name="dijk.jpg"), description="De dijk"
    )


def office_hour(parent, *, days=(3, 10, 17, 24), **values):
    """An office hour on these days from now, published as an editor does."""
    values = {
        "title": "Spreekuur op de markt",
        "slug": f"spreekuur-{next(NUMBERS)}",
        "geometry": participation.MARKET,
    } | values
    page = participation.OfficeHourPageFactory(parent=parent, **values)
    for day in days:
        participation.OfficeHourMomentFactory(
            office_hour=page, date=timezone.localdate() + timedelta(days=day)
        )
    page = OfficeHourPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def project(parent, **values):
    """A project in a phase that goes on now."""
    values = {
        "title": "Nieuwe brug",
        "slug": f"brug-{next(NUMBERS)}",
        "geometry": LineString((4.77, 52.33), (4.80, 52.35), srid=4326),
    } | values
    page = participation.ProjectPageFactory(parent=parent, **values)
    today = timezone.localdate()
    participation.ProjectPhaseFactory(
        project=page, start=today - timedelta(days=30), end=today + timedelta(days=300)
    )
    return page


def item(parent, **values):
    agenda = pages.AgendaPageFactory(parent=parent)
    values = {
        "title": "Zebrapad",
        "place_name": "Marktplein",
        "geometry": Point(4.79, 52.36, srid=4326),
    } | values
    return pages.AgendaItemPageFactory(parent=agenda, **values)


def edition(area):
    """One of every block, about an agenda item, a project, a survey and an office hour."""
    picture = image()
    zebra = item(area)
    bridge = project(area)
    survey = surveys.SurveyPageFactory(parent=bridge, title="Hoe breed moet de brug?")
    hour = office_hour(area)
    text = (
        f'<p>Lees <a linktype="page" id="{zebra.pk}">het agendapunt</a> of '
        '<a href="mailto:noord@example.nl">mail ons</a>.</p>'
        "<ul><li>eerst de drempel</li><li>dan de stoep</li></ul><ol><li>een</li></ol>"
    )
    return make.NewsletterPageFactory(
        parent=area,
        to=[area],
        image=picture,
        preview_text="En: praat mee over de dijk",
        body=body(
            block("heading", {"text": "Licht", "level": "h2"}),
            block("heading", {"text": "Bij de school", "level": "h3"}),
            block("text", text),
            block("agenda_item", {"page": zebra.pk, "text": ""}),
            block("project", {"page": bridge.pk, "text": ""}),
            block("survey", {"page": survey.pk, "text": "Doe mee, het duurt kort."}),
            block("office_hour", {"page": hour.pk, "text": ""}),
            block("page", {"page": area.pk, "text": ""}),
            block("image", {"image": picture.pk, "alt": "Een huis", "caption": "Bij Halfweg"}),
            block("map", {"title": "Waar gebeurt het?"}),
            block("button", {"text": "Geef uw mening", "page": area.pk, "url": ""}),
            block("quote", {"text": "Eindelijk veilig.", "source": "Dorpsraad"}),
            block("divider", None),
        ),
    )
