"""App config: makes the Wagtail admin use our widget for every geometry."""

from django.apps import AppConfig


class GeometryConfig(AppConfig):
    name = "cms.geometry"
    label = "geometry"

    def ready(self):
        """Register the form field and the comparison; without it Wagtail loads OpenLayers
        from a CDN for a geometry that has no widget of its own."""
        from django.contrib.gis.db.models import GeometryField
        from wagtail.admin.compare import register_comparison_class
        from wagtail.admin.forms.models import register_form_field_override

        from cms.geometry.compare import GeometryComparison
        from cms.geometry.forms import GeometryFormField

        register_form_field_override(GeometryField, override={"form_class": GeometryFormField})
        register_comparison_class(GeometryField, comparison_class=GeometryComparison)
