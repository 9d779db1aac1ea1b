from django.urls import path

from . import views

urlpatterns = [
    path("projecten/", views.project_list, name="projects"),
]
