"""Geometry in the admin's comparison of two versions."""

from django.utils.html import escape
from wagtail.admin.compare import FieldComparison, TextDiff

from cms.geometry.describe import describe


class GeometryComparison(FieldComparison):
    """Show two geometries in words, and as coordinates where the words are the same."""

    def has_changed(self):
        if self.val_a is None or self.val_b is None:
            return self.val_a is not self.val_b
        return not self.val_a.equals_exact(self.val_b)

    def htmldiff(self):
        before, after = describe(self.val_a), describe(self.val_b)
        if not self.has_changed():
            return escape(after)
        if before == after:
            before, after = self.val_a.ewkt, self.val_b.ewkt
        changes = [("deletion", before)] if before else []
        if after:
            changes.append(("addition", after))
        return TextDiff(changes, separator=" ").to_html()
