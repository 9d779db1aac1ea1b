"""Choosing among pictures, such as playground equipment; each picture has a name."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from ..definition import Option
from .base import ItemBlock, wrong_labels
from .choices import ChoicesField, OtherMixin, SeveralChoices
from .from_link import LinkBlock, ShuffledBlock
from .messages import wrong_message

MAX_PICTURES = 12
#: Wagtail's rendition of a picture to choose: cut to one size, so that the names stand in line.
PICTURE_FILTER = "fill-400x300"


class PictureMixin(OtherMixin):
    """Choices with pictures; `pictures` are set by `surveys.pictures.show` just before showing."""

    template_name = "surveys/widgets/pictures.html"
    gp_modifier = "pictures"
    has_pictures = True
    pictures: dict = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["picture"] = self.pictures.get(value)
        return option


class RadioPictures(PictureMixin, forms.RadioSelect):
    pass


class CheckboxPictures(PictureMixin, forms.CheckboxSelectMultiple):
    pass


class PictureBlock(ItemBlock):
    image = ImageChooserBlock(label=_("foto"))
    label = blocks.CharBlock(
        label=_("naam"),
        max_length=100,
        help_text=_("Wat is er te zien? Wie de foto niet ziet, kiest op de naam."),
    )


class PictureChoiceBlock(LinkBlock, ShuffledBlock):
    options = blocks.ListBlock(PictureBlock(), label=_("foto's"), max_num=MAX_PICTURES)
    max_choices = blocks.IntegerBlock(
        label=_("ten hoogste zoveel foto's"),
        required=False,
        min_value=1,
        help_text=_("1: de invuller kiest één foto. Leeg: zoveel als de invuller wil."),
    )
    wrong_message = wrong_message()

    class Meta:
        label = _("Foto's kiezen")
        icon = "image"

    def own_errors(self, cleaned):
        errors = {}
        labels = [picture.get("label") or "" for picture in cleaned["options"]]
        wrong = wrong_labels(
            labels,
            fewest=0 if self.is_deferred_validation else 2,
            too_few=_("Geef ten minste twee foto's met een naam."),
        )
        if wrong:
            errors["options"] = wrong
        most = cleaned.get("max_choices")
        if most is not None and most > len(labels):
            errors["max_choices"] = ValidationError(
                _("Dit is meer dan er foto's zijn. Laat het leeg als alles mag.")
            )
        return errors


class PictureChoice(SeveralChoices):
    """Stored and counted as several choices, also where only one may be chosen."""

    kind = "image_choice"
    seconds = 25
    block_class = PictureChoiceBlock

    def options(self, value):
        return tuple(
            Option(
                str(item.id),
                (item.value.get("label") or "").strip(),
                image=item.value["image"].pk if item.value.get("image") else None,
            )
            for item in value["options"].bound_blocks
        )

    def settings(self, value):
        return {}

    def make_field(self, question, **common):
        one = question.max_choices == 1
        return ChoicesField(
            question=question,
            several=not one,
            widget=RadioPictures if one else CheckboxPictures,
            **common,
        )

    def help_parts(self, question):
        if question.max_choices != 1:
            return super().help_parts(question)
        return [*super().help_parts(question)[:-1], _("Kies één foto.")]

    def result(self, question, tally):
        result = super().result(question, tally)
        if question.max_choices == 1:
            result.notes.pop()
        return result
