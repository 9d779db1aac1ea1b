"""A video between the questions, as an editor chooses it."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks import TEXT_FEATURES

from ..video.checks import check_captions, check_video
from ..video.shown import KEYS
from .base import ItemBlock

PARTS = (*KEYS, "transcript")


class VideoBlock(ItemBlock):
    """Nothing, or a video that everybody can follow: with captions, and what can be seen in words.

    The law asks both of a municipality (EN 301 549, WCAG 1.2.2, 1.2.3 and 1.2.5).
    """

    video = DocumentChooserBlock(
        label=_("video"),
        required=False,
        help_text=_("Een MP4 of WebM bij de documenten. Video's van andere sites kunnen niet."),
    )
    captions = DocumentChooserBlock(
        label=_("ondertiteling"),
        required=False,
        help_text=_("Een WebVTT-bestand (.vtt) bij de documenten, in het Nederlands. Verplicht."),
    )
    described = DocumentChooserBlock(
        label=_("dezelfde video met audiodescriptie"),
        required=False,
        help_text=_("Een stem vertelt wat er te zien is."),
    )
    transcript = blocks.RichTextBlock(
        label=_("de video in woorden"),
        features=TEXT_FEATURES,
        required=False,
        help_text=_(
            "Wat er te horen is én wat er te zien is. Verplicht als er geen versie met "
            "audiodescriptie is."
        ),
    )

    class Meta:
        label = _("video")
        icon = "media"

    def own_errors(self, cleaned):
        if self.is_deferred_validation:
            return {}
        text = transcript_of(cleaned)
        if not cleaned.get("video"):
            rest = any(cleaned.get(key) for key in KEYS) or text
            return {"video": ValidationError(_("Kies ook de video zelf."))} if rest else {}
        errors = {}
        for name, check in (
            ("video", check_video),
            ("captions", check_captions),
            ("described", check_video),
        ):
            if cleaned.get(name):
                try:
                    check(cleaned[name])
                except ValidationError as error:
                    errors[name] = error
        if not cleaned.get("captions"):
            errors["captions"] = ValidationError(
                _(
                    "Een video moet ondertiteling hebben, voor wie hem niet kan horen. Zet een "
                    "WebVTT-bestand bij de documenten en kies het hier."
                )
            )
        if not cleaned.get("described") and not text:
            errors["transcript"] = ValidationError(
                _(
                    "Schrijf op wat er te zien en te horen is, voor wie de video niet kan zien. "
                    "Of kies een versie met audiodescriptie."
                )
            )
        return errors


def transcript_of(value) -> str:
    """The words of a video, as HTML; empty where an editor left an empty paragraph."""
    text = value.get("transcript") if value else None
    html = str(getattr(text, "source", text or ""))
    return html if strip_tags(html).strip() else ""


def video_settings(value) -> dict:
    """What is frozen of a video: the keys of its documents, and its words."""
    if not value or not value.get("video"):
        return {}
    return {
        **{key: value[key].pk if value.get(key) else None for key in KEYS},
        "transcript": transcript_of(value),
    }
