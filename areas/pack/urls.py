from django.urls import path

from . import views

urlpatterns = [path("wat-veranderde/", views.changes, name="changes")]
