"""Choosing a condition in the editor."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..conditions import MATCHES, OPERATORS, Condition, Rule

MAX_RULES = 8


class PickedBlock(blocks.FieldBlock):
    """An id that static_src/admin/surveys/conditions.js lets an editor choose by its words."""

    def __init__(self, *, picker: str, required: bool = True, help_text=None, **kwargs):
        self.field = forms.CharField(
            required=required,
            help_text=help_text,
            max_length=150,
            widget=forms.TextInput(attrs={"data-controller": picker}),
        )
        super().__init__(**kwargs)

    def get_searchable_content(self, value):
        return []


class QuestionPickerBlock(PickedBlock):
    def __init__(self, **kwargs):
        super().__init__(picker="gp-rule-question", label=_("vraag"))


class ValuePickerBlock(PickedBlock):
    def __init__(self, **kwargs):
        super().__init__(
            picker="gp-rule-value",
            label=_("antwoord"),
            required=False,
            help_text=_("Een getal of een datum schrijft u zoals 12 of 2026-12-31."),
        )


class RuleBlock(blocks.StructBlock):
    question = QuestionPickerBlock()
    operator = blocks.ChoiceBlock(label=_("het antwoord"), choices=OPERATORS, default="equals")
    value = ValuePickerBlock()

    class Meta:
        label_format = "{operator}"


class ConditionBlock(blocks.StructBlock):
    """Without rules the item always shows."""

    rules = blocks.ListBlock(RuleBlock(), label=_("regels"), default=[], max_num=MAX_RULES)
    match = blocks.ChoiceBlock(label=_("toon het als"), choices=MATCHES, default="all")

    class Meta:
        label = _("Alleen tonen na een bepaald antwoord")
        icon = "decimal"
        collapsed = True
        label_format = "{rules}"  # how rules match says nothing where there are none


def condition_in(value) -> Condition | None:
    """The condition in a block's value; what it compares is filled in by `questions_of`."""
    if not value or not value.get("rules"):
        return None
    rules = tuple(
        Rule(
            question=rule.get("question") or "",
            operator=rule.get("operator") or "",
            value=(rule.get("value") or "").strip(),
        )
        for rule in value["rules"]
    )
    return Condition(value.get("match") or "all", rules)
