"""Services in figures: table, lines, the file, and what an editor may type."""

import csv
import io
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from participation.figures.models import FiguresPage
from tests.factories import participation as make


@pytest.fixture
def figures(home):
    page = make.FiguresPageFactory(parent=home, notes="<p>Veel paspoorten liepen af.</p>")
    make.IndicatorFactory(page=page, note="Door de piek in paspoorten.", source="Jaarverslag")
    make.IndicatorFactory(
        page=page,
        name="Bereikbaarheid",
        unit="procent",
        decimals=1,
        values=make.yearly(y2022="90.5", y2024="96.2"),
    )
    return page


def cells(row) -> list[str]:
    return [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]


def test_table_shows_numbers_as_dutch_people_write_them(soup, figures):
    page = soup("/cijfers/")
    table = page.select_one("#alle-cijfers-titel").find_parent("table")
    assert [cells(row) for row in table.find_all("tr")] == [
        ["Wat", "2022", "2023", "2024"],
        ["Bezoeken aan de balie", "66.000", "67.500", "99.000"],
        ["Bereikbaarheid", "90,5%", "–", "96,2%"],
    ]
    text = page.find("main").get_text(" ")
    for part in ("Veel paspoorten liepen af.", "Door de piek in paspoorten.", "Jaarverslag"):
        assert part in text


def test_each_line_has_the_same_numbers_in_a_table_beside_it(soup, figures):
    page = soup("/cijfers/")
    charts = page.select("svg[role=img]")
    assert len(charts) == 2
    for chart in charts:
        names = chart["aria-labelledby"].split()
        assert [chart.find(id=name).name for name in names] == ["title", "desc"]
        item = chart.find_parent("li")
        in_table = [cells(row)[1] for row in item.select("tbody tr")]
        assert [value.get_text() for value in chart.select(".gp-chart__value")] == in_table
    assert "Van 66.000 in 2022 naar 99.000 in 2024." in charts[0].find("desc").get_text()


def test_line_goes_up_where_the_numbers_go_up_and_years_keep_their_distance(soup, home):
    page = make.FiguresPageFactory(parent=home)
    make.IndicatorFactory(page=page, values=make.yearly(y2020="10", y2021="20", y2024="15"))
    dots = soup("/cijfers/").select(".gp-chart__dot")
    xs, ys = ([float(dot[name]) for dot in dots] for name in ("cx", "cy"))
    assert (xs[1] - xs[0]) * 3 == pytest.approx(xs[2] - xs[1], abs=0.2)
    assert ys[1] < ys[2] < ys[0]


@pytest.mark.parametrize(
    "values",
    [
        {"y2020": "0", "y2021": "0"},
        {"y2020": "-5.25", "y2021": "7"},
        {"y2020": "1000000000000", "y2021": "999999999999"},
        {"y2020": "0.01", "y2021": "0.02"},
        {f"y{year}": str(year) for year in range(1990, 2026)},
    ],
)
def test_line_stays_within_its_frame(soup, home, values):
    page = make.FiguresPageFactory(parent=home)
    make.IndicatorFactory(page=page, decimals=2, values=make.yearly(**values))
    chart = soup("/cijfers/").select_one("svg[role=img]")
    width, height = (float(number) for number in chart["viewbox"].split()[2:])
    numbers = re.findall(r"[-\d.]+", chart.select_one(".gp-chart__line")["d"])
    assert all(0 <= float(x) <= width for x in numbers[::2])
    assert all(0 <= float(y) <= height for y in numbers[1::2])


def test_indicator_of_one_year_has_a_table_and_no_line(soup, home):
    page = make.FiguresPageFactory(parent=home)
    make.IndicatorFactory(page=page, values=make.yearly(y2024="7"))
    make.IndicatorFactory(page=page, name="Zonder waarden", values=[])
    shown = soup("/cijfers/")
    assert not shown.select("svg[role=img]")
    assert "Zonder waarden" not in shown.get_text()


def test_line_that_does_not_start_at_zero_says_so(soup, figures):
    items = soup("/cijfers/").select("svg[role=img]")
    told = ["begint niet bij 0" in item.find_parent("div").get_text() for item in items]
    assert told == [False, True]


