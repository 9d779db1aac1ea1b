"""What exactly was approved: a fingerprint of an edition's content and audience."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField

#: What does not come into the mail, or changes by itself: places in the tree, states, moments.
NOT_CONTENT = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "translation_key",
        "locale",
        "alias_of",
        "url_path",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "latest_revision",
        "live_revision",
        "latest_revision_created_at",
        "first_published_at",
        "last_published_at",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "content_type",
        "show_in_menus",
        "search_description",
        "seo_title",
        "map_geometry",
        "areas",
        "wagtail_admin_comments",
    }
)


def fingerprint(draft) -> str:
    """SHA-256 in hex of all that `draft` holds, but for `NOT_CONTENT`.

    What others add to an edition counts by itself, so a new field cannot slip past an approval.
    Blocks count as they are read, without the numbers that Wagtail gives them anew.
    """
    data = {
        name: sorted(value, key=str) if isinstance(value, list) else value
        for name, value in draft.serializable_data().items()
        if name not in NOT_CONTENT
    }
    for part in draft._meta.get_fields():
        if isinstance(part, StreamField):
            data[part.name] = [
                [child.block_type, _without_ids(child.block.get_prep_value(child.value))]
                for child in getattr(draft, part.name)
            ]
    text = json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_ids(value):
    """A stored value of a block, without the ids of the items of lists and streams in it."""
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        is_item = {"type", "value", "id"} <= value.keys()
        return {
            name: _without_ids(item)
            for name, item in value.items()
            if not (is_item and name == "id")
        }
    return value
