from django.urls import path

from . import views

urlpatterns = [
    path("kaart/", views.map_page, name="map"),
    path("kaart/lagen/<slug:key>.geojson", views.map_layer, name="map_layer"),
    path("mijn-gebied/", views.my_area, name="my_area"),
]
