"""Scripts that let the Wagtail admin run without inline script."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def admin_controllers():
    """Start date pickers and inline panels from data attributes (see templates/wagtailadmin)."""
    return format_html('<script src="{}"></script>', static("admin/controllers.js"))
