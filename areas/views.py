"""The map with its list, the layers behind it, and My area."""

from django.contrib.gis.geos import Point
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.geometry.mapconfig import map_config

from . import layers, maps
from .forms import MapFilterForm, MyAreaForm
from .models import AreaPage, Place

LIST_SIZE = 50


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """`GET /kaart/`: list and map of the chosen layers, from the same queries.

    With a wrong filter the page shows the whole map with the error, as status 400.
    """
    form = MapFilterForm(request.GET)
    valid = form.is_valid()
    shown_form = form if valid else MapFilterForm({})
    if not valid:
        shown_form.is_valid()
    chosen = shown_form.chosen_layers()
    filters = shown_form.filters()
    rows = layers.united(chosen, filters)
    paginator = Paginator(rows, LIST_SIZE)
    page = paginator.get_page(shown_form.cleaned_data.get("pagina") or 1)
    return render(
        request,
        "areas/map_page.html",
        {
            "form": form,
            "filtered": bool(request.GET),
            "layers": layers.all_layers(),
            "chosen": chosen,
            "page_obj": page,
            "rows": [maps.describe(row) for row in page.object_list],
            "map_config": map_config(
                maps.layer_links(
                    layers.all_layers(),
                    on=chosen,
                    area=shown_form.cleaned_data.get("gebied"),
                    status=filters.status,
                    text=filters.text,
                ),
                label=_("Kaart van de gemeente"),
                filter_form="kaartfilter",
                list_region="kaartlijst",
            ),
        },
        status=200 if valid else 400,
    )


@require_safe
def map_layer(request: HttpRequest, key: str) -> HttpResponse:
    """`GET /kaart/lagen/<layer>.geojson?gebied=&status=&q=`: one FeatureCollection.

    A filter we do not know is a 400 with a message in the visitor's language.
    """
    try:
        layer = layers.get(key)
    except KeyError:
        raise Http404 from None
    unknown = set(request.GET) - {"gebied", "status", "q"}
    form = MapFilterForm(request.GET, only_layer=layer)
    if unknown or not form.is_valid():
        messages = [str(error) for errors in form.errors.values() for error in errors]
        if unknown:
            messages.append(
                _("Dit filter kennen we niet: %(names)s. Gebruik gebied, status of q.")
                % {"names": ", ".join(sorted(unknown))[:100]}
            )
        return JsonResponse({"title": " ".join(messages), "status": 400}, status=400)
    body = layers.feature_collection(layer, form.filters())
    return HttpResponse(body, content_type="application/geo+json")


@require_safe
def my_area(request: HttpRequest) -> HttpResponse:
    """`GET /mijn-gebied/?q=…|plaats=…|lat=…&lon=…`: your area, its manager and what is open."""
    form = MyAreaForm(request.GET)
    area, place, candidates, searched = None, None, [], bool(request.GET)
    if form.is_valid():
        data = form.cleaned_data
        if data["plaats"]:
            place = Place.objects.select_related("area").filter(slug=data["plaats"]).first()
            area = place.area if place else None
        elif data["lat"] is not None:
            point = Point(data["lon"], data["lat"], srid=4326)
            area = AreaPage.objects.live().touching(point).first()
        elif data["q"]:
            place, candidates = find_place(data["q"])
            area = place.area if place else None
    if area is not None and not area.live:
        area = None
    return render(
        request,
        "areas/my_area.html",
        {
            "form": form,
            "area": area,
            "place": place,
            "candidates": candidates,
            "searched": searched,
            "areas": AreaPage.objects.live().without_geometry().in_order(),
            "map_config": map_config(
                maps.layer_links([layers.get("gebieden"), layers.get("plaatsen")]),
                label=_("Kaart: klik op de plek waar u woont"),
                pick_url=request.path,
            ),
        },
        status=200 if form.is_valid() else 400,
    )


def find_place(text: str) -> tuple[Place | None, list[dict]]:
    """A place by its name; else areas and places like it; else what stands there on the map.

    Returns (place, rows): one certain place and no rows, or no place and at most 20 rows.
    """
    places = list(Place.objects.named(text).select_related("area")[:20])
    exact = [place for place in places if place.name.casefold() == text.casefold()]
    if len(exact) == 1 or len(places) == 1:
        return (exact or places)[0], []
    filters = layers.Filters(text=text)
    where = [layers.get("gebieden"), layers.get("plaatsen")]
    rows = list(layers.united(where, filters)[:20])
    if not rows:  # a street, in the address of something
        others = [layer for layer in layers.all_layers() if layer not in where]
        rows = layers.united(others, filters)[:20]
    return None, [maps.describe(row) for row in rows]
