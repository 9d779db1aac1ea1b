"""Fixtures of projects, office hours and figures; today is a fixed day where a test says so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.factories import participation as make

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def on_day(monkeypatch):
    """Sets the clock that Django gives: on_day("2026-11-24 09:00") in Amsterdam."""

    def set_clock(text: str) -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_clock


@pytest.fixture
def soup(client):
    """Gets an address and parses the page; the status must be 200 unless told."""

    def get(address: str, data=None, *, status: int = 200, by=None) -> BeautifulSoup:
        response = (by or client).get(address, data or {})
        assert response.status_code == status
        return BeautifulSoup(response.content, "html.parser")

    return get


@pytest.fixture
def project(north):
    return make.ProjectPageFactory(parent=north, title="Brug over de Ringvaart", slug="brug")


@pytest.fixture
def office_hour(north):
    return make.OfficeHourPageFactory(parent=north, title="Spreekuur op de markt", slug="markt")
