"""One question about several things, each with the same answers: rows and columns."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..definition import Option, Question
from .base import (
    NOT_IN_LIST,
    ROWS,
    Bars,
    QuestionField,
    QuestionType,
    bar_rows,
    label_list,
    wrong_labels,
)
from .from_link import ShuffledBlock
from .parts import Part, Storage, read_option

MAX_ROWS = 15
MAX_COLUMNS = 7


class MatrixInput(forms.Widget):
    """A group of radio buttons for each row; each has a name of its own for a screen reader."""

    template_name = "surveys/widgets/matrix.html"
    use_fieldset = True
    question: Question

    def value_from_datadict(self, data, files, name):
        return {row.id: data.get(f"{name}-{row.id}", "") for row in self.question.rows}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{row.id}" in data for row in self.question.rows)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        base, number, groups = context["widget"]["attrs"].get("id", name), 0, []
        for row in self.question.rows:
            choices = []
            for option in self.question.options:
                choices.append(
                    {
                        "id": f"{base}_{number}",
                        "value": option.id,
                        "label": option.label,
                        "checked": given.get(row.id) == option.id,
                    }
                )
                number += 1
            groups.append({"name": f"{name}-{row.id}", "label": row.label, "choices": choices})
        context["groups"] = groups
        return context


class MatrixField(QuestionField):
    def clean(self, value) -> dict[str, str]:
        labels = self.question.option_labels
        given = {row: chosen for row, chosen in (value or {}).items() if chosen}
        if any(chosen not in labels for chosen in given.values()):
            raise ValidationError(NOT_IN_LIST, code="invalid_choice")
        if self.required:
            missing = [row.label for row in self.question.rows if row.id not in given]
            if len(missing) == len(self.question.rows):
                raise ValidationError(self.error_messages["required"], code="required")
            if missing:
                raise ValidationError(
                    _("Kies ook een antwoord bij: %(rows)s.") % {"rows": ", ".join(missing)},
                    code="rows",
                )
        return given

    def values(self, cleaned):
        return [
            {"question_id": row, "option_id": chosen} for row, chosen in (cleaned or {}).items()
        ]

    def as_given(self, raw):
        labels = self.question.option_labels
        return "\n".join(
            f"{row.label}: {labels[raw[row.id]]}"
            for row in self.question.rows
            if (raw or {}).get(row.id) in labels
        )


class MatrixBlock(ShuffledBlock):
    rows = label_list(_("rijen: waarover gaat het"), item=_("rij"), max_num=MAX_ROWS)
    options = label_list(
        _("kolommen: de antwoorden, van laag naar hoog"),
        max_num=MAX_COLUMNS,
        help_text=_("Zoals: slecht, matig, goed. Elke rij krijgt dezelfde antwoorden."),
    )

    class Meta:
        label = _("Tabel: meer vragen met dezelfde antwoorden")
        icon = "table"

    def own_errors(self, cleaned):
        draft = self.is_deferred_validation
        errors = {
            "rows": wrong_labels(
                cleaned["rows"], fewest=0 if draft else 1, too_few=_("Geef ten minste één rij.")
            ),
            "options": wrong_labels(
                cleaned["options"],
                fewest=0 if draft else 2,
                too_few=_("Geef ten minste twee antwoorden."),
            ),
        }
        return {name: error for name, error in errors.items() if error}


class Matrix(QuestionType):
    """Each row stores its answer as a question of one choice, under the id of the row."""

    kind = "matrix"
    counted_as = ROWS
    one_row = True
    seconds = 10
    block_class = MatrixBlock

    def seconds_for(self, question):
        return self.seconds * max(1, len(question.rows))

    def options(self, value):
        return _listed(value["options"])

    def rows(self, value):
        return _listed(value["rows"])

    def make_field(self, question, **common):
        widget = MatrixInput()
        widget.question = question
        return MatrixField(widget=widget, **common)

    def help_parts(self, question):
        return [*super().help_parts(question), _("Kies in elke groep één antwoord.")]

    def answer_ids(self, question):
        return [row.id for row in question.rows]

    def result(self, question, tally):
        result = super().result(question, tally)
        for row in question.rows:
            counts = tally.counts.get(row.id, {})
            answered = tally.answered.get(row.id, 0)
            result.answered = max(result.answered, answered)
            offered = [
                (option.label, counts.get((option.id, None), 0), option.archived)
                for option in question.options
            ]
            note = _("Deze rij wordt niet meer gevraagd.") if row.archived else ""
            result.bars.append(Bars(bar_rows(offered, answered), label=row.label, note=note))
        return result

    def given_back(self, question, rows):
        return {f"-{row.question_id}": [row.option_id] for row in rows}

    def columns(self, question):
        return [
            Part(
                f"{question.label}: {row.label}",
                Storage.CODE,
                row.id,
                read_option,
                key=row.id,
                labels=tuple(question.option_labels.items()),
            )
            for row in question.rows
        ]


def _listed(items: blocks.list_block.ListValue) -> tuple[Option, ...]:
    return tuple(Option(str(item.id), item.value.strip()) for item in items.bound_blocks)
