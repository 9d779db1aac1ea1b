"""`manage.py import_areas`: real and broken files, and areas that keep their pages."""

import json
from datetime import timedelta
from io import StringIO

import geopandas
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from shapely.geometry import LineString, Point, Polygon, box

from areas.agenda.models import AgendaItemPage
from areas.models import AreaPage, Place
from tests.factories import pages as make

CODES = [
    "haarlemmermeer-noord",
    "haarlemmermeer-west",
    "haarlemmermeer-zuidoost",
    "hoofddorp-centrum",
    "hoofddorp-zuidwest",
    "nieuw-vennep",
]


def run(file, **options):
    """Run the command as a script does and give what it said."""
    out = StringIO()
    call_command("import_areas", str(file), stdout=out, **options)
    return out.getvalue()


def refused(file, **options):
    """Run the command, see it refuse and change nothing, and give the reason."""
    before = list(AreaPage.objects.order_by("pk").values("pk", "title", "geometry"))
    with pytest.raises(CommandError) as refusal:
        run(file, **{"code_field": "code", **options})
    assert list(AreaPage.objects.order_by("pk").values("pk", "title", "geometry")) == before
    reason = str(refusal.value)
    assert reason.endswith("Er is niets veranderd.")
    return reason


def squares(**columns):
    """Two neighbouring squares of Noord and West, of about 7 by 11 km."""
    return geopandas.GeoDataFrame(
        {
            "code": ["haarlemmermeer-noord", "haarlemmermeer-west"],
            "name": ["Noord", "West"],
            **columns,
        },
        geometry=[box(4.6, 52.3, 4.7, 52.4), box(4.7, 52.3, 4.8, 52.4)],
        crs="EPSG:4326",
    )


@pytest.fixture
def write(tmp_path):
    """Writes a GeoDataFrame to a file with this name and gives its path."""

    def write_one(frame, name="grenzen.geojson", **options):
        path = tmp_path / name
        frame.to_file(path, **options)
        return path

    return write_one


@pytest.mark.shared
def test_real_areas_keep_their_pages(areas, shared):
    identities = dict(AreaPage.objects.values_list("code", "pk"))
    said = run(shared / "geodata/gebieden_kandidaat.geojson", name_field="id", code_field="id")

    assert "verandert   Haarlemmermeer-Noord: 48,53 km²" in said
    assert "weggelaten  schiphol-onzeker: 22,73 km²" in said
    assert "Klaar. Grenzen veranderd: 6. Gebieden gemaakt: 0." in said
    assert dict(AreaPage.objects.values_list("code", "pk")) == identities
    for area in AreaPage.objects.all():
        assert area.title == areas[area.code].title
        assert (area.geometry.geom_type, area.geometry.srid) == ("MultiPolygon", 4326)
        assert area.geometry.valid
    north = AreaPage.objects.get(code="haarlemmermeer-noord")
    assert north.geometry.transform(28992, clone=True).area == pytest.approx(48.53e6, rel=1e-3)


@pytest.mark.shared
def test_real_neighbourhoods_dissolve_into_the_same_areas(areas, shared):
    geodata = shared / "geodata"
    run(geodata / "gebieden_kandidaat.geojson", code_field="id")
    before = {area.code: area.geometry for area in AreaPage.objects.all()}
    said = run(
        geodata / "buurten_simplified8m.geojson",
        name_field="name",
        code_field="code",
        dissolve_by="gebied_kandidaat",
    )
    assert "weggelaten  schiphol-onzeker" in said
    for area in AreaPage.objects.all():
        difference = area.geometry.sym_difference(before[area.code])
        difference.srid = 4326
        assert difference.transform(28992, clone=True).area < 1000


@pytest.mark.shared
def test_real_merge_adds_schiphol_to_north(areas, shared):
    said = run(
        shared / "geodata/buurten_simplified8m.geojson",
        dissolve_by="gebied_kandidaat",
        merge=["schiphol-onzeker=haarlemmermeer-noord"],
    )
    assert "verandert   Haarlemmermeer-Noord: 71,26 km²" in said
    assert "weggelaten" not in said


