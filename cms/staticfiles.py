"""Static files under names that hold a hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also hash what ES modules import, so that a browser never mixes two releases."""

    support_js_module_import_aggregation = True
