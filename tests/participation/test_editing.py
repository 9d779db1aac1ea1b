"""Editors at work: forms, drafts, preview, workflow, scheduling, history and the own area."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from participation.officehours.models import OfficeHourPage
from participation.projects.models import ProjectPage
from tests.factories import participation as make

REFUSED = {302, 403, 404}


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def project_form(*, places=(), phases=(), initial=0, **changes) -> dict:
    """What the editor's form of a project sends."""
    return nested_form_data(
        {
            "title": "Brug over de Ringvaart",
            "slug": "brug",
            "summary": "De oude brug is te smal.",
            "image": "",
            "status": "gestart",
            "status_reason": "",
            "body": streamfield([]),
            "decided": "",
            "influence": "",
            "decision": "",
            "take_part": rich_text(""),
            "questions": streamfield([]),
            "geometry": "52.339, 4.784",
            "place_name": "",
            "manager_name": "",
            "manager_role": "",
            "manager_phone": "",
            "manager_email": "",
            "manager_whatsapp": "",
            "phases": inline_formset(phases, initial=initial),
            "places": inline_formset(places),
            "news": inline_formset([]),
            "documents": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
        | changes
    )


def phase(name: str, start: str, end: str = "", **extra) -> dict:
    return {"name": name, "start": start, "end": end, "text": ""} | extra


def office_hour_form(*, moments=(), series=(), exceptions=(), **changes) -> dict:
    """What the editor's form of an office hour sends."""
    return nested_form_data(
        {
            "title": "Spreekuur op de markt",
            "slug": "markt",
            "summary": "",
            "image": "",
            "host_name": "Omgevingsmanager",
            "host_role": "",
            "host_phone": "",
            "host_email": "",
            "host_whatsapp": "",
            "about": rich_text(""),
            "project": "",
            "appointment": "",
            "place_name": "Marktplein 1",
            "geometry": "52.339, 4.784",
            "directions": "",
            "step_free": "ja",
            "hearing_loop": "",
            "languages": "",
            "moments": inline_formset(moments),
            "series": inline_formset(series),
            "exceptions": inline_formset(exceptions),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
        | changes
    )


def moment(day: str, start: str = "10:00", end: str = "12:00") -> dict:
    return {"date": day, "start_time": start, "end_time": end, "note": ""}


def weekly(weekday: int, first: str, **changes) -> dict:
    return {
        "frequency": "week",
        "interval": "1",
        "weekday": str(weekday),
        "week_of_month": "",
        "first": first,
        "until": "",
        "start_time": "10:00",
        "end_time": "12:00",
    } | changes


def exception(day: str, **changes) -> dict:
    return {
        "date": day,
        "kind": "vervalt",
        "reason": "De zaal is dicht.",
        "new_date": "",
        "new_start": "",
        "new_end": "",
    } | changes


def add_address(model: str, parent) -> str:
    app_label = {"projectpage": "projects", "officehourpage": "officehours"}[model]
    return reverse("wagtailadmin_pages:add", args=[app_label, model, parent.pk])


def test_manager_makes_a_project_in_the_own_area(manager, client, north):
    form = project_form(phases=[phase("Plannen", "2026-01-01", "2026-12-31")])
    manager.post(add_address("projectpage", north), form)
    project = ProjectPage.objects.get(slug="brug")
    assert project.live
    assert list(project.areas.all()) == [north]
    assert "Plannen" in client.get(project.get_url()).content.decode()


@pytest.mark.parametrize(
    ("phases", "message"),
    [
        (
            [phase("Een", "2026-01-01", "2026-06-30"), phase("Twee", "2026-06-30", "2026-12-31")],
            "Deze fase begint terwijl de fase ‘Een’ nog loopt, tot en met 30-6-2026.",
        ),
        (
            [phase("Twee", "2026-03-01", "2026-04-01"), phase("Een", "2026-01-01", "2026-12-31")],
            "Deze fase begint terwijl de fase ‘Een’ nog loopt, tot en met 31-12-2026.",
        ),
        (
            [phase("Een", "2026-01-01"), phase("Twee", "2027-01-01")],
            "De fase ‘Een’ heeft geen einde.",
        ),
        (
            [phase("Een", "2026-01-01", "2026-05-01"), phase("Twee", "2026-01-01", "2026-01-01")],
            "terwijl de fase ‘Een’ nog loopt",
        ),
        ([phase("Een", "2026-02-01", "2026-01-31")], "Deze fase eindigt voordat zij begint."),
        ([phase("Een", "31 februari 2026")], "Voer een geldige datum in."),
        ([phase("x" * 81, "2026-01-01")], "80"),
    ],
)
def test_phases_that_cannot_be_are_refused_and_stay_in_the_form(manager, north, phases, message):
    response = manager.post(add_address("projectpage", north), project_form(phases=phases))
    assert response.status_code == 200
    text = response.content.decode()
    assert message in text
    assert all(row["name"] in text for row in phases)
    assert not ProjectPage.objects.exists()


def test_phases_in_any_order_that_follow_each_other_are_fine(manager, north):
    rows = [phase("Later", "2027-01-01"), phase("Eerst", "2026-01-01", "2026-12-31")]
    manager.post(add_address("projectpage", north), project_form(phases=rows))
    assert [row.name for row in ProjectPage.objects.get().phases.all()] == ["Eerst", "Later"]


def test_phase_that_is_removed_no_longer_collides(manager, project):
    old = make.ProjectPhaseFactory(project=project, start=date(2026, 1, 1), end=None)
    rows = [
        phase("Oud", "2026-01-01", id=str(old.pk), DELETE="on"),
        phase("Nieuw", "2026-03-01"),
    ]
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    manager.post(edit, project_form(phases=rows, initial=1))
    assert [row.name for row in ProjectPage.objects.get().phases.all()] == ["Nieuw"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"status": "vertraagd"}, "Schrijf kort waarom dit vertraagd of gestopt is."),
        ({"status": "gestopt", "status_reason": "   "}, "Schrijf kort waarom"),
        ({"status": "zomaar"}, "zomaar"),
        ({"manager_phone": "bel mij"}, "Vul een telefoonnummer in"),
        ({"manager_email": "geen adres"}, "e-mailadres"),
        ({"geometry": "12.0, 170.0"}, "Deze plek ligt niet in Nederland."),
        ({"geometry": "<svg onload=alert(1)>"}, "Deze plek kunnen we niet lezen."),
        ({"summary": "x" * 401}, "400"),
        ({"title": ""}, "verplicht"),
    ],
)
def test_wrong_project_is_refused_with_a_dutch_message(manager, north, changes, message):
    response = manager.post(add_address("projectpage", north), project_form(**changes))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not ProjectPage.objects.exists()


