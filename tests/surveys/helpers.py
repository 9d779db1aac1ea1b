"""What the tests of surveys share: reading a page and filling in its form as a browser does."""

import json
import re
from html import unescape
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from tests.factories import surveys as make


class FormReader(HTMLParser):
    """Names and values of all fields of the survey form on a page, as a browser sends them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.action = ""
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html.replace("\r\n", "\n"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and given.get("method") == "post":
            self._inside, self.action = True, given.get("action", "")
        if not self._inside:
            return
        name = given.get("name")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in given:
                self.fields.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.fields[name] = [""]
        elif tag == "select":
            self._select = name
            self.fields[name] = [""]
        elif tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = [given.get("value", "")]

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            if self._area is not None:
                # HTML drops one line end right after <textarea>.
                self.fields[self._area][0] = self.fields[self._area][0].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area is not None:
            self.fields[self._area][0] += data


def form_on(response) -> FormReader:
    """The form on a page that the client got."""
    return FormReader(response.content.decode())


def field(question_id: str, part: str = "") -> str:
    """Name of the field of a question."""
    return f"v-{question_id}" + (f"-{part}" if part else "")


def full_answers() -> dict:
    """A valid answer to each of `make.all_questions`."""
    return {
        field(make.ONE): make.BIKE,
        field(make.SEVERAL): [make.SHADE, make.WATER],
        field(make.SCALE): "4",
        field(make.POINT, "lat"): "52.340000",
        field(make.POINT, "lon"): "4.800000",
        field(make.POINT, "tekst"): "Bij de brug",
        field(make.SHORT): "Dorpsstraat",
        field(make.LONG): "Maak er meer groen.\r\nEn een bankje.",
    }


def send(client: Client, survey, answers: dict, **extra):
    """Post answers to a survey."""
    return client.post(reverse("survey_submit", args=[survey.pk]), answers | extra)


def says(response, message: str) -> bool:
    """Whether the admin shows a message, also in the JSON from which it draws a StreamField."""
    html = unescape(response.content.decode())
    return message in html or json.dumps(message)[1:-1] in html


def text_of(response) -> str:
    """The words on a page, without tags."""
    html = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
