"""Lists of addresses: who keeps them, what a file does to them, and how their data end."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.retention import purge_expired
from newsletters import services
from newsletters.models import AddressList, ListImport, ListImportRow, ListMember, Suppression
from newsletters.personal import held
from tests.factories import newsletters as make

from .test_permissions import is_denied

pytestmark = pytest.mark.django_db
LISTS = "/beheer/nieuwsbrieven/lijsten/"
HEAD = ["e-mail", "naam", "bron van toestemming", "datum van toestemming"]


@pytest.fixture
def shops(north):
    return make.AddressListFactory(area=north, name="Winkeliers")


@pytest.fixture
def manager(login, area_manager):
    return login(area_manager)


def as_csv(*rows, delimiter=";", encoding="utf-8") -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def send_in(client, address_list, content, name="leden.csv", **data):
    """What follows on sending in a file: the plan, or the form with what is wrong."""
    file = SimpleUploadedFile(name, content)
    path = f"{LISTS}{address_list.pk}/importeren/"
    return client.post(path, {"file": file, **data}, follow=True)


def plan(client, address_list, *rows, **data):
    return send_in(client, address_list, as_csv(*rows), **data)


def say_yes(client, response):
    version = re.search(r'name="version" value="(\d+)"', response.content.decode())[1]
    return client.post(response.request["PATH_INFO"], {"version": version}, follow=True)


def shown(response) -> dict[str, int]:
    """Numbers of rows on the page, by the name of their outcome."""
    found = re.findall(
        r'href="\?soort=(\w+)"[^>]*>[^<]*</a></td><td>(\d+)<', response.content.decode()
    )
    return {outcome: int(number) for outcome, number in found}


def emails(address_list) -> list[str]:
    rows = address_list.members.active().order_by("email")
    return list(rows.values_list("email", flat=True))


def test_a_manager_keeps_a_list(manager, area_manager, north, west):
    new = f"{LISTS}new/"
    data = {
        "name": "Winkeliers Zwanenburg",
        "area": north.pk,
        "purpose": "nieuws over winkels",
        "consent": "Formulier van de winkeliersvereniging.",
        "keep_until": (timezone.localdate() + timedelta(days=300)).isoformat(),
    }
    assert "Haarlemmermeer-West" not in manager.get(new).content.decode()
    for wrong in (
        {"area": west.pk},
        {"area": ""},
        {"name": "Twee\x0bregels"},
        {"consent": ""},
        {"keep_until": "2020-01-01"},
        {"keep_until": "2099-01-01"},
    ):
        response = manager.post(new, {**data, **wrong})
        assert response.status_code == 200, wrong
        assert "nieuws over winkels" in response.content.decode()
    assert not AddressList.objects.exists()
    manager.post(new, data)
    made = AddressList.objects.get()
    assert made.owner == area_manager
    assert (
        "Er is al een lijst met deze naam"
        in manager.post(new, {**data, "name": "WINKELIERS zwanenburg"}).content.decode()
    )

    own = f"{LISTS}{made.pk}/"
    assert "Er staat nog niemand op deze lijst" in manager.get(own).content.decode()
    person = {"email": " Anna@Example.NL ", "name": "Anna", "consent_source": "markt"}
    for wrong, words in (
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"consent_source": ""}, "waar de toestemming vandaan komt"),
        ({"consent_date": "2099-01-01"}, "ligt in de toekomst"),
    ):
        response = manager.post(f"{own}toevoegen/", {**person, **wrong})
        assert words in response.content.decode()
        assert 'value="Anna"' in response.content.decode()
    manager.post(f"{own}toevoegen/", person)
    anna = made.members.get()
    assert (anna.email, anna.added_by) == ("anna@example.nl", area_manager)
    assert "staat al op de lijst" in manager.post(f"{own}toevoegen/", person).content.decode()
    assert "(1)" not in manager.get(LISTS).content.decode()
    assert "Winkeliers Zwanenburg" in manager.get(LISTS).content.decode()

    services.unsubscribe(email=anna.email)
    page = manager.get(own).content.decode()
    assert "Afgemeld op" in page
    assert "0 adressen op de lijst" in page
    again = manager.post(f"{own}toevoegen/", person).content.decode()
    assert "staat bij de geblokkeerde adressen: heeft zich afgemeld" in again
    Suppression.objects.all().delete()
    again = manager.post(f"{own}toevoegen/", person).content.decode()
    assert "De eigenaar van dit adres heeft zich op" in again
    manager.post(f"{own}verwijderen/{anna.pk}/")
    assert not ListMember.objects.exists()
    gone = manager.post(f"{own}verwijderen/{anna.pk}/", follow=True).content.decode()
    assert "stond al niet meer op de lijst" in gone
    history = manager.get(f"{LISTS}history/{made.pk}/").content.decode()
    assert "Adres van de lijst gehaald" in history

    assert "verwijderen wij deze lijst" not in manager.get(own).content.decode()
    AddressList.objects.update(keep_until=timezone.localdate() + timedelta(days=9))
    assert "verwijderen wij deze lijst" in manager.get(own).content.decode()

    make.ListMemberFactory(address_list=made)
    assert "met 1 adres?" in manager.get(f"{LISTS}delete/{made.pk}/").content.decode()
    manager.post(f"{LISTS}delete/{made.pk}/")
    assert not AddressList.objects.exists()
    assert not ListMember.objects.exists()


def test_lists_are_for_the_manager_of_the_area(
    login, area_manager, manager_west, newsletter_editor, administrator, make_user, shops
):
    member = make.ListMemberFactory(address_list=shops, email="winkel@example.nl")
    of_all = make.AddressListFactory(area=None, name="Pers")
    waits = plan(login(area_manager), shops, HEAD, ["a@example.nl", "", "markt"])
    paths = [
        f"{LISTS}{shops.pk}/",
        f"{LISTS}{shops.pk}/toevoegen/",
        f"{LISTS}{shops.pk}/importeren/",
        waits.request["PATH_INFO"],
        f"{LISTS}edit/{shops.pk}/",
        f"{LISTS}delete/{shops.pk}/",
        f"{LISTS}history/{shops.pk}/",
    ]
    posts = [*paths, f"{LISTS}{shops.pk}/exporteren/"]
    posts.append(f"{LISTS}{shops.pk}/verwijderen/{member.pk}/")
    for user in (manager_west, newsletter_editor, make_user("niemand")):
        client = login(user)
        for path in paths:
            assert is_denied(client.get(path)), (user, path)
        for path in posts:
            assert is_denied(client.post(path, {"version": "1"})), (user, path)
        assert "Winkeliers" not in client.get(LISTS, follow=True).content.decode()
    assert ListMember.objects.get() == member
    assert login(administrator).get(paths[0]).status_code == 200
    # What another user sent in is not mine to confirm, and a member of another list not to remove.
    assert (
        "bewaren wij niet meer"
        in login(administrator).get(waits.request["PATH_INFO"], follow=True).content.decode()
    )
    login(administrator).post(f"{LISTS}{of_all.pk}/verwijderen/{member.pk}/")
    assert ListMember.objects.get() == member
    for user, code in ((area_manager, 404), (newsletter_editor, 200), (administrator, 200)):
        assert login(user).get(f"{LISTS}{of_all.pk}/").status_code == code


def test_a_file_does_just_what_was_shown(manager, shops, area_manager):
    make.ListMemberFactory(address_list=shops, email="bekend@example.nl", name="Blijft zo")
    make.ListMemberFactory(address_list=shops, email="weg@example.nl", left=True)
    make.SuppressionFactory(email="nooit@example.nl")
    response = plan(
        manager,
        shops,
        ["Naam", "E-mailadres", "Telefoon", "Bron", "Toestemmingsdatum"],
        ["José Bakker", "Nieuw@Example.nl", "023", "markt", "3-11-2026"],
        ["Nog eens", "nieuw@example.nl", "", "markt", ""],
        ["", "bekend@example.nl", "", "", ""],
        ["", "WEG@example.nl", "", "markt", ""],
        ["", "nooit@example.nl", "", "markt", ""],
        [],
        ["", "geen adres", "", "markt", "31-31-2026"],
        ["", "", "", "markt", "2099-01-01"],
        ["=1+1", "'=som@example.nl", "", "markt", ""],
        consent_source="vereniging",
    )
    page = response.content.decode()
    assert shown(response) == {
        "new": 2,
        "known": 1,
        "double": 1,
        "left": 1,
        "suppressed": 1,
        "error": 2,
    }
    assert "bewaren wij niet: telefoon" in page
    assert "<td>8</td><td>geen adres</td>" in page  # as the spreadsheet counts
    assert "Vul een geldig e-mailadres in" in page
    assert "Schrijf hem als 31-12-2026" in page
    assert "Het e-mailadres ontbreekt. De datum van toestemming ligt in de toekomst." in page
    for outcome, address in (
        ("new", "nieuw@example.nl"),
        ("known", "bekend@example.nl"),
        ("left", "weg@example.nl"),
        ("suppressed", "nooit@example.nl"),
        ("double", "nieuw@example.nl"),
    ):
        part = manager.get(f"{response.request['PATH_INFO']}?soort={outcome}").content.decode()
        assert f"<td>{address}</td>" in part
    assert emails(shops) == ["bekend@example.nl"]  # nothing happened yet

    done = say_yes(manager, response)
    assert "2 adressen staan nu op de lijst" in done.content.decode()
    assert emails(shops) == ["=som@example.nl", "bekend@example.nl", "nieuw@example.nl"]
    new = shops.members.get(email="nieuw@example.nl")
    assert (new.name, new.consent_source, str(new.consent_date)) == (
        "José Bakker",
        "markt",
        "2026-11-03",
    )
    assert new.added_by == area_manager
    assert shops.members.get(email="bekend@example.nl").name == "Blijft zo"
    assert not ListImportRow.objects.exists()  # the file is forgotten at once

    # Once more: the same answer does nothing, and says so.
    again = manager.post(response.request["PATH_INFO"], {"version": "1"})
    assert "al verwerkt" in again.content.decode()
    assert shops.members.count() == 4

    # Out and in again changes nothing, and no cell is a formula.
    out = manager.post(f"{LISTS}{shops.pk}/exporteren/")
    content = out.getvalue()
    assert "attachment" in out["Content-Disposition"]
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == HEAD
    assert ["'=som@example.nl", "'=1+1", "markt", ""] in rows
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    assert shown(send_in(manager, shops, content)) == {"known": 3}


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "utf-8"), (",", "utf-8-sig"), ("\t", "cp1252"), (";", "utf-16"), ("xlsx", "")],
)
def test_files_come_from_every_spreadsheet(manager, shops, delimiter, encoding):
    rows = [
        HEAD,
        ["noël@example.nl", "", "markt", ""],
        ["a@example.nl", "Noël", "café", "2026-11-03"],
    ]
    if delimiter == "xlsx":
        content = as_xlsx(*rows)
    else:
        content = as_csv(*rows, delimiter=delimiter, encoding=encoding)
    response = send_in(manager, shops, content)
    assert shown(response) == {"new": 1, "error": 1}
    assert "bijzonder teken" in response.content.decode()
    say_yes(manager, response)
    member = shops.members.get()
    assert (member.name, member.consent_source) == ("Noël", "café")


def test_a_file_that_cannot_be_used_says_why(manager, shops, settings):
    settings.NEWSLETTER_LIST_MAX_ROWS = 3
    settings.NEWSLETTER_LIST_MAX_BYTES = 1024 * 1024
    good = ["a@example.nl", "", "markt", ""]
    for content, words in (
        (b"", "Dit bestand is leeg"),
        (b"\n;;\n", "Dit bestand is leeg"),
        (as_csv(good), "Op de eerste rij staan geen kolomnamen"),
        (as_csv(["naam"], ["Anna"]), "De kolom ‘e-mail’ ontbreekt"),
        (as_csv(["e-mail", "Email"], good), "Deze kolom staat er twee keer"),
        (as_csv(["e-mail"], ["a@example.nl"]), "Waar komt de toestemming vandaan?"),
        (as_csv(HEAD), "alleen kolomnamen"),
        (as_csv(HEAD, *[good] * 4), "heeft te veel rijen. Stuur er hoogstens 3"),
        (b"e-mail;bron\n" + b"x" * 1024 * 1024, "te groot. Het mag hoogstens 1 MB"),
        (b'e-mail;bron\n"a;b\n', "klopt een aanhalingsteken niet"),
        (b"e-mail\x00;bron\n", "geen tabel die wij kunnen lezen"),
        (b"PK\x03\x04 geen zip", "kunnen wij niet lezen"),
        (b"\xd0\xcf\x11\xe0 oud", "oud Excel-bestand"),
        (as_xlsx(HEAD, ["=1+1", "", "markt", ""]), "staat een formule"),
    ):
        response = send_in(manager, shops, content, consent_date="2026-11-02")
        assert words in response.content.decode(), (content[:30], words)
        assert "2026-11-02" in response.content.decode()
    assert "Kies het bestand" in manager.post(f"{LISTS}{shops.pk}/importeren/").content.decode()
    assert not ListImport.objects.exists()


def test_a_list_that_changed_meanwhile_shows_the_plan_again(manager, shops):
    rows = [HEAD, ["a@example.nl", "", "markt", ""], ["b@example.nl", "", "markt", ""]]
    first, second = plan(manager, shops, *rows), plan(manager, shops, *rows)
    make.SuppressionFactory(email="a@example.nl")
    response = say_yes(manager, first)
    assert "De lijst is intussen anders dan toen u keek" in response.content.decode()
    assert shown(response) == {"new": 1, "suppressed": 1}
    assert emails(shops) == []
    stale = manager.post(first.request["PATH_INFO"], {"version": "1"})  # another tab
    assert "intussen anders" in stale.content.decode()
    say_yes(manager, stale)
    assert emails(shops) == ["b@example.nl"]
    # The other file of the same moment: nothing is left to do.
    response = say_yes(manager, second)
    assert shown(response) == {"known": 1, "suppressed": 1}
    assert "Er komt niemand bij op de lijst" in response.content.decode()

    # Somebody has all data deleted while a file waits.
    third = plan(manager, shops, HEAD, ["c@example.nl", "", "markt", ""])
    services.forget(subscription=make.SubscriptionFactory(email="c@example.nl"))
    assert manager.post(third.request["PATH_INFO"], {"version": "1"}).status_code == 200
    assert emails(shops) == ["b@example.nl"]

    ListImport.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert purge_expired()["files of addresses"] == 3
    late = manager.get(third.request["PATH_INFO"], follow=True)
    assert "bewaren wij niet meer" in late.content.decode()


def test_queries_do_not_grow_with_the_rows_of_a_file(manager, shops):
    def counted(number, start):
        rows = [[f"rij{n}@example.nl", "", "markt", ""] for n in range(start, start + number)]
        with CaptureQueriesContext(connection) as sending:
            response = plan(manager, shops, HEAD, *rows)
        with CaptureQueriesContext(connection) as confirming:
            say_yes(manager, response)
        return len(sending), len(confirming)

    counted(1, 0)
    small, large = counted(5, 10), counted(1900, 100)
    inserts = 1 if connection.vendor == "postgresql" else 25  # SQLite takes fewer rows at a time
    assert large[0] - small[0] <= inserts + 1
    assert large[1] - small[1] <= 2 * inserts + 2
    assert shops.members.count() == 1906


def test_the_members_take_no_more_queries_for_more_of_them(
    manager, area_manager, shops, django_assert_num_queries
):
    def look(query="") -> int:
        with CaptureQueriesContext(connection) as queries:
            content = manager.get(f"{LISTS}{shops.pk}/{query}").content.decode()
        return len(queries), content

    make.many_members(2, address_list=shops)
    look()
    before, _content = look()
    make.many_members(70, address_list=shops, start=10)
    ListMember.objects.update(added_by=area_manager)
    make.SuppressionFactory(email="lid000011@example.nl", reason="bounced")
    after, content = look()
    assert after == before
    assert "72 adressen op de lijst" in content
    assert "lid000079@example.nl" not in content
    assert "lid000079@example.nl" in look("?p=2")[1]
    assert "Mail aan dit adres komt terug" in look("?stand=blocked")[1]
    found = look("?q=LID000013")[1]
    assert "lid000013@example.nl" in found
    assert "lid000014@example.nl" not in found
    assert "Er is niemand gevonden" in look("?q=%3Cscript%3E")[1]

    with CaptureQueriesContext(connection) as few:
        manager.get(LISTS)
    for number in range(4):
        make.many_members(
            3, address_list=make.AddressListFactory(area=shops.area), start=number * 9
        )
    with CaptureQueriesContext(connection) as many:
        manager.get(LISTS)
    assert len(many) == len(few)


def lists_of(email: str) -> list[dict]:
    """What the owner of an address is told about lists."""
    return [row for part in held(email) if part.key == "lijsten" for row in part.rows]


def test_personal_data_are_shown_and_end(shops, north):
    subscription = make.SubscriptionFactory(email="anna@example.nl", areas=[north])
    make.ListMemberFactory(address_list=shops, email="anna@example.nl", name="Anna")
    make.ListMemberFactory(address_list=shops, email="ander@example.nl")
    [about] = lists_of("anna@example.nl")
    assert (about["Lijst"], about["Naam"]) == ("Winkeliers", "Anna")
    assert about["Bron van toestemming"] == "formulier op de markt"
    services.forget(subscription=subscription)
    assert lists_of("anna@example.nl") == []
    # The block stays, or else the next file would bring the address back.
    assert Suppression.objects.get().email == "anna@example.nl"

    assert purge_expired(dry_run=True)["addresses on lists"] == 0
    AddressList.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    assert purge_expired(dry_run=True)["addresses on lists"] == 1
    assert AddressList.objects.exists()
    assert purge_expired()["lists of addresses"] == 1
    assert not ListMember.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"email": "Groot@example.nl"},
        {"email": "anna@example.nl"},
        {"email": "b@example.nl", "consent_source": ""},
        {"email": "b@example.nl", "state": "left"},
        {"email": "b@example.nl", "left_at": timezone.now()},
    ],
)
def test_the_database_keeps_a_list_sound(shops, values):
    make.ListMemberFactory(address_list=shops, email="anna@example.nl")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ListMemberFactory(address_list=shops, **values)
