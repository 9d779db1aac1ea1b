from django.urls import path

from .admin_views import ImportTextsView, LanguagesView, TranslateView, export_texts

urlpatterns = [
    path("enquetes/<int:pk>/vertalen/", LanguagesView.as_view(), name="surveys_languages"),
    path(
        "enquetes/<int:pk>/vertalen/<slug:code>/", TranslateView.as_view(), name="surveys_translate"
    ),
    path(
        "enquetes/<int:pk>/vertalen/<slug:code>/teksten.<slug:format_name>",
        export_texts,
        name="surveys_texts_export",
    ),
    path(
        "enquetes/<int:pk>/vertalen/<slug:code>/inlezen/",
        ImportTextsView.as_view(),
        name="surveys_texts_import",
    ),
]