@pytest.mark.shared
def test_real_file_with_a_double_code_is_refused_by_name(areas, shared):
    reason = refused(shared / "geodata/buurten_BU0394_BU0393_wof.geojson", name_field="name")
    assert (
        "De code BU03941663 staat 2 keer in het bestand: ‘Schiphol’ (BU03941663, rij 2)" in reason
    )


@pytest.mark.shared
def test_real_districts_can_become_new_areas(home, shared):
    said = run(
        shared / "geodata/wijken_WK0394_2022_tmap.geojson",
        code_field="code",
        name_field="name",
        create=True,
    )
    assert "Gebieden gemaakt: 18." in said
    area = AreaPage.objects.get(code="wk039420")
    assert (area.title, area.live, area.manager_group is not None) == ("Spaarndam", True, True)


def test_dry_run_shows_and_changes_nothing(areas, write):
    before = list(AreaPage.objects.order_by("pk").values("pk", "geometry"))
    said = run(write(squares()), code_field="code", dry_run=True)
    assert "verandert   Haarlemmermeer-Noord" in said
    assert "ongewijzigd Nieuw-Vennep: staat niet in het bestand" in said
    assert "Niets veranderd: dit was alleen om te kijken." in said
    assert list(AreaPage.objects.order_by("pk").values("pk", "geometry")) == before


def test_second_import_of_the_same_file_changes_nothing(areas, write):
    file = write(squares())
    run(file, code_field="code")
    revisions = areas["haarlemmermeer-noord"].revisions.count()
    said = run(file, code_field="code")
    assert "blijft      Haarlemmermeer-Noord" in said
    assert "Er verandert niets." in said
    assert areas["haarlemmermeer-noord"].revisions.count() == revisions


@pytest.mark.one_database
@pytest.mark.parametrize("answer", ["nee", "", "ja"])
def test_terminal_is_asked_first(areas, write, monkeypatch, answer):
    monkeypatch.setattr(
        "sys.stdin", type("Terminal", (StringIO,), {"isatty": lambda self: True})(answer + "\n")
    )
    said = run(write(squares()), code_field="code")
    assert ("Niets veranderd." in said) is (answer != "ja")
    assert ("Grenzen veranderd: 2." in said) is (answer == "ja")


@pytest.mark.parametrize("name", ["grenzen.gpkg", "grenzen.shp", "grenzen.fgb", "grenzen.gml"])
def test_other_formats_and_coordinates_give_the_same_boundary(areas, write, name):
    run(write(squares().to_crs("EPSG:28992"), name), code_field="code")
    stored = AreaPage.objects.get(code="haarlemmermeer-noord").geometry
    assert stored.extent == pytest.approx((4.6, 52.3, 4.7, 52.4), abs=1e-5)


def test_heights_are_dropped(areas, write):
    frame = squares()
    frame["geometry"] = shapely.force_3d(frame.geometry, 4.0)
    run(write(frame), code_field="code")
    assert not AreaPage.objects.get(code="haarlemmermeer-noord").geometry.hasz


def test_area_is_found_by_its_title_too(areas, write):
    file = write(squares(code=["A1", "A2"], name=["haarlemmermeer-NOORD", "Ergens anders"]))
    said = run(file, code_field="code", name_field="name")
    assert "verandert   Haarlemmermeer-Noord" in said
    assert "weggelaten  A2" in said


def test_codes_that_are_numbers_are_read_as_whole_numbers(areas, write):
    said = run(write(squares(code=[1.0, 2.0])), code_field="code")
    assert "weggelaten  1:" in said


def test_placed_things_get_their_new_area(areas, write):
    north, west = areas["haarlemmermeer-noord"], areas["haarlemmermeer-west"]
    agenda = make.AgendaPageFactory(parent=north)
    spot = north.geometry.point_on_surface
    spot.srid = 4326
    item = make.AgendaItemPageFactory(parent=agenda, geometry=spot)
    place = make.PlaceFactory(geometry=spot)
    drawn = box(*north.geometry.extent)
    frame = squares()
    frame["geometry"] = [box(4.40, 52.0, 4.45, 52.1), drawn]  # West takes the place of Noord
    said = run(write(frame), code_field="code")
    assert "Plekken opnieuw ingedeeld: " in said
    assert set(AgendaItemPage.objects.get(pk=item.pk).areas.all()) == {north, west}
    assert Place.objects.get(pk=place.pk).area == west


