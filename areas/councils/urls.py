from django.urls import path

from . import views

urlpatterns = [
    path("raden/", views.council_list, name="councils"),
    path("raden/<slug:slug>/", views.council_page, name="council"),
]