def test_file_holds_every_value_and_no_formula(client, home):
    page = make.FiguresPageFactory(parent=home)
    make.IndicatorFactory(page=page, name="=1+1", note="@cmd", source='a;"b"\nc')
    make.IndicatorFactory(
        page=page,
        name="Bereikbaarheid",
        unit="procent",
        decimals=1,
        values=make.yearly(y2024="-96.2"),
    )
    response = client.get("/cijfers/cijfers.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="cijfers.csv"' in response["Content-Disposition"]
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows == [
        ["Cijfer", "Eenheid", "Jaar", "Waarde", "Toelichting", "Bron"],
        ["'=1+1", "aantal", "2022", "66000", "'@cmd", 'a;"b"\nc'],
        ["'=1+1", "aantal", "2023", "67500", "'@cmd", 'a;"b"\nc'],
        ["'=1+1", "aantal", "2024", "99000", "'@cmd", 'a;"b"\nc'],
        ["Bereikbaarheid", "procent", "2024", "-96,2", "", ""],
    ]


def test_address_in_the_footer_leads_to_the_page_wherever_it_is(client, home):
    assert "Er zijn nog geen cijfers" in client.get("/cijfers/").content.decode()
    assert client.get("/cijfers/cijfers.csv").status_code == 404
    make.FiguresPageFactory(parent=home, slug="hoe-doen-wij-het")
    response = client.get("/cijfers/")
    assert response.status_code == 302
    assert response["Location"] == "/hoe-doen-wij-het/"
    assert client.get("/en/cijfers/")["Location"] == "/en/hoe-doen-wij-het/"
    footer = client.get("/").content.decode()
    assert 'href="/cijfers/"' in footer


def test_queries_stay_the_same_with_many_indicators(client, figures, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        client.get("/cijfers/")
    for number in range(30):
        make.IndicatorFactory(page=figures, name=f"Cijfer {number}")
    with django_assert_max_num_queries(len(few)):
        client.get("/cijfers/")


def test_database_refuses_three_decimals(figures):
    with pytest.raises(IntegrityError), transaction.atomic():
        figures.indicators.update(decimals=3)


def form_data(*years, **changes):
    """What the editor's form sends, for one indicator with (year, value) rows."""
    values = [("value", {"year": year, "value": value}) for year, value in years]
    indicator = {
        "name": "Telefoontjes",
        "unit": "aantal",
        "decimals": "0",
        "values": streamfield(values),
        "note": "",
        "source": "",
        "ORDER": "1",
    }
    return nested_form_data(
        {
            "title": "Cijfers",
            "slug": "cijfers",
            "summary": "",
            "intro": rich_text(""),
            "notes": rich_text(""),
            "indicators": inline_formset([indicator | changes]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )


def test_editor_fills_in_figures(client, login, administrator, home):
    add = reverse("wagtailadmin_pages:add", args=["figures", "figurespage", home.pk])
    login(administrator).post(add, form_data(("2023", "12.5"), ("2022", "10")))
    page = FiguresPage.objects.get()
    assert [(year, str(value)) for year, value in page.indicators.get().points] == [
        (2022, "10"),
        (2023, "12.5"),
    ]


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ([("2022", "1"), ("2022", "2")], "Dit jaar staat er al."),
        ([("1066", "1")], "1990"),
        ([("2022", "veel")], "Voer een getal in."),
        ([("2022", "NaN")], "Voer een getal in."),
        ([("2022", "1e400")], ""),
        ([("2022", "1.234")], ""),
        ([("abc", "1")], "geheel getal"),
    ],
)
def test_wrong_values_are_refused_and_stay_in_the_form(login, administrator, home, years, message):
    add = reverse("wagtailadmin_pages:add", args=["figures", "figurespage", home.pk])
    response = login(administrator).post(add, form_data(*years))
    assert response.status_code == 200
    text = response.content.decode()
    assert message in text
    assert all(value in text for pair in years for value in pair)
    assert not FiguresPage.objects.exists()


def test_there_is_one_page_of_figures(login, administrator, home, figures):
    add = reverse("wagtailadmin_pages:add", args=["figures", "figurespage", home.pk])
    login(administrator).post(add, form_data(("2022", "1")))
    assert FiguresPage.objects.count() == 1