def test_map_and_pages_show_the_new_boundary(
    areas, write, client, django_capture_on_commit_callbacks
):
    address = reverse("map_layer", args=["gebieden"]) + "?gebied=haarlemmermeer-noord"
    client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        run(write(squares()), code_field="code", note="Grens: proef.")
    (feature,) = client.get(address).json()["features"]
    assert [4.6, 52.3] in feature["geometry"]["coordinates"][0][0]
    assert "Grens: proef." in client.get("/haarlemmermeer-noord/").content.decode()


def test_draft_keeps_its_text_and_gets_the_boundary(areas, write):
    north = areas["haarlemmermeer-noord"]
    north.title = "Noord in concept"
    north.save_revision()
    run(write(squares()), code_field="code")
    stored = AreaPage.objects.get(pk=north.pk)
    draft = stored.get_latest_revision_as_object()
    assert (stored.title, draft.title) == ("Haarlemmermeer-Noord", "Noord in concept")
    assert stored.has_unpublished_changes
    for version in (stored, draft):
        assert version.geometry.extent == pytest.approx((4.6, 52.3, 4.7, 52.4))


def test_version_that_waits_for_its_hour_gets_the_boundary(areas, write):
    north = areas["haarlemmermeer-noord"]
    north.title = "Noord straks"
    north.go_live_at = timezone.now() + timedelta(days=1)
    north.save_revision().publish()
    run(write(squares()), code_field="code")
    (waiting,) = north.revisions.filter(approved_go_live_at__isnull=False)
    version = waiting.as_object()
    assert version.title == "Noord straks"
    assert version.geometry.extent == pytest.approx((4.6, 52.3, 4.7, 52.4))


def test_history_tells_of_the_import(areas, write, login, administrator):
    run(write(squares()), code_field="code")
    north = areas["haarlemmermeer-noord"]
    page = login(administrator).get(reverse("wagtailadmin_pages:history", args=[north.pk]))
    assert page.status_code == 200
    assert north.revisions.count() == 1


@pytest.mark.one_database
def test_unknown_field_names_the_fields_there_are(areas, write):
    reason = refused(write(squares()), code_field="gebiedscode")
    assert "Het veld gebiedscode staat niet in dit bestand. Er is wel: code, name." in reason
    assert "Het veld wijk" in refused(write(squares()), dissolve_by="wijk")


@pytest.mark.one_database
def test_no_field_at_all_says_what_to_give(areas, write):
    assert "--code-field, --name-field" in refused(write(squares()), code_field=None)


@pytest.mark.one_database
def test_missing_crs_says_what_to_give(areas, write, tmp_path):
    file = write(squares().to_crs("EPSG:28992"), "grenzen.shp")
    (tmp_path / "grenzen.prj").unlink()
    assert "--crs EPSG:28992 (RD)" in refused(file)
    run(file, code_field="code", crs="EPSG:28992")
    stored = AreaPage.objects.get(code="haarlemmermeer-noord").geometry
    assert stored.extent == pytest.approx((4.6, 52.3, 4.7, 52.4), abs=1e-5)


@pytest.mark.one_database
def test_unknown_crs_is_refused(areas, write, tmp_path):
    file = write(squares(), "grenzen.shp")
    (tmp_path / "grenzen.prj").unlink()
    assert "Het coördinatenstelsel onzin kennen we niet." in refused(file, crs="onzin")
    assert "Het coördinatenstelsel EPSG:99999 kennen we niet." in refused(file, crs="EPSG:99999")


@pytest.mark.one_database
def test_crs_that_lies_nowhere_on_earth_is_refused(areas, write):
    reason = refused(write(squares()), crs='LOCAL_CS["kaart",UNIT["metre",1]]')
    assert "De coördinaten kunnen niet worden omgerekend." in reason


