"""The data of the municipality that an administrator fills in."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import SiteSettings


@pytest.mark.parametrize("address", ["/", "/toegankelijkheid/", "/zoeken/?q=fiets", "/kaart/"])
def test_reading_a_page_writes_nothing(client, home, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    writes = ("INSERT", "UPDATE", "DELETE")
    assert [query["sql"] for query in queries if query["sql"].startswith(writes)] == []


def test_first_and_second_save_show_on_the_site(home, login, administrator, client):
    address = reverse("wagtailsettings:edit", args=["cms", "sitesettings", home.get_site().pk])
    admin = login(administrator)
    for phone in ("0900-1000", "0900-2000"):
        values = {
            "organisation_name": "Gemeente Voorbeeld",
            "phone": phone,
            "whatsapp": "",
            "email": "",
            "desk_address": "",
            "desk_hours": "",
            "answer_term_days": 10,
            "silent_weeks": 13,
            "signal_term_days": 10,
            "signal_extension_days": 10,
            "signal_reminder_days": 3,
            "signal_reopen_days": 20,
            "security_contact": "veilig@example.nl",
            "footer_text": "null",
        }
        assert admin.get(address).status_code == 200
        assert admin.post(address, values).status_code == 302
        shown = client.get("/").content.decode()
        assert phone in shown
        assert "Gemeente Voorbeeld" in shown
    assert SiteSettings.objects.count() == 1


@pytest.fixture
def cache_away(settings):
    """A shared cache at which nobody answers."""
    settings.CACHES = {
        "default": {
            "BACKEND": "cms.caches.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/1",
        }
    }


def test_site_goes_on_without_the_shared_cache(client, areas, cache_away):
    for address in ("/", "/haarlemmermeer-noord/", "/zoeken/?q=fiets", "/kaart/"):
        assert client.get(address).status_code == 200, address
    response = client.post("/nieuwsbrieven/aanmelden/", {"email": "ik@example.nl"})
    assert response.status_code in {200, 302, 422}


def test_private_files_inside_the_public_folder_are_refused(settings):
    settings.PRIVATE_MEDIA_ROOT = f"{settings.MEDIA_ROOT}/prive"
    with pytest.raises(SystemCheckError, match="PRIVATE_MEDIA_ROOT"):
        call_command("check")