def test_manager_makes_an_office_hour_with_everything(manager, client, north, on_day):
    on_day("2026-11-20 12:00")
    form = office_hour_form(
        moments=[moment("2026-12-05")],
        series=[weekly(1, "2026-11-01")],
        exceptions=[
            exception("2026-12-01"),
            exception(
                "2026-12-08",
                kind="verplaatst",
                new_date="2026-12-09",
                new_start="13:00",
                new_end="14:00",
            ),
        ],
    )
    manager.post(add_address("officehourpage", north), form)
    page = OfficeHourPage.objects.get()
    assert page.live
    coming = client.get("/spreekuren/").content.decode()
    assert "zaterdag 5 december" in coming
    assert "Gaat niet door" in coming
    assert "13.00 – 14.00 uur" in coming


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"moments": [moment("2026-12-01", "12:00", "10:00")]}, "De eindtijd ligt vóór"),
        ({"moments": [moment("2026-12-01"), moment("2026-12-01")]}, "Dit moment staat er al."),
        ({"moments": [moment("0026-12-01")]}, "Controleer het jaartal van deze datum."),
        ({"moments": [moment("2026-12-01", "25:00")]}, "Voer een geldige tijd in."),
        ({"moments": [moment("2026-02-29")]}, "Voer een geldige datum in."),
        (
            {"series": [weekly(1, "2026-11-01", until="2026-10-01")]},
            "De herhaling stopt voordat zij begint.",
        ),
        ({"series": [weekly(1, "2026-11-01", interval="0")]}, "1"),
        ({"series": [weekly(1, "2026-11-01", interval="99")]}, "12"),
        ({"series": [weekly(1, "2026-11-01", frequency="maand")]}, "Kies welke van de maand"),
        ({"series": [weekly(9, "2026-11-01")]}, "Selecteer een geldige keuze."),
        (
            {"series": [weekly(1, "2026-11-01")], "exceptions": [exception("2026-12-02")]},
            "Op deze datum is er geen spreekuur.",
        ),
        (
            {
                "series": [weekly(1, "2026-11-01")],
                "exceptions": [exception("2026-12-01"), exception("2026-12-01")],
            },
            "Voor deze datum staat er al een uitzondering.",
        ),
        (
            {
                "series": [weekly(1, "2026-11-01")],
                "exceptions": [exception("2026-12-01", kind="verplaatst")],
            },
            "Vul in naar welke datum dit verplaatst is.",
        ),
        (
            {
                "series": [weekly(1, "2026-11-01")],
                "exceptions": [
                    exception(
                        "2026-12-01",
                        kind="verplaatst",
                        new_date="2026-12-02",
                        new_start="10:00",
                    )
                ],
            },
            "Vul beide tijden in, of laat beide leeg.",
        ),
        (
            {
                "series": [weekly(1, "2026-11-01")],
                "exceptions": [exception("2026-12-01", reason="")],
            },
            "verplicht",
        ),
        ({"series": [weekly(1, "2026-11-01")] * 8}, "7"),
    ],
)
def test_schedule_that_cannot_be_is_refused(manager, north, on_day, rows, message):
    on_day("2026-11-20 12:00")
    response = manager.post(add_address("officehourpage", north), office_hour_form(**rows))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not OfficeHourPage.objects.exists()