@pytest.mark.one_database
def test_wrong_crs_puts_it_outside_the_country(areas, write):
    reason = refused(write(squares()), crs="EPSG:28992")
    assert "(rij 1) ligt niet in Nederland." in reason
    rd = squares().to_crs("EPSG:28992").set_crs("EPSG:4326", allow_override=True)
    assert "ligt niet in Nederland" in refused(write(rd, "grenzen.gpkg"))


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (None, "‘haarlemmermeer-noord’ (rij 1) heeft geen vlak."),
        (Point(4.6, 52.3), "is geen vlak maar een punt of lijn."),
        (LineString([(4.6, 52.3), (4.7, 52.3)]), "is geen vlak maar een punt of lijn."),
        (
            Polygon([(4.6, 52.3), (4.7, 52.4), (4.7, 52.3), (4.6, 52.4)]),
            "(rij 1) is geen goed vlak: de rand raakt of kruist zichzelf bij 4.65 52.35.",
        ),
    ],
)
def test_broken_geometry_names_the_feature(areas, write, shape, message):
    frame = squares()
    frame.loc[0, "geometry"] = shape
    assert message in refused(write(frame))


def test_overlap_above_the_tolerance_names_both(areas, write):
    frame = squares()
    frame.loc[1, "geometry"] = box(4.6999, 52.3, 4.8, 52.4)
    file = write(frame)
    reason = refused(file)
    assert "‘haarlemmermeer-noord’ (rij 1) en ‘haarlemmermeer-west’ (rij 2) liggen" in reason
    assert "m² over elkaar; 100 m² mag." in reason
    assert "Klaar" in run(file, code_field="code", tolerance=100_000)


@pytest.mark.one_database
def test_double_code_names_both(areas, write):
    reason = refused(write(squares(code=["haarlemmermeer-noord"] * 2)), name_field="name")
    assert "2 keer in het bestand: ‘Noord’" in reason
    assert "‘West’" in reason


@pytest.mark.one_database
def test_missing_code_names_the_row(areas, write):
    reason = refused(write(squares(code=["haarlemmermeer-noord", None])), name_field="name")
    assert "‘West’ (rij 2) heeft geen waarde in het veld code." in reason


@pytest.mark.one_database
def test_every_problem_is_told_at_once(areas, write):
    frame = squares()
    frame["geometry"] = [Point(4.6, 52.3), None]
    reason = refused(write(frame))
    assert "(rij 1) is geen vlak" in reason
    assert "(rij 2) heeft geen vlak" in reason


@pytest.mark.one_database
def test_empty_file_is_refused(areas, write):
    assert "is leeg" in refused(write(squares().iloc[:0], "leeg.gpkg"))


@pytest.mark.one_database
def test_table_without_map_is_refused(areas, tmp_path):
    file = tmp_path / "tabel.csv"
    file.write_text("code,name\nhaarlemmermeer-noord,Noord\n")
    assert "alleen een tabel" in refused(file)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brief.docx", b"PK\x03\x04 geen kaart"),
        ("tekst.txt", b"Beste mensen"),
        ("half.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Fea'),
        ("leeg.gpkg", b""),
    ],
)
def test_file_that_is_no_map_is_refused(areas, tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    assert f"{name} is geen kaartbestand dat we kunnen lezen" in refused(file)


@pytest.mark.one_database
def test_damaged_file_is_refused(areas, write, tmp_path):
    file = write(squares(), "grenzen.fgb")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) - 60])
    assert "beschadigd" in refused(file)


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["nergens.gpkg", "/vsicurl/http://127.0.0.1:9/x.geojson"])
def test_file_that_is_not_there_is_refused(areas, name):
    assert "bestaat niet" in refused(name)


@pytest.mark.one_database
def test_several_layers_need_a_choice(areas, write):
    file = write(squares(), "lagen.gpkg", layer="gebieden")
    write(squares(), "lagen.gpkg", layer="wijken", mode="a")
    assert "Kies er een met --layer: gebieden, wijken." in refused(file)
    assert "De laag straten staat niet in dit bestand." in refused(file, layer="straten")
    assert "Klaar" in run(file, code_field="code", layer="gebieden")


