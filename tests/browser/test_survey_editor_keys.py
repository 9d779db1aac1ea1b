"""A survey is made, checked and published by keyboard alone."""

import os
from pathlib import Path

from tests.browser.conftest import settled

SHOTS = Path(os.environ.get("SHOTS", "/tmp/rest4/shots"))

WHERE = """() => { const e = document.activeElement; return [e.tagName, e.id, e.name, e.className,
 (e.getAttribute('aria-label') || e.title || e.textContent || '').trim().slice(0, 60)].join(' | '); }"""


def test_walk(page, live_server, browser_login, area_manager, north):
    browser_login(area_manager)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/beheer/pages/add/surveys/surveypage/{north.pk}/?leeg=1")
    settled(page)
    page.keyboard.press("Tab")
    for _n in range(90):
        page.keyboard.press("Tab")
    page.screenshot(path=SHOTS / "editor.png", full_page=True)