def test_exception_of_the_past_does_not_stop_an_editor(manager, north, on_day):
    on_day("2026-11-20 12:00")
    form = office_hour_form(series=[weekly(2, "2026-11-01")], exceptions=[exception("2026-10-01")])
    manager.post(add_address("officehourpage", north), form)
    assert OfficeHourPage.objects.get().live


def test_half_a_draft_can_be_kept(manager, north):
    form = office_hour_form(series=[weekly(1, "2026-11-01")], exceptions=[])
    del form["action-publish"]
    form["summary"] = ""
    manager.post(add_address("officehourpage", north), form)
    page = OfficeHourPage.objects.get()
    assert not page.live
    assert not page.occurrences.exists()


def pages_of(area) -> list[Page]:
    project = make.ProjectPageFactory(parent=area, title="Het project")
    make.ProjectPhaseFactory(project=project)
    office_hour = make.OfficeHourPageFactory(parent=project, title="Het spreekuur")
    make.OfficeHourSeriesFactory(office_hour=office_hour, first=timezone.localdate())
    office_hour.save()
    return [project, office_hour]


@pytest.mark.parametrize("number", [0, 1])
def test_manager_of_another_area_gets_in_nowhere(manager, west, number):
    page = pages_of(west)[number]
    for name, method in [
        ("edit", "get"),
        ("edit", "post"),
        ("delete", "post"),
        ("unpublish", "post"),
        ("copy", "get"),
        ("move", "get"),
        ("history", "get"),
        ("view_draft", "get"),
        ("preview_on_edit", "post"),
    ]:
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        response = getattr(manager, method)(address)
        assert response.status_code in REFUSED, name
        assert page.title.encode() not in response.content
    page.refresh_from_db()
    assert page.live


def test_manager_makes_nothing_below_another_area_or_its_projects(manager, west):
    project = make.ProjectPageFactory(parent=west)
    before = Page.objects.count()
    assert manager.post(add_address("projectpage", west), project_form()).status_code in REFUSED
    for parent in (west, project):
        response = manager.post(add_address("officehourpage", parent), office_hour_form())
        assert response.status_code in REFUSED
    assert Page.objects.count() == before


@pytest.mark.parametrize("number", [0, 1])
def test_preview_shows_the_draft(manager, north, number):
    page = pages_of(north)[number]
    page.title = "Nieuwe titel in de voorvertoning"
    page.save_revision()
    response = manager.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "Nieuwe titel in de voorvertoning" in response.content.decode()
    page.refresh_from_db()
    assert page.title != "Nieuwe titel in de voorvertoning"