@pytest.mark.one_database
def test_other_letters_can_be_told(home, write, tmp_path):
    file = write(squares(name=["Café", "Beëindigd"]), "grenzen.shp", encoding="cp1252")
    (tmp_path / "grenzen.cpg").unlink()
    run(file, code_field="code", name_field="name", encoding="cp1252", create=True)
    assert AreaPage.objects.filter(title="Beëindigd").exists()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("merge", "message"),
    [
        (["schiphol"], "--merge schiphol klopt niet. Schrijf het zo: --merge van=naar."),
        (["=a"], "klopt niet"),
        (["a=a"], "kan niet"),
        (["a=b", "a=c"], "voeg a één keer bij een ander gebied"),
        (["a=b", "b=c"], "b gaat zelf ergens anders bij"),
        (["schiphol=haarlemmermeer-noord"], "schiphol staat niet in het bestand. Er is wel:"),
        (["haarlemmermeer-noord=mars"], "mars staat niet in het bestand"),
    ],
)
def test_wrong_merge_says_what_to_do(areas, write, merge, message):
    assert message in refused(write(squares()), merge=merge)


@pytest.mark.one_database
def test_two_boundaries_for_one_area_are_refused(areas, write):
    file = write(squares(code=["haarlemmermeer-noord", "x"], name=["A", "Haarlemmermeer-Noord"]))
    reason = refused(file, name_field="name")
    assert "haarlemmermeer-noord en x horen allebei bij Haarlemmermeer-Noord." in reason


def test_new_area_does_not_take_the_address_of_another_page(areas, home, write):
    make.ContentPageFactory(parent=home, slug="contact")
    frame = squares(code=["haarlemmermeer-noord", "contact"])
    frame["geometry"] = [frame.geometry[0], box(4.85, 52.3, 4.9, 52.4)]  # beside all areas
    file = write(frame)
    before = AreaPage.objects.get(code="haarlemmermeer-noord").geometry
    assert "Het adres ‘contact’ is al van een andere pagina." in refused(file, create=True)
    assert AreaPage.objects.get(code="haarlemmermeer-noord").geometry.equals(before)


@pytest.mark.one_database
def test_code_that_makes_no_address_is_refused(areas, write):
    assert "kan geen adres worden gemaakt" in refused(
        write(squares(code=["haarlemmermeer-noord", "!!"])), create=True
    )


@pytest.mark.one_database
def test_note_that_is_too_long_is_refused(areas, write):
    assert "hoogstens 200 tekens" in refused(write(squares()), note="x" * 201)


def test_hostile_name_is_only_text(home, write, client):
    name = "<script>alert(1)</script>%s%(x)s"
    run(write(squares(name=[name, "B"])), code_field="code", name_field="name", create=True)
    page = client.get("/haarlemmermeer-noord/").content.decode()
    assert "<script>alert(1)" not in page
    (feature, _other) = client.get(reverse("map_layer", args=["gebieden"])).json()["features"]
    assert json.dumps(feature).count("alert(1)") == 1


def test_six_codes_of_the_platform_are_those_of_the_factories():
    assert set(make.GRID) == set(CODES)


def test_new_area_over_one_that_stays_is_refused(areas, write):
    frame = squares()
    frame["code"] = ["nieuw-gebied", "haarlemmermeer-west"]
    frame["name"] = ["Nieuw gebied", "West"]
    reason = refused(write(frame), name_field="name", create=True)
    assert "nieuw-gebied zou" in reason
    assert "over Hoofddorp-Centrum liggen" in reason


@pytest.mark.parametrize(("field", "limit"), [("code", 60), ("name", 255)])
def test_name_or_code_that_is_too_long_is_refused(home, write, field, limit):
    frame = squares()[:1]
    frame[field] = "x" * 5000
    reason = refused(write(frame), name_field="name", create=True)
    assert "is te lang voor een gebied" in reason
    assert str(limit) in reason
