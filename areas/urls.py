from django.urls import path

from . import views
from .addresses.views import address_search

urlpatterns = [
    path("kaart/", views.map_page, name="map"),
    path("kaart/lagen/<slug:key>.geojson", views.map_layer, name="map_layer"),
    path("adres/", address_search, name="address_search"),
    path("mijn-gebied/", views.my_area, name="my_area"),
]
