"""The source of the mail: what mail programs support, in colours that can be read."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from django.conf import settings

from newsletters.rendering.newsletter import render_mail
from tests.factories import newsletters as make

from . import full
from .conftest import parts, send_now, tick
from .mail_source import Colors, contrast, properties, rules

pytestmark = pytest.mark.django_db
PROGRAMS = json.loads((Path(__file__).parent / "mail_programs.json").read_text(encoding="utf-8"))


@pytest.fixture
def soup(north):
    return BeautifulSoup(render_mail(full.edition(north)).html, "html.parser")


def test_the_list_of_features_says_where_it_comes_from_and_what_happens_elsewhere():
    assert "caniemail.com" in PROGRAMS["source"]
    assert "read on 2026-11-22" in PROGRAMS["source"]
    for kind in ("properties", "queries"):
        for name, facts in PROGRAMS[kind].items():
            assert {*facts["not_in"], *facts.get("partly_in", ())} <= set(PROGRAMS["programs"]), (
                name
            )
            assert not facts["not_in"] or facts["then"], name


def test_the_mail_uses_only_what_mail_programs_support(soup):
    assert {element.name for element in soup.find_all(True)} <= set(PROGRAMS["elements"])
    assert {name for e in soup.find_all(True) for name in e.attrs} <= set(PROGRAMS["attributes"])
    used = properties(soup)
    assert used <= set(PROGRAMS["properties"]), used - set(PROGRAMS["properties"])
    medias = {media for media, _selector, _values in rules(soup) if media}
    for media in medias:
        assert any(f"({query}" in media for query in PROGRAMS["queries"]), media
    values = " ".join(str(v) for _m, _s, declared in rules(soup) for v in declared.values())
    values += " ".join(element["style"] for element in soup.find_all(style=True))
    for unknown in ("var(", "calc(", "url(", "flex", "grid", "position"):
        assert unknown not in values, unknown
    # Comments for Outlook hold tables only.
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        assert "<script" not in comment
        assert "src=" not in comment
    assert len(str(soup).encode()) < 100_000  # Gmail cuts at 102 kB


def test_nothing_in_the_mail_watches_its_reader(soup, north):
    html = str(soup)
    pictures = soup.find_all("img")
    assert len(pictures) == 3  # the cover, the photo, the map
    for picture in pictures:
        assert picture["src"].startswith(f"{settings.BASE_URL}/media/")
        assert "?" not in picture["src"]
        assert int(picture["width"]) > 100  # no pixel
        assert int(picture["height"]) > 100
        assert picture["alt"]
    for link in soup.find_all("a"):
        assert link["href"].startswith((f"{settings.BASE_URL}/", "mailto:", "tel:", "@@gp-")), link
        assert "utm_" not in link["href"]
        assert len(link.get_text(strip=True)) > 3  # words that say where it leads
    assert "Wij meten niet of u deze mail opent" in html


def test_the_mail_has_a_language_an_order_of_headings_and_no_tables_of_data(soup):
    assert soup.html["lang"] == "nl"
    levels = [int(heading.name[1]) for heading in soup.find_all(["h1", "h2", "h3", "h4"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(table["role"] == "presentation" for table in soup.find_all("table"))
    for name in ("color-scheme", "supported-color-schemes"):
        assert soup.find("meta", {"name": name})["content"] == "light dark"
    first = soup.body.find(string=lambda text: text.strip() and type(text) is not Comment)
    assert first.strip() == "En: praat mee over de dijk"
    assert "display:none" in first.parent["style"].replace(" ", "")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read_in_both_colour_schemes(soup, dark):
    colors = Colors(soup, dark=dark)
    seen = set()
    for text in soup.body.find_all(string=lambda text: bool(text.strip())):
        if isinstance(text, Comment | Doctype) or "display:none" in text.parent.get("style", ""):
            continue
        pair = colors.of(text.parent)
        seen.add(pair)
        assert contrast(*pair) >= 4.5, f"{pair}: {text.strip()[:60]}"
    assert len(seen) >= 6  # text, muted text, links, a button, and other grounds
    grounds = {ground for _text, ground in seen}
    assert (max(contrast("#ffffff", ground) for ground in grounds) > 10) == dark


def test_both_parts_of_a_sent_mail_say_the_same(north, newsletter_editor, login, sink):
    make.SubscriptionFactory(email="bewoner@example.nl", areas=[north])
    edition = full.edition(north)
    send_now(login(newsletter_editor), edition)
    tick()
    message = sink.messages[0]
    plain, html = (part.replace("\r\n", "\n") for part in parts(message))
    soup = BeautifulSoup(html, "html.parser")
    words = " ".join(plain.split())
    for heading in soup.find_all(["h1", "h2", "h3"]):
        assert " ".join(heading.get_text().split()) in words, heading
    for link in soup.find_all("a"):
        if link["href"].startswith("http"):
            assert link["href"] in plain, link
    for line in plain.splitlines():
        assert len(line) <= 76 or line.strip().startswith("http"), line
    for left_over in ("<", "&amp;", "&nbsp;", "\xa0", "{{", "None", "@@"):
        assert left_over not in plain, left_over
    assert "\nLicht\n-----\n\nBij de school\n~~~~~~~~~~~~~\n" in plain
    assert "\n- Open tot: " in plain
    assert "\nVul de enquête in:\nhttp" in plain
    assert "\n1. Zebrapad, Marktplein\n   http" in plain  # the map, for who sees none
