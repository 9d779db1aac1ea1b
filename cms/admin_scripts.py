"""Lets the Wagtail admin run without inline script, as our content security policy demands.

Wagtail starts its date pickers, inline panels and choosers with a script beside the widget.
The templates in templates/wagtailadmin/ and `_render_chooser` write data attributes instead,
and static_src/admin/controllers.js starts them. A test lists every inline script in the
installed Wagtail, so that an upgrade that adds one does not pass unseen.
"""

import json

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def install() -> None:
    """Register the controllers and take over how choosers start; called once, at start-up."""
    hooks.register("insert_global_admin_js", _controllers)
    BaseChooser.render = _render_chooser


def _controllers() -> str:
    return format_html('<script src="{}"></script>', static("admin/controllers.js"))


def _render_chooser(self, name, value, attrs=None, renderer=None) -> str:
    """Render a chooser with its start-up options as data; takes an id in `attrs`, as before."""
    value_data = self.get_value_data(value)
    task = isinstance(self, AdminTaskChooser)
    return format_html(
        '{}<span hidden data-controller="gp-start" data-gp-start-call-value="{}"'
        ' data-gp-start-input-value="{}" data-gp-start-options-value="{}"></span>',
        self.render_html(name, value_data, attrs),
        "createTaskChooser" if task else self.js_constructor,
        attrs["id"],
        "" if task else json.dumps(self.get_js_init_options(attrs["id"], name, value_data)),
    )
