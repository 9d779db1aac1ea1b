"""A real Chromium against a live server, that may talk to nobody but that server."""

import base64
import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection, connections

# Playwright's event loop runs in the thread of the test, where Django then refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = "/usr/bin/chromium-headless-shell"
ALL_RULES = {"resultTypes": ["violations"]}
NO_CONTRAST = ALL_RULES | {"rules": {"color-contrast": {"enabled": False}}}
WIDTHS = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
OUTSIDE = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost)[:/])")
TILES = re.compile(r"^https://service\.pdok\.nl/.*\.(png|jpeg)$")
# The browser knows no address but this machine's. Handling each request ("routing") would do too,
# but then Chromium keeps no script or style for the next page: half as much work again on each.
NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
# Pages live for a second or two: making their scripts faster takes longer than it saves.
QUICK_START = "--js-flags=--no-opt"
# Wagtail saves a draft while one types, and answers 400 as long as it is not complete.
AUTOSAVE = re.compile(r"/beheer/.+/(add|edit)/")
# Counts what scripts ask of the server and still wait for, in every document from its start.
COUNT_REQUESTS = """(() => {
  window.gpTestWaiting = 0;
  const count = (owner, name) => {
    const own = owner[name];
    owner[name] = function (...given) {
      const promise = own.apply(this, given);
      const done = () => { window.gpTestWaiting -= 1; };
      window.gpTestWaiting += 1;
      promise.then(done, done);
      return promise;
    };
  };
  count(window, "fetch");
  for (const read of ["json", "text", "blob", "arrayBuffer", "formData"]) {
    count(Response.prototype, read);
  }
})()"""
# Modules and deferred scripts run before `load`: what a page asks for by itself is asked by then.
NOTHING_IS_ASKED = """async () => {
  if (document.readyState !== "complete") {
    await new Promise((done) => window.addEventListener("load", done, { once: true }));
  }
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const end = performance.now() + 10_000;
  for (let quiet = 0; quiet < 2; quiet = window.gpTestWaiting ? 0 : quiet + 1) {
    await frame();
    if (performance.now() > end) throw new Error(`${location} still waits for its server`);
  }
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
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
        "args": ["--no-sandbox", "--disable-dev-shm-usage", NOBODY_ELSE, QUICK_START],
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
    """A browser context in which a request to any outsider fails, and is a failure."""

    def refused(request):
        if OUTSIDE.match(request.url):
            complaints.append(f"request to an outsider: {request.url}")

    def note(message):
        address = message.location.get("url", "")
        if message.type != "error" or (
            "status of 400" in message.text and AUTOSAVE.search(address)
        ):
            return
        complaints.append(f"console: {message.text} ({address})")

    context.set_default_timeout(10_000)
    context.add_init_script(COUNT_REQUESTS)
    context.on("requestfailed", refused)
    context.on("console", note)
    context.on("weberror", lambda error: complaints.append(f"exception: {error.error}"))
    yield context
    assert complaints == []


@pytest.fixture
def grey_tiles(context):
    """Gives maps grey tiles, as if their server answered."""
    context.route(TILES, lambda route: route.fulfill(body=GREY_TILE, content_type="image/png"))


@pytest.fixture
def browser_login(context, live_server, login):
    """Logs a user in, in this browser, without the log-in form."""

    def log_in(user):
        session = login(user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])

    return log_in


def settled(page):
    """Wait until the page is whole: loaded, and its scripts have all they asked of the server.

    In place of Playwright's "networkidle", which is half a second of silence on every page.
    """
    page.evaluate(NOTHING_IS_ASKED)
    # Wagtail's scripts mark the body when they stand; then its messages fade in.
    if page.locator("body[data-w-init-ready-class]").count():
        page.locator("body.ready").wait_for(state="attached")
    page.evaluate(MOTION_IS_OVER)  # halfway a fade the contrast is another one


def fits(page) -> bool:
    """Whether nothing sticks out sideways."""
    return page.evaluate(OVERFLOW) <= 0


def has_map(page) -> bool:
    """Whether the page, loaded, holds a map: that fits what it shows only once, at load."""
    return page.locator("[data-map-config]").count() > 0


@pytest.fixture(scope="session")
def run_axe():
    """Runs axe with all its rules, and sends its half megabyte to a document only once."""
    # Wagtail has an axe of its own, so that the name alone does not say whose it is.
    sending = Axe(f"{AXE_SCRIPT}; window.gpTestAxe = window.axe;")
    sent = Axe("null")

    def run(page, context=None, options=ALL_RULES):
        there = page.evaluate("Boolean(window.axe) && window.axe === window.gpTestAxe")
        return (sent if there else sending).run(page, context=context, options=options)

    return run


@pytest.fixture
def assert_accessible(run_axe):
    """Fails with axe's own report where a page breaks WCAG 2.2 A or AA, or a best practice."""

    def check(page, context=None, *, options=ALL_RULES):
        settled(page)
        results = run_axe(page, context, options)
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def assert_sound(page, assert_accessible):
    """Fails where a page, as it stands, is not accessible or sticks out, on a phone and a desk.

    The test begins at the phone's width and each check ends there, so that every page loads as on
    a phone and is enlarged. With `reload` it is loaded again for the desk: for what decides by
    width at load, as a map does (`has_map`). With `schemes` the same in each of these colour
    schemes, of which the first stays. `widths` are others than the usual two, narrowest first.
    Contrast, which is more than half of axe's work, is measured at the widest, where most shows.
    """
    page.set_viewport_size(WIDTHS["phone"])

    def check(page, context=None, *, reload=False, schemes=(None,), widths=WIDTHS):
        sizes = list(widths.values())
        narrowest, widest = sizes[0], sizes[-1]
        for width, size in widths.items():
            page.set_viewport_size(size)
            if reload and size is not narrowest:
                page.reload()
            for scheme in schemes:
                if scheme:
                    page.emulate_media(color_scheme=scheme)
                where = f"{page.url} at {width}{f', {scheme}' if scheme else ''}"
                try:
                    assert_accessible(
                        page, context, options=ALL_RULES if size is widest else NO_CONTRAST
                    )
                except AssertionError as error:
                    raise AssertionError(f"{where}: {error}") from None
                overflow = page.evaluate(OVERFLOW)
                assert overflow <= 0, f"{where} sticks out sideways by {overflow} px"
        page.set_viewport_size(narrowest)
        if schemes[0]:
            page.emulate_media(color_scheme=schemes[0])

    return check
