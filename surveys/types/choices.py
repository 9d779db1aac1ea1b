"""One or more answers from a list, with an own answer beside them ("anders, namelijk")."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from cms.languages import DutchSelect

from ..conditions import OPTIONS
from ..definition import NONE_OF_THESE, OTHER, Option, Question
from ..languages.registry import DUTCH
from ..languages.words import DutchWords
from .base import (
    CHOICES,
    NOT_IN_LIST,
    PARTS,
    Bars,
    QuestionField,
    QuestionType,
    bar_rows,
    label_list,
    wrong_labels,
)
from .from_link import LinkBlock, ShuffledBlock
from .messages import wrong_message
from .parts import Part, Storage, chosen, read_option, words_with

OTHER_LONGEST = 200


class OtherMixin:
    """A widget of choices with a box for an own answer; its value is (chosen, own words)."""

    template_name = "surveys/widgets/choices.html"
    use_fieldset = True
    has_other = False

    def value_from_datadict(self, data, files, name):
        chosen = super().value_from_datadict(data, files, name)
        return chosen, data.get(f"{name}-{OTHER}", "") if self.has_other else ""

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def get_context(self, name, value, attrs):
        chosen, words = value or (None, "")
        context = super().get_context(name, chosen, attrs)
        context["choices_template"] = super().template_name
        context["has_other"] = self.has_other
        context["other_label"] = dict(self.choices).get(OTHER, "")
        context["words"] = words
        context["longest"] = OTHER_LONGEST
        return context


class RadioChoices(OtherMixin, forms.RadioSelect):
    pass


class CheckboxChoices(OtherMixin, forms.CheckboxSelectMultiple):
    pass


class ListChoices(OtherMixin, DutchSelect):
    """A list that opens; a group of two controls where there is a box beside it."""

    @property
    def use_fieldset(self):
        return self.has_other

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, str(label), *args, **kwargs)
        if str(value) and not isinstance(label, DutchWords):
            option["attrs"]["lang"] = self.language
        return option

    language = DUTCH

    def get_context(self, name, value, attrs):
        if self.has_other:
            # The error summary leads to the first control of a group, which ends in _0.
            attrs = {**(attrs or {}), "id": f"{(attrs or {}).get('id', name)}_0"}
        context = super().get_context(name, value, attrs)
        context["is_list"] = True
        return context


class ChoicesField(QuestionField):
    """One or more options by id, the last of which may be an own answer in words."""

    rules = frozenset({"max_choices", "min_choices"})

    def __init__(self, *, question: Question, several: bool, widget, **kwargs):
        super().__init__(widget=widget, **kwargs)
        self.several = several
        choices = [(option.id, option.label) for option in question.options]
        if isinstance(self.widget, ListChoices):
            choices.insert(0, ("", _("Kies een antwoord")))
        self.widget.choices = choices
        self.widget.has_other = OTHER in question.option_labels
        self.widget.language = question.language

    def clean(self, value) -> tuple[list[str], str]:
        chosen, words = self._given(value)
        labels = self.question.option_labels
        if any(option_id not in labels for option_id in chosen):
            raise ValidationError(NOT_IN_LIST, code="invalid_choice")
        words = words.strip()
        if "\x00" in words:
            raise ValidationError(_("Er staat een teken in dat wij niet kunnen lezen."))
        if words and OTHER not in chosen:
            if chosen and not self.several:
                raise ValidationError(
                    _("U koos ‘%(chosen)s’ en schreef ook een eigen antwoord. Kies één van beide.")
                    % {"chosen": labels[chosen[0]]},
                    code="both",
                )
            chosen.append(OTHER)
        if OTHER in chosen and not words:
            raise ValidationError(
                _("Schrijf in het vak bij ‘%(label)s’ wat u bedoelt.") % {"label": labels[OTHER]},
                code="other",
            )
        if len(words) > OTHER_LONGEST:
            raise ValidationError(
                _("Uw eigen antwoord is te lang. Gebruik ten hoogste %(longest)s tekens.")
                % {"longest": OTHER_LONGEST},
                code="max_length",
            )
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        if chosen:
            self._check_number(chosen, labels)
        return chosen, words

    def _given(self, value) -> tuple[list[str], str]:
        """Ids in order without doubles, and the own words."""
        chosen, words = value if isinstance(value, tuple) else (value, "")
        if not isinstance(chosen, list):
            chosen = [chosen] if chosen else []
        return list(dict.fromkeys(chosen)), words or ""

    def _check_number(self, chosen: list[str], labels: dict[str, str]) -> None:
        if NONE_OF_THESE in chosen:
            if len(chosen) > 1:
                raise ValidationError(
                    _("‘%(label)s’ past niet bij een ander antwoord. Haal één van beide weg.")
                    % {"label": labels[NONE_OF_THESE]},
                    code="exclusive",
                )
            return
        most, fewest = self.question.max_choices, self.question.extra.get("min_choices")
        if most is not None and len(chosen) > most:
            raise ValidationError(
                _("U koos %(chosen)s antwoorden. Kies er ten hoogste %(limit)s.")
                % {"chosen": len(chosen), "limit": most},
                code="max_choices",
            )
        if fewest and len(chosen) < fewest:
            message = ngettext(
                "U koos %(chosen)s antwoord. Kies er ten minste %(limit)s.",
                "U koos %(chosen)s antwoorden. Kies er ten minste %(limit)s.",
                len(chosen),
            )
            raise ValidationError(
                message % {"chosen": len(chosen), "limit": fewest}, code="min_choices"
            )

    def values(self, cleaned):
        chosen, words = cleaned or ([], "")
        return [
            {"option_id": option_id} | ({"text": words} if option_id == OTHER else {})
            for option_id in chosen
        ]

    def as_given(self, raw):
        chosen, words = self._given(raw)
        labels = self.question.option_labels
        return ", ".join(
            [*(labels[key] for key in chosen if key in labels), *filter(None, [words])]
        )


class ChoiceQuestionBlock(LinkBlock, ShuffledBlock):
    """A question with fixed answers: at least two, and no answer twice."""

    options = label_list(_("antwoorden"))
    other = blocks.CharBlock(
        label=_("eigen antwoord"),
        max_length=100,
        required=False,
        help_text=_("Zoals: Anders, namelijk. Leeg: een eigen antwoord kan niet."),
    )

    def own_errors(self, cleaned):
        labels = [*cleaned["options"], *(cleaned.get(name) or "" for name in ("other", "none"))]
        wrong = wrong_labels(labels, fewest=0, too_few="")
        filled = [label for label in cleaned["options"] if label.strip()]
        if wrong is None and len(filled) < 2 and not self.is_deferred_validation:
            wrong = wrong_labels(filled, fewest=2, too_few=_("Geef ten minste twee antwoorden."))
        return {"options": wrong} if wrong else {}


class OneChoiceBlock(ChoiceQuestionBlock):
    shown_as = blocks.ChoiceBlock(
        label=_("zo ziet het eruit"),
        choices=[("radio", _("Rondjes onder elkaar")), ("list", _("Lijst die opengaat"))],
        default="radio",
        help_text=_("Een lijst is alleen handig bij heel veel antwoorden."),
    )

    class Meta:
        label = _("Eén antwoord kiezen")
        icon = "radio-full"


class SeveralChoicesBlock(ChoiceQuestionBlock):
    none = blocks.CharBlock(
        label=_("antwoord dat alle andere uitsluit"),
        max_length=100,
        required=False,
        help_text=_("Zoals: Geen van deze. Leeg: dit antwoord is er niet."),
    )
    min_choices = blocks.IntegerBlock(
        label=_("ten minste zoveel antwoorden"),
        required=False,
        min_value=1,
        help_text=_("Geldt voor wie de vraag beantwoordt. Leeg: één is genoeg."),
    )
    max_choices = blocks.IntegerBlock(
        label=_("ten hoogste zoveel antwoorden"),
        required=False,
        min_value=1,
        help_text=_("Leeg: zoveel als de invuller wil."),
    )
    wrong_message = wrong_message()

    class Meta:
        label = _("Meer antwoorden kiezen")
        icon = "tasks"

    def own_errors(self, cleaned):
        errors = super().own_errors(cleaned)
        count = len(cleaned["options"]) + bool(cleaned.get("other"))
        most, fewest = cleaned.get("max_choices"), cleaned.get("min_choices")
        if most is not None and most > count:
            errors["max_choices"] = ValidationError(
                _("Dit is meer dan er antwoorden zijn. Laat het leeg als alles mag.")
            )
        if fewest is not None and fewest > (count if most is None else min(most, count)):
            errors["min_choices"] = ValidationError(
                _("Zoveel antwoorden kan niemand kiezen. Vul een kleiner getal in.")
            )
        return errors


def own_options(value) -> tuple[Option, ...]:
    """The answers of the list, with those that an editor added by giving them words."""
    listed = [Option(str(item.id), item.value.strip()) for item in value["options"].bound_blocks]
    for key, name in ((OTHER, "other"), (NONE_OF_THESE, "none")):
        if (value.get(name) or "").strip():
            listed.append(Option(key, value[name].strip()))
    return tuple(listed)


class OneChoice(QuestionType):
    kind = "one_choice"
    counted_as = PARTS
    one_row = True
    seconds = 15
    compares = OPTIONS
    block_class = OneChoiceBlock

    def options(self, value):
        return own_options(value)

    def settings(self, value):
        return {"shown_as": "list" if value.get("shown_as") == "list" else ""}

    def make_field(self, question, **common):
        widget = ListChoices if question.extra.get("shown_as") == "list" else RadioChoices
        return ChoicesField(question=question, several=False, widget=widget, **common)

    def from_link(self, question, given):
        """Ids of answers that a link names by their words ("met-de-fiets") or their id."""
        names = {slugify(option.dutch_label): option.id for option in question.options}
        ids = {option.id for option in question.options} - {OTHER}
        found = [value if value in ids else names.get(slugify(value), "") for value in given]
        return [key for key in dict.fromkeys(found) if key in ids]

    def has_fixed_values(self, question):
        return True

    def result(self, question, tally):
        result = super().result(question, tally)
        counts = tally.counts.get(question.id, {})
        offered = [
            (option.label, counts.get((option.id, None), 0), option.archived)
            for option in question.options
        ]
        result.bars = [Bars(bar_rows(offered, result.answered))]
        return result

    def given_back(self, question, rows):
        own = [row.text for row in rows if row.option_id == OTHER]
        given = {"": [row.option_id for row in rows]}
        return given | {f"-{OTHER}": own} if own else given

    def columns(self, question):
        return [
            Part(
                question.label,
                Storage.CODE,
                question.id,
                read_option,
                labels=tuple(question.option_labels.items()),
            ),
            *self.own_words(question, f"{question.label}: {question.option_labels.get(OTHER)}"),
        ]

    def own_words(self, question, label: str) -> list[Part]:
        """The column of the own answers, where one could give them."""
        if OTHER not in question.option_labels:
            return []
        read = words_with(OTHER)
        return [Part(label, Storage.TEXT, question.id, read, key="tekst", is_personal=True)]


class SeveralChoices(OneChoice):
    kind = "several_choices"
    counted_as = CHOICES
    one_row = False
    seconds = 20
    block_class = SeveralChoicesBlock

    def settings(self, value):
        return {"min_choices": value.get("min_choices")}

    def own_names(self, value):
        return {"max_choices": value.get("max_choices")}

    def make_field(self, question, **common):
        return ChoicesField(question=question, several=True, widget=CheckboxChoices, **common)

    def help_parts(self, question):
        fewest, most = question.extra.get("min_choices"), question.max_choices
        if fewest and most and fewest == most:
            rule = ngettext("Kies %(n)s antwoord.", "Kies %(n)s antwoorden.", most) % {"n": most}
        elif fewest and most:
            rule = _("Kies %(fewest)s tot en met %(most)s antwoorden.") % {
                "fewest": fewest,
                "most": most,
            }
        elif fewest:
            rule = ngettext(
                "Kies ten minste %(n)s antwoord.", "Kies ten minste %(n)s antwoorden.", fewest
            ) % {"n": fewest}
        elif most:
            rule = _("U mag ten hoogste %(n)s antwoorden kiezen.") % {"n": most}
        else:
            rule = _("U mag meer dan één antwoord kiezen.")
        return [*super().help_parts(question), rule]

    def result(self, question, tally):
        result = super().result(question, tally)
        result.notes.append(
            _("Wie invulde, kon meer antwoorden kiezen: samen is het meer dan 100%.")
        )
        return result

    def columns(self, question):
        label = str(_("%(question)s (eigen antwoord)") % {"question": question.label})
        return [
            *(
                Part(
                    f"{question.label}: {option.label}",
                    Storage.FLAG,
                    question.id,
                    chosen(option.id),
                    key=option.id,
                )
                for option in question.options
            ),
            *self.own_words(question, label),
        ]
