"""Drawing on the map: points, lines or polygons, one or several, and spots from a numbered list."""

from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from areas.villages import villages
from cms.geometry.blocks import GeometryBlock

from ..definition import Option
from ..shapes.reading import (
    LINE,
    MAX_SHAPES,
    MAX_VERTICES,
    POINT,
    POLYGON,
    Drawn,
    names,
    sent_again,
)
from ..shapes.storing import PLACE, is_drawn
from .base import Bars, ItemBlock, QuestionBlock, QuestionType, bar_rows, wrong_labels
from .messages import wrong_message
from .shape_columns import shape_columns
from .shapes_field import USUAL_VERTICES, ShapesField, most_of

MAX_SPOTS = 20


class SpotBlock(ItemBlock):
    label = blocks.CharBlock(
        label=_("naam"),
        max_length=100,
        help_text=_("Zoals: Speelplek Dorpsstraat. Wie de kaart niet ziet, kiest op de naam."),
    )
    geometry = GeometryBlock(geom_types=("Point",), multiple=False, label=_("plek op de kaart"))


class ShapesBlock(QuestionBlock):
    shape = blocks.ChoiceBlock(
        label=_("wat tekent de invuller"),
        choices=[
            (POINT, _("Punten: plekken")),
            (LINE, _("Lijnen: routes of straten")),
            (POLYGON, _("Vlakken: gebieden")),
        ],
        default=POINT,
        help_text=_("Na publiceren kan dit niet meer anders."),
    )
    fewest = blocks.IntegerBlock(
        label=_("ten minste zoveel"),
        required=False,
        min_value=1,
        max_value=MAX_SHAPES,
        help_text=_("Geldt voor wie de vraag beantwoordt. Leeg: één is genoeg."),
    )
    most = blocks.IntegerBlock(
        label=_("ten hoogste zoveel"),
        default=3,
        min_value=1,
        max_value=MAX_SHAPES,
        help_text=_("Getekend en uit de lijst samen. Hoogstens 10."),
    )
    max_vertices = blocks.IntegerBlock(
        label=_("ten hoogste zoveel hoeken in een lijn of vlak"),
        default=USUAL_VERTICES,
        min_value=3,
        max_value=MAX_VERTICES,
        help_text=_("50 is ruim genoeg voor een straat of een park. Hoogstens 100."),
    )
    inside = blocks.BooleanBlock(
        label=_("alleen binnen het gebied van deze enquête"),
        required=False,
        default=False,
        help_text=_(
            "Anders mag het overal in de gemeente. De grens is een paar honderd meter ruim."
        ),
    )
    remarks = blocks.BooleanBlock(
        label=_("vraag bij elke tekening een korte opmerking"), required=False, default=True
    )
    options = blocks.ListBlock(
        SpotBlock(),
        label=_("plekken om uit te kiezen"),
        max_num=MAX_SPOTS,
        default=[],
        help_text=_(
            "Deze plekken staan genummerd op de kaart en in een lijst. Wie geen kaart kan "
            "gebruiken, kiest dan uit dezelfde plekken."
        ),
    )
    wrong_message = wrong_message()

    class Meta:
        label = _("Tekenen op de kaart")
        icon = "site"

    def own_errors(self, cleaned):
        errors = {}
        wrong = wrong_labels(
            [spot.get("label") or "" for spot in cleaned["options"]], fewest=0, too_few=""
        )
        if wrong:
            errors["options"] = wrong
        fewest, most = cleaned.get("fewest") or 1, cleaned.get("most") or 1
        if fewest > most:
            errors["fewest"] = ValidationError(
                _("Dit is meer dan er ten hoogste mag. Verander een van de twee.")
            )
        return errors


class MapShapes(QuestionType):
    """Each shape is a row: points and spots in `point`, lines and polygons in `shape`."""

    kind = "shapes"
    seconds = 60
    block_class = ShapesBlock
    is_open = True
    has_map = True

    def options(self, value):
        return tuple(
            Option(
                str(item.id),
                (item.value.get("label") or "").strip(),
                geometry=_as_wkt(item.value.get("geometry")),
            )
            for item in value["options"].bound_blocks
        )

    def settings(self, value):
        return {
            "shape": value.get("shape") or POINT,
            "fewest": value.get("fewest"),
            "most": value.get("most") or 1,
            "max_vertices": value.get("max_vertices") or USUAL_VERTICES,
            "inside": bool(value.get("inside")),
            "remarks": bool(value.get("remarks")),
        }

    def make_field(self, question, **common):
        common["error_messages"]["required"] = _(
            "Teken op de kaart, kies een plek uit de lijst, kies een dorp of wijk, of beschrijf de "
            "plek."
        )
        return ShapesField(question=question, **common)

    def help_parts(self, question):
        one, several = names(question.extra["shape"])
        fewest, most = question.extra.get("fewest") or 1, most_of(question)
        if most == 1:
            rule = _("Teken één %(one)s op de kaart.") % {"one": one}
        elif fewest > 1:
            rule = _("Teken ten minste %(fewest)s en hoogstens %(most)s %(several)s op de kaart.")
            rule %= {"fewest": fewest, "most": most, "several": several}
        else:
            rule = _("Teken hoogstens %(most)s %(several)s op de kaart.")
            rule %= {"most": most, "several": several}
        return [*super().help_parts(question), rule]

    def given_back(self, question, rows):
        """An address that was chosen cannot be found back by its spot alone: None."""
        sketches, spots, given = [], [], {}
        for row in sorted(rows, key=lambda row: row.option_id):
            if is_drawn(row.option_id):
                sketches.append(Drawn(row.shape or row.point, row.text))
            elif row.option_id != PLACE:
                spots.append(row.option_id)
            elif row.point is None:
                given["-tekst"] = [row.text]
            elif not row.approximate:
                return None
            else:
                village, _colon, words = row.text.partition(": ")
                found = next((one for one in villages() if one.name == village), None)
                if found is None:
                    return None
                given |= {"-plaats": [found.slug], "-tekst": [words]}
        return given | {"-vormen": [sent_again(sketches)], "-plek": spots}

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = tally.counts.get(question.id, {})
        by_id: dict[str, int] = {}
        for (option_id, _number), count in counts.items():
            by_id[option_id] = by_id.get(option_id, 0) + count
        drawn = sum(count for option_id, count in by_id.items() if is_drawn(option_id))
        if drawn:
            one, several = names(question.extra["shape"])
            result.notes.append(
                str(_("Getekend: %(count)s %(name)s."))
                % {"count": drawn, "name": one if drawn == 1 else several}
            )
        if question.options:
            offered = [
                (option.label, by_id.get(option.id, 0), option.archived)
                for option in question.options
            ]
            result.bars = [Bars(bar_rows(offered, result.answered))]
        return result

    def columns(self, question):
        return shape_columns(question)


def _as_wkt(geometry) -> str:
    return geometry.wkt if isinstance(geometry, GEOSGeometry) and not geometry.empty else ""
