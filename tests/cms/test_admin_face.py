"""The face of the admin: our name, plain Dutch, and only what an editor has use for."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from surveys.services import ensure_editor_group
from tests.conftest import PASSWORD
from tests.factories import pages as make

LOGIN = "/beheer/login/"


@pytest.fixture
def catalogue():
    """Our own Dutch texts of the admin, which script/test compiles."""
    if not (settings.LOCALE_PATHS[0] / "nl/LC_MESSAGES/django.mo").exists():
        pytest.skip("the Dutch catalogue is not compiled: run script/test, or msgfmt")


def visible_text(response) -> str:
    """What a person reads of a page, without scripts, styles and tags."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_log_in_carries_our_name_and_dutch_labels(client, db):
    response = client.get(LOGIN)
    html, text = response.content.decode(), visible_text(response)
    assert "Inloggen bij Gebiedsplein" in text
    assert "Wachtwoord" in text
    assert "Password" not in text
    assert "gp-logo__mark" in html
    assert "img/favicon.svg" in html
    assert "admin/brand.css" in html
    assert "icon-wagtail" not in html
    assert 'autocomplete="current-password"' in html
    assert "Wagtail" not in text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"username": "", "password": ""}, "Vul uw gebruikersnaam in."),
        ({"username": "beheerder", "password": ""}, "Vul uw wachtwoord in."),
        ({"username": "beheerder", "password": "fout"}, "horen niet bij elkaar"),
        ({"username": "niemand", "password": PASSWORD}, "horen niet bij elkaar"),
    ],
)
def test_wrong_log_in_says_what_to_do_in_dutch(client, administrator, data, message):
    response = client.post(LOGIN, data)
    assert response.status_code == 200
    assert message in visible_text(response)


def test_log_in_leads_to_the_first_page(client, area_manager):
    response = client.post(
        LOGIN, {"username": area_manager.username, "password": PASSWORD}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/beheer/"
    assert "Welkom bij Gebiedsplein" in visible_text(response)


def test_forgotten_password_sends_a_dutch_mail(catalogue, client, area_manager):
    page = client.get("/beheer/password_reset/")
    assert "Uw e-mailadres" in visible_text(page)
    response = client.post("/beheer/password_reset/", {"email": area_manager.email}, follow=True)
    assert "Als dit e-mailadres bij ons bekend is" in visible_text(response)
    (message,) = mail.outbox
    assert message.to == [area_manager.email]
    assert message.subject == "Nieuw wachtwoord voor Gebiedsplein"
    assert "Kies een nieuw wachtwoord" in message.body
    link = re.search(r"/beheer/password_reset/confirm/\S+", message.body)[0]
    assert client.get(link, follow=True).status_code == 200


def test_an_unknown_mail_address_gets_the_same_answer(catalogue, client, db):
    response = client.post("/beheer/password_reset/", {"email": "x@example.nl"}, follow=True)
    assert "Als dit e-mailadres bij ons bekend is" in visible_text(response)
    assert mail.outbox == []


def test_no_page_of_a_manager_shows_the_bird_or_speaks_to_je(catalogue, login, area_manager, north):
    agenda = make.AgendaPageFactory(parent=north)
    item = make.AgendaItemPageFactory(parent=agenda)
    manager = login(area_manager)
    for name, args in (
        ("wagtailadmin_home", []),
        ("wagtailadmin_explore", [agenda.pk]),
        ("wagtailadmin_pages:edit", [item.pk]),
        ("wagtailadmin_pages:add_subpage", [north.pk]),
        ("wagtailadmin_pages:delete", [item.pk]),
        ("wagtailadmin_pages:move", [item.pk]),
        ("wagtailadmin_pages:copy", [item.pk]),
        ("wagtailadmin_pages:unpublish", [item.pk]),
        ("wagtailadmin_account", []),
        ("wagtailimages:index", []),
        ("wagtaildocs:index", []),
    ):
        response = manager.get(reverse(name, args=args))
        assert response.status_code == 200, name
        assert "icon-wagtail" not in response.content.decode(), name
        assert not re.search(r"\b(je|jouw|jij)\b", visible_text(response), flags=re.I), name


def test_an_unknown_address_of_the_admin_is_a_dutch_page(catalogue, login, area_manager):
    response = login(area_manager).get("/beheer/bestaat-niet/")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in visible_text(response)
    assert "gp-logo__mark" in response.content.decode()


def test_scripts_of_the_admin_speak_our_dutch(catalogue, client, db):
    assert "Weet u het zeker?" in client.get("/beheer/jsi18n/").content.decode()


def test_menus_leave_the_machinery_to_administrators(login, area_manager, administrator):
    def menus(user):
        response = login(user).get("/beheer/")
        return re.search(
            r'<script id="wagtail-sidebar-props".*?</script>|"modules".*',
            response.content.decode(),
            flags=re.S,
        )[0]

    assert "page-types-usage" not in menus(area_manager)
    assert "page-types-usage" in menus(administrator)
    assert "site-history" in menus(area_manager)
    for user in (area_manager, administrator):
        assert "whats-new" not in menus(user)
        assert "editor-guide" not in menus(user)


def test_choice_of_a_new_page_explains_each_kind(login, area_manager, north):
    response = login(area_manager).get(reverse("wagtailadmin_pages:add_subpage", args=[north.pk]))
    text = visible_text(response)
    for kind in ("Gebiedsagenda", "Project", "Enquête", "Spreekuur", "Nieuwsbrief"):
        assert kind in text
    assert "Waar het gebied in een periode aan werkt" in text
    assert text.index("Gebiedsagenda") < text.index("Project") < text.index("Enquête")


def test_one_possible_kind_needs_no_choice(login, make_user, home, north):
    editor = login(make_user("enquetes", groups=[ensure_editor_group()]))
    response = editor.get(reverse("wagtailadmin_pages:add_subpage", args=[north.pk]))
    assert response.status_code == 302
    assert response["Location"] == reverse(
        "wagtailadmin_pages:add", args=["surveys", "surveypage", north.pk]
    )


def test_who_may_publish_finds_it_on_the_button(login, area_manager, north):
    item = make.AgendaItemPageFactory(parent=make.AgendaPageFactory(parent=north))
    page = login(area_manager).get(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    buttons = page.content.decode().rsplit("<footer", 1)[1]
    assert buttons.index("action-publish") < buttons.index("Concept")
    assert "action-submit" not in buttons


def test_dates_are_written_as_in_dutch_and_read_in_both_languages(login, area_manager, north):
    agenda = make.AgendaPageFactory(parent=north)
    manager = login(area_manager)
    address = reverse("wagtailadmin_pages:edit", args=[agenda.pk])
    assert 'value="01-01-2026"' in manager.get(address).content.decode()
    profile = UserProfile.get_for_user(area_manager)
    profile.preferred_language = "en"
    profile.save()
    response = manager.post(
        address,
        {
            "title": agenda.title,
            "slug": agenda.slug,
            "summary": "",
            "image": "",
            "period_start": "13-02-2026",
            "period_end": "31-12-2027",
            "intro": "null",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-publish": "1",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    agenda.refresh_from_db()
    assert agenda.period_start.isoformat() == "2026-02-13"