@pytest.mark.parametrize(
    ("model", "form"), [("projectpage", project_form), ("officehourpage", office_hour_form)]
)
def test_preview_of_a_page_that_was_never_saved(manager, north, model, form):
    app_label = {"projectpage": "projects", "officehourpage": "officehours"}[model]
    rows = (
        {"phases": [phase("Plannen maken", "2026-01-01")]}
        if model == "projectpage"
        else {"series": [weekly(1, timezone.localdate().isoformat())]}
    )
    address = reverse("wagtailadmin_pages:preview_on_add", args=[app_label, model, north.pk])
    assert manager.post(address, form(**rows)).json()["is_valid"]
    shown = manager.get(address).content.decode()
    assert ("Plannen maken" if model == "projectpage" else "10.00 – 12.00 uur") in shown


@pytest.mark.parametrize("number", [0, 1])
def test_scheduled_page_appears_and_goes_on_its_day(client, north, number):
    page = pages_of(north)[number]
    page.unpublish()
    page = page.specific_class.objects.get(pk=page.pk)
    address = page.get_url()
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    page.expire_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", verbosity=0)
    assert client.get(address).status_code == 404
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert client.get(address).status_code == 200
    if number:
        assert OfficeHourPage.objects.get(pk=page.pk).occurrences.exists()
    page.specific_class.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [0, 1])
def test_workflow_holds_a_page_until_it_is_approved(
    manager, login, administrator, client, north, number
):
    page = pages_of(north)[number]
    page.unpublish()
    page = page.specific_class.objects.get(pk=page.pk)
    page.save_revision(user=administrator)
    state = page.get_workflow().start(page, administrator)
    assert client.get(page.get_url()).status_code == 404
    action = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )
    manager.post(action, {"comment": ""})
    assert client.get(page.get_url()).status_code == 200


@pytest.mark.parametrize("number", [0, 1])
def test_history_compares_and_goes_back(manager, north, number):
    page = pages_of(north)[number]
    first = page.save_revision()
    first.publish()
    page = page.specific_class.objects.get(pk=page.pk)
    page.title = "Andere titel"
    page.geometry = make.MARKET
    second = page.save_revision()
    second.publish()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    assert "Andere titel" in manager.get(compare).content.decode()
    first.publish()
    page.refresh_from_db()
    assert page.title != "Andere titel"


@pytest.mark.parametrize("number", [0, 1])
def test_copy_comes_with_its_rows(north, number, administrator):
    page = pages_of(north)[number]
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"}, user=administrator)
    rows = copy.phases if number == 0 else copy.series
    assert rows.count() == 1
    if number:
        assert copy.occurrences.count() == page.occurrences.count()


@pytest.mark.parametrize("number", [0, 1])
def test_edit_screen_opens_with_few_queries(manager, north, number, django_assert_max_num_queries):
    page = pages_of(north)[number]
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    manager.get(edit)
    with django_assert_max_num_queries(70):
        assert manager.get(edit).status_code == 200


def test_manager_adds_separate_places_to_a_project(client, login, area_manager, north):
    places = [
        {"name": "Speelplek Lijnden", "text": "", "geometry": "52.339, 4.784"},
        {"name": "Speelplek Boesingheliede", "text": "Met water.", "geometry": "52.34, 4.79"},
    ]
    response = login(area_manager).post(
        reverse("wagtailadmin_pages:add", args=["projects", "projectpage", north.pk]),
        project_form(places=places, geometry=""),
    )
    assert response.status_code == 302
    (project,) = ProjectPage.objects.all()
    assert [str(place) for place in project.places.all()] == [row["name"] for row in places]
    assert "Met water." in client.get(project.get_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Dit veld is verplicht"),
        ({"geometry": ""}, "Zet een plek op de kaart of typ de coördinaten."),
        ({"geometry": "op de hoek"}, "coördina"),
        ({"geometry": "4.784, 52.339"}, "Noord en oost zijn omgewisseld"),
        ({"name": "x" * 81}, "80 tekens"),
    ],
)
def test_wrong_separate_place_is_refused(login, area_manager, north, changes, message):
    place = {"name": "Speelplek", "text": "", "geometry": "52.339, 4.784"} | changes
    response = login(area_manager).post(
        reverse("wagtailadmin_pages:add", args=["projects", "projectpage", north.pk]),
        project_form(places=[place]),
    )
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not ProjectPage.objects.exists()
