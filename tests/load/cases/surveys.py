"""A survey of twelve questions: the page with its form, and sending the answers."""

from bs4 import BeautifulSoup

from tests.load.case import Load, case


def shown_form(content, browser):
    """The form element of the survey, as a browser gets it."""
    page = BeautifulSoup(browser.get(content["survey_url"]).text, "html.parser")
    return next(form for form in page("form") if form.get("method", "").lower() == "post")


@case("survey-form", aim=0.6)
def survey_form(content, browser):
    """The page with the form, with a CSRF token of every visitor's own."""

    def check(answer):
        assert 'name="csrfmiddlewaretoken"' in answer.text

    return Load(content["survey_url"], check=check)


@case("survey-answer", aim=0.08)
def survey_answer(content, browser):
    """Twelve answers of visitors who were never here, each with a CSRF token of their own."""
    from surveys.models import Response

    form = shown_form(content, browser)
    # The browser told of the first answer before (`geteld`), in a request of its own.
    fields = [
        (field["name"], "1" if field["name"] == "geteld" else field.get("value", ""))
        for field in form("input", type="hidden")
        if field.get("name")
    ]
    known = {name for name, _ in fields}
    questions = 0
    for field in form(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or name in known or not name.startswith("v-"):
            continue
        if field.name == "input" and field["type"] in ("radio", "checkbox"):
            fields.append((name, field["value"]))
        elif field.name == "input" and field["type"] in ("text", "number"):
            fields.append((name, "Dorpsstraat"))
        elif field.name == "textarea":
            # Nobody writes the same: very many equal answers are marked, which takes longer.
            fields.append((name, "Maak er meer groen, met banken in de schaduw. %TOKEN%"))
        else:
            continue
        known.add(name)
        questions += 1
    assert questions == content["survey_questions"], f"{questions} questions in the form"

    def check(answer):
        assert answer.status == 302, f"status {answer.status}"
        assert answer.headers["location"].endswith("/bedankt/")

    return Load(form["action"], fields=fields, check=check, count=Response.objects.count)
