"""What exactly was approved: a fingerprint of an edition's content and audience."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

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
    """
    data = {
        name: sorted(value, key=str) if isinstance(value, list) else value
        for name, value in draft.serializable_data().items()
        if name not in NOT_CONTENT
    }
    text = json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()
