from django.urls import path

from . import views

urlpatterns = [
    path("cijfers/", views.figures, name="figures"),
    path("cijfers/cijfers.csv", views.figures_csv, name="figures_csv"),
]
