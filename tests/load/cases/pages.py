"""Public pages, as a visitor without a session gets them."""

from tests.load.case import Load, case
from tests.load.urls import TRIVIAL

PAGE_AIM = 0.6


@case("trivial-in-site")
def trivial_in_site(content, browser):
    """The trivial view behind the site's own middleware: what that middleware costs."""
    return Load(f"/{TRIVIAL}")


@case("home", aim=PAGE_AIM)
def home(content, browser):
    return Load("/", check=lambda answer: contains(answer, content["home"]))


@case("area", aim=PAGE_AIM)
def area(content, browser):
    return Load(content["area_url"], check=lambda answer: contains(answer, content["area"]))


@case("map-list", aim=PAGE_AIM)
def map_list(content, browser):
    return Load("/kaart/", check=lambda answer: contains(answer, "kaartlijst"))


@case("project", aim=PAGE_AIM)
def project(content, browser):
    return Load(content["project_url"], check=lambda answer: contains(answer, content["project"]))


def contains(answer, text: str) -> None:
    assert text in answer.text, f"the page does not say {text!r}"
