"""Members and closed papers of a council: for the managers of its area, and for nobody else."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection

from areas.councils.models import Agreement, CouncilMember
from newsletters.services import ensure_editor_group as newsletter_editors
from surveys.services import ensure_editor_group as survey_editors
from tests.factories import pages as make

MEMBER = "wagtailsnippets_councils_councilmember"
AGREEMENT = "wagtailsnippets_councils_agreement"
SECRETS = ("De Voorzitter Zelf", "voorzitter-thuis@example.nl", "0900-555111", "Belt liever niet")
PAPER = "Geheime afspraken"
REFUSED = {302, 403, 404}
ROLES = (
    "visitor",
    "manager-own",
    "manager-other",
    "survey-editor",
    "newsletter-editor",
    "writer",
    "administrator",
)
ALLOWED = {"manager-own", "administrator"}


def document(title=PAPER, collection=None):
    return get_document_model().objects.create(
        title=title,
        file=ContentFile(b"%PDF-1.4 geheim", name="afspraken.pdf"),
        collection=collection or Collection.get_first_root_node(),
    )


@pytest.fixture
def council(north):
    return make.CouncilFactory(area=north, name="Dorpsraad Noord", slug="dorpsraad-noord")


@pytest.fixture
def member(council):
    return make.CouncilMemberFactory(council=council, note="Belt liever niet")


@pytest.fixture
def agreement(council):
    return make.AgreementFactory(council=council, title=PAPER, document=document())


@pytest.fixture
def client_of(login, client, make_user, north, west, administrator):
    """A client in one of the roles."""

    def log_in(role):
        if role == "visitor":
            return client
        if role == "administrator":
            return login(administrator)
        group = {
            "manager-own": lambda: north.manager_group,
            "manager-other": lambda: west.manager_group,
            "survey-editor": survey_editors,
            "newsletter-editor": newsletter_editors,
            "writer": lambda: Group.objects.get(name=f"Schrijvers {north.code}"),
        }[role]()
        return login(make_user(role, groups=[group]))

    return log_in


def fetch(user, address):
    """The answer to a GET, with a file read to its end."""
    response = user.get(address)
    if response.streaming:
        assert b"geheim" in b"".join(response.streaming_content)
    return response


def holds_no_secret(response):
    text = response.content.decode(errors="replace")
    return not any(secret in text for secret in (*SECRETS, PAPER))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["member", "agreement"])
def test_who_reaches_a_row(request, client_of, kind, role):
    row = request.getfixturevalue(kind)
    base = MEMBER if kind == "member" else AGREEMENT
    title = row.name if kind == "member" else row.title
    user = client_of(role)
    listing = user.get(reverse(f"{base}:list"))
    choosing = user.get(reverse(base.replace("snippets_", "snippetchoosers_") + ":choose"))
    if role in ALLOWED:
        assert title in listing.content.decode()
        # The name of a member is in its own list and form; elsewhere it is the role.
        assert str(row) in choosing.content.decode()
    else:
        assert holds_no_secret(listing)
        assert holds_no_secret(choosing)
        assert str(row) not in choosing.content.decode()
    for view in ("edit", "history", "usage", "delete"):
        response = user.get(reverse(f"{base}:{view}", args=[row.pk]))
        if role in ALLOWED:
            assert response.status_code == 200, view
        else:
            assert response.status_code in REFUSED, view
            assert holds_no_secret(response), view
    chosen = reverse(base.replace("snippets_", "snippetchoosers_") + ":chosen", args=[row.pk])
    assert (user.get(chosen).status_code == 200) is (role in ALLOWED)
    several = reverse(base.replace("snippets_", "snippetchoosers_") + ":chosen_multiple")
    answer = user.get(several, {"id": row.pk}).content.decode()
    assert (str(row) in answer) is (role in ALLOWED)
    if role not in ALLOWED:
        bulk = reverse("wagtail_bulk_action", args=["councils", row._meta.model_name, "delete"])
        user.post(f"{bulk}?id={row.pk}", {"confirm": "1"})
        user.post(reverse(f"{base}:delete", args=[row.pk]))
        user.post(reverse(f"{base}:edit", args=[row.pk]), {"name": "Ingebroken", "role": "lid"})
        row.refresh_from_db()
        assert title == (row.name if kind == "member" else row.title)
    else:
        user.post(reverse(f"{base}:delete", args=[row.pk]))
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_who_reaches_the_paper(client_of, agreement, role):
    agreement.document.refresh_from_db()
    user = client_of(role)
    paper = fetch(user, agreement.document.url)
    pages = [
        user.get(reverse(name, args=[agreement.document.pk]))
        for name in ("wagtaildocs:edit", "wagtaildocs:delete", "wagtaildocs:document_usage")
    ]
    lists = [
        user.get(reverse(name)) for name in ("wagtaildocs:index", "wagtaildocs_chooser:choose")
    ]
    if role in ALLOWED:
        assert paper.status_code == 200
        assert pages[0].status_code == 200
        assert all(PAPER in response.content.decode() for response in lists)
    else:
        assert paper.status_code in REFUSED
        assert all(response.status_code in REFUSED for response in pages)
        assert all(holds_no_secret(response) for response in (*pages, *lists))


@pytest.mark.parametrize("role", ROLES)
def test_no_name_in_any_public_place_or_report(client_of, council, member, agreement, role):
    user = client_of(role)
    member.save()
    for address in (
        council.get_absolute_url(),
        reverse("councils"),
        council.area.get_url(),
        "/zoeken/?q=Voorzitter",
        "/zoeken/?q=Geheime",
        "/kaart/",
        "/kaart/lagen/raden.geojson",
        "/sitemap.xml",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_api:pages:listing"),
        reverse("wagtailadmin_api:documents:listing") + "?search=Geheime",
    ):
        response = user.get(address)
        if role in ALLOWED and "/documents/" in address:
            continue
        assert holds_no_secret(response), address


def test_a_log_tells_the_role_and_not_the_name(login, administrator, area_manager, council):
    login(area_manager).post(
        reverse(f"{MEMBER}:add"),
        {"council": council.pk, "name": SECRETS[0], "role": "voorzitter", "email": "", "phone": ""},
    )
    assert CouncilMember.objects.get().name == SECRETS[0]
    report = login(administrator).get(reverse("wagtailadmin_reports:site_history"))
    assert "Voorzitter van Dorpsraad Noord" in report.content.decode()
    assert holds_no_secret(report)


def test_permissions_of_an_editor_of_all_areas_do_not_open_members(make_user, login, member):
    """Whatever an administrator gives to the group of survey editors."""
    group = survey_editors()
    group.permissions.add(*Permission.objects.filter(content_type__model="councilmember"))
    editor = login(make_user("enquetes", groups=[group]))
    assert holds_no_secret(editor.get(reverse(f"{MEMBER}:list")))
    assert editor.get(reverse(f"{MEMBER}:edit", args=[member.pk])).status_code in REFUSED


@pytest.mark.parametrize("base", [MEMBER, AGREEMENT])
def test_nothing_is_put_in_a_council_of_another_area(login, area_manager, west, base):
    other = make.CouncilFactory(area=west, name="Dorpsraad West")
    form = login(area_manager).get(reverse(f"{base}:add"))
    assert "Dorpsraad West" not in form.content.decode()
    response = login(area_manager).post(
        reverse(f"{base}:add"),
        {"council": other.pk, "name": "X", "role": "lid", "title": "X", "date": "15-01-2026"},
    )
    assert response.status_code == 200
    assert not CouncilMember.objects.exists()
    assert not Agreement.objects.exists()


def test_council_that_moves_takes_members_and_papers_along(
    client_of, council, member, agreement, west
):
    own, other = client_of("manager-own"), client_of("manager-other")
    assert own.get(reverse(f"{MEMBER}:edit", args=[member.pk])).status_code == 200
    council.area = west
    council.save()
    agreement.document.refresh_from_db()
    for base, row in ((MEMBER, member), (AGREEMENT, agreement)):
        address = reverse(f"{base}:edit", args=[row.pk])
        assert own.get(address).status_code in REFUSED
        assert other.get(address).status_code == 200
        assert holds_no_secret(own.get(reverse(f"{base}:list")))
        assert other.get(reverse(f"{base}:list")).content.decode().count("Dorpsraad Noord")
    assert fetch(own, agreement.document.url).status_code in REFUSED
    assert fetch(other, agreement.document.url).status_code == 200
    assert holds_no_secret(own.get(reverse("wagtaildocs:index")))


def test_public_agreement_shows_on_the_page_of_the_council(client, council, agreement):
    address = council.get_absolute_url()
    assert PAPER not in client.get(address).content.decode()
    agreement.public = True
    agreement.save()
    agreement.document.refresh_from_db()
    html = client.get(address).content.decode()
    assert PAPER in html
    assert agreement.document.url in html
    assert fetch(client, agreement.document.url).status_code == 200
    agreement.public = False
    agreement.save()
    assert PAPER not in client.get(address).content.decode()
    assert fetch(client, agreement.document.url).status_code in REFUSED


def test_queries_of_the_councils_page_do_not_grow(client, council, django_assert_num_queries):
    def fill(count):
        for number in range(count):
            make.AgreementFactory(council=council, public=True, document=document(f"Stuk {number}"))
            make.CouncilMemberFactory(council=council)

    fill(1)
    client.get(council.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(council.get_absolute_url())
    assert len(few) <= 25
    fill(8)
    with django_assert_num_queries(len(few)):
        client.get(council.get_absolute_url())


@pytest.mark.parametrize("base", [MEMBER, AGREEMENT])
def test_queries_of_the_lists_do_not_grow(
    login, area_manager, council, base, django_assert_num_queries
):
    manager = login(area_manager)

    def fill(count):
        for _ in range(count):
            other = make.CouncilFactory(area=council.area)
            make.AgreementFactory(council=other)
            make.CouncilMemberFactory(council=other)

    fill(2)
    manager.get(reverse(f"{base}:list"))
    with CaptureQueriesContext(connection) as few:
        manager.get(reverse(f"{base}:list"))
    assert len(few) <= 25
    fill(8)
    with django_assert_num_queries(len(few)):
        manager.get(reverse(f"{base}:list"))


def agreement_form(council, **values):
    return {"council": council.pk, "title": "Nieuw", "date": "15-01-2026", **values}


def test_document_of_another_area_is_refused_and_stays(login, area_manager, council, west):
    theirs = document("Van West", Collection.objects.get(name=west.title))
    response = login(area_manager).post(
        reverse(f"{AGREEMENT}:add"), agreement_form(council, document=theirs.pk)
    )
    assert "Dit document is niet van uw gebied" in response.content.decode()
    theirs.refresh_from_db()
    assert theirs.collection.name == west.title


def test_document_that_a_page_shows_is_not_closed(login, area_manager, council, north):
    shown = document("Op een pagina", Collection.objects.get(name=north.title))
    page = make.ContentPageFactory(
        parent=north, body=[("text", f'<p><a linktype="document" id="{shown.pk}">stuk</a></p>')]
    )
    page.save()
    response = login(area_manager).post(
        reverse(f"{AGREEMENT}:add"), agreement_form(council, document=shown.pk)
    )
    assert "staat ook op een pagina van de site" in response.content.decode()
    assert not Agreement.objects.exists()
    login(area_manager).post(
        reverse(f"{AGREEMENT}:add"), agreement_form(council, document=shown.pk, public="on")
    )
    assert Agreement.objects.get().document == shown


@pytest.mark.parametrize(
    ("base", "values", "message"),
    [
        (MEMBER, {"name": "", "role": "lid"}, "Dit veld is verplicht"),
        (
            MEMBER,
            {"name": "X", "role": "lid", "since": "02-01-2026", "until": "01-01-2026"},
            "De laatste dag ligt voor de eerste",
        ),
        (MEMBER, {"name": "X", "role": "lid", "phone": "bel maar"}, "Vul een telefoonnummer in"),
        (
            AGREEMENT,
            {"title": "X", "date": "15-01-2026", "review_date": "15-01-2026"},
            "ligt niet na de dag van de afspraak",
        ),
    ],
)
def test_refusals_say_what_to_do(login, area_manager, council, base, values, message):
    response = login(area_manager).post(reverse(f"{base}:add"), {"council": council.pk, **values})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not CouncilMember.objects.exists()
    assert not Agreement.objects.exists()


def test_agreements_to_review_wait_on_the_first_page(login, area_manager, make_user, council, west):
    today = timezone.localdate()
    for title, days in (("verlopen", -3), ("binnenkort", 20), ("ver weg", 90)):
        make.AgreementFactory(
            council=make.CouncilFactory(area=council.area, name=f"Raad {title}"),
            title=title,
            date=date(2025, 1, 1),
            review_date=today + timedelta(days=days),
        )
    html = login(area_manager).get(reverse("wagtailadmin_home")).content.decode()
    assert "Werkafspraken om opnieuw te bekijken" in html
    assert html.index("Raad verlopen") < html.index("Raad binnenkort")
    assert "Raad ver weg" not in html
    edit = reverse(f"{AGREEMENT}:edit", args=[Agreement.objects.get(title="verlopen").pk])
    assert f'href="{edit}"' in html
    other = login(make_user("west", groups=[west.manager_group]))
    assert "Raad verlopen" not in other.get(reverse("wagtailadmin_home")).content.decode()


def test_members_go_some_time_after_their_last_day(council, settings, capsys, caplog):
    settings.COUNCIL_MEMBER_RETENTION_DAYS = 30
    today = timezone.localdate()
    last = {
        "weg": today - timedelta(days=31),
        "nog net": today - timedelta(days=30),
        "nu": None,
    }
    for name, until in last.items():
        make.CouncilMemberFactory(council=council, name=name, until=until)
    call_command("purge_expired", dry_run=True)
    assert "council members: would remove 1" in capsys.readouterr().out
    assert CouncilMember.objects.count() == 3
    with caplog.at_level("INFO"):
        call_command("tick", only="purge-expired")
    assert set(CouncilMember.objects.values_list("name", flat=True)) == {"nog net", "nu"}
    assert "council members: 1" in caplog.text
    assert "weg" not in caplog.text
    call_command("purge_expired")
    assert "council members: removed 0" in capsys.readouterr().out


def test_managers_made_before_get_the_new_permissions(area_manager, login, north, member):
    north.manager_group.permissions.filter(content_type__model="councilmember").delete()
    call_command("migrate", verbosity=0)
    assert login(area_manager).get(reverse(f"{MEMBER}:edit", args=[member.pk])).status_code == 200
