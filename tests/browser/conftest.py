"""A real Chromium against a live server, that may talk to nobody but that server."""

import base64
import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection, connections

# Playwright's event loop runs in the thread of the test, where Django then refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = "/usr/bin/chromium-headless-shell"
WIDTHS = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}
OUTSIDE = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost)[:/])")
TILES = re.compile(r"^https://service\.pdok\.nl/.*\.(png|jpeg)$")
# Wagtail saves a draft while one types, and answers 400 as long as it is not complete.
AUTOSAVE = re.compile(r"/beheer/.+/(add|edit)/")
MOTION_IS_OVER = """async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    // What a script shows begins to move a frame later.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moving = document.getAnimations().filter(
      (motion) => motion.playState === "running"
        && motion.effect?.getComputedTiming().endTime !== Infinity
    );
    if (!moving.length) return;
    await Promise.allSettled(moving.map((motion) => motion.finished));
  }
}"""
GREY_TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTI1ogAAAABJRU5ErkJggg=="
)


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test on a database that a server can see."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def playwright(django_db_setup, playwright):
    """Playwright, started after the database.

    While its event loop runs, Django hands this thread another connection object, which has to
    know as well that Django itself need not restore rows after each test.
    """
    connection._test_serialized_contents = "[]"
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}: install Debian's {Path(CHROMIUM).name} for the browser tests")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nl-NL", "viewport": WIDTHS["desktop"]}


@pytest.fixture
def complaints():
    """What the browser complained about: console errors, exceptions, requests to outsiders.

    A test that makes the browser complain on purpose clears the list when it is done.
    """
    return []


@pytest.fixture
def context(context, complaints):
    """A browser context in which tiles are grey and every other outsider is a failure."""

    def refuse(route):
        if TILES.match(route.request.url):
            route.fulfill(body=GREY_TILE, content_type="image/png")
            return
        complaints.append(f"request to an outsider: {route.request.url}")
        route.abort()

    def note(message):
        address = message.location.get("url", "")
        if message.type != "error" or (
            "status of 400" in message.text and AUTOSAVE.search(address)
        ):
            return
        complaints.append(f"console: {message.text} ({address})")

    context.set_default_timeout(10_000)
    context.route(OUTSIDE, refuse)
    context.on("console", note)
    context.on("weberror", lambda error: complaints.append(f"exception: {error.error}"))
    yield context
    assert complaints == []


@pytest.fixture
def browser_login(context, live_server, login):
    """Logs a user in, in this browser, without the log-in form."""

    def log_in(user):
        session = login(user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])

    return log_in


@pytest.fixture
def assert_accessible():
    """Fails with axe's own report where a page breaks WCAG 2.2 A or AA, or a best practice."""

    def check(page, context=None):
        # Wagtail's scripts mark the body when they stand; then its messages fade in.
        if page.locator("body[data-w-init-ready-class]").count():
            page.locator("body.ready").wait_for(state="attached")
        page.evaluate(MOTION_IS_OVER)  # halfway a fade the contrast is another one
        results = Axe().run(page, context=context)
        assert results.violations_count == 0, results.generate_report()

    return check
