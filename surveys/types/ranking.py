"""Putting answers in order, the most important one first."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..definition import Option, Question
from .base import (
    PLACES,
    Bars,
    QuestionField,
    QuestionType,
    bar_rows,
    in_tenths,
    label_list,
    wrong_labels,
)
from .from_link import ShuffledBlock
from .parts import Part, Storage, place_of

MAX_RANKED = 10


class RankingInput(forms.Widget):
    """A place for each answer; `static_src/js/surveys/ranking.js` makes it a list to move in."""

    template_name = "surveys/widgets/ranking.html"
    use_fieldset = True
    question: Question

    def value_from_datadict(self, data, files, name):
        return {
            option.id: data.get(f"{name}-{option.id}", "").strip()
            for option in self.question.options
        }

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-{option.id}" in data for option in self.question.options)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        base = context["widget"]["attrs"].get("id", name)
        context["places"] = [str(n) for n in range(1, len(self.question.options) + 1)]
        context["items"] = [
            {
                "id": f"{base}_{number}",
                "name": f"{name}-{option.id}",
                "label": option.label,
                "place": given.get(option.id, ""),
            }
            for number, option in enumerate(self.question.options)
        ]
        return context


class RankingField(QuestionField):
    def clean(self, value) -> dict[str, int]:
        options = self.question.options
        given = {key: place for key, place in (value or {}).items() if place}
        if not given:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return {}
        allowed = {str(n): n for n in range(1, len(options) + 1)}
        if any(place not in allowed for place in given.values()):
            raise ValidationError(
                _("Kies bij elk antwoord een plaats van 1 tot en met %(n)s.") % {"n": len(options)},
                code="invalid",
            )
        missing = [option.label for option in options if option.id not in given]
        if missing:
            raise ValidationError(
                _("Kies ook een plaats voor: %(labels)s. Of laat alle plaatsen leeg.")
                % {"labels": ", ".join(missing)}
                if not self.required
                else _("Kies ook een plaats voor: %(labels)s.") % {"labels": ", ".join(missing)},
                code="missing",
            )
        if len(set(given.values())) < len(given):
            raise ValidationError(
                _("Twee antwoorden staan op dezelfde plaats. Geef elk antwoord een eigen plaats."),
                code="double",
            )
        return {key: allowed[place] for key, place in given.items()}

    def values(self, cleaned):
        return [{"option_id": key, "number": place} for key, place in (cleaned or {}).items()]

    def as_given(self, raw):
        labels = self.question.option_labels
        given = [(place, labels[key]) for key, place in (raw or {}).items() if place]
        return "\n".join(f"{place}. {label}" for place, label in sorted(given))


class RankingBlock(ShuffledBlock):
    options = label_list(_("antwoorden"), max_num=MAX_RANKED)

    class Meta:
        label = _("Op volgorde zetten")
        icon = "list-ol"

    def own_errors(self, cleaned):
        wrong = wrong_labels(
            cleaned["options"],
            fewest=0 if self.is_deferred_validation else 2,
            too_few=_("Geef ten minste twee antwoorden."),
        )
        return {"options": wrong} if wrong else {}


class Ranking(QuestionType):
    kind = "ranking"
    counted_as = PLACES
    seconds = 30
    block_class = RankingBlock

    def options(self, value):
        return tuple(
            Option(str(item.id), item.value.strip()) for item in value["options"].bound_blocks
        )

    def make_field(self, question, **common):
        widget = RankingInput()
        widget.question = question
        return RankingField(widget=widget, **common)

    def help_parts(self, question):
        return [
            *super().help_parts(question),
            _("Plaats 1 is het belangrijkst, plaats %(n)s het minst belangrijk.")
            % {"n": len(question.options)},
        ]

    def result(self, question, tally):
        """Answers by their mean place, the highest first, with how often each came first."""
        result = super().result(question, tally)
        places: dict[str, dict[int, int]] = {}
        for (option_id, place), count in tally.counts.get(question.id, {}).items():
            places.setdefault(option_id, {})[int(place)] = count
        means = {
            key: sum(place * count for place, count in counts.items()) / sum(counts.values())
            for key, counts in places.items()
        }
        ordered = sorted(question.options, key=lambda option: means.get(option.id, MAX_RANKED + 1))
        offered = []
        for option in ordered:
            label = option.label
            if option.id in means:
                label = _("%(label)s (gemiddeld plaats %(mean)s)") % {
                    "label": label,
                    "mean": in_tenths(means[option.id]),
                }
            offered.append((label, places.get(option.id, {}).get(1, 0), option.archived))
        result.bars = [Bars(bar_rows(offered, result.answered))]
        for row, option in zip(result.bars[0].rows, ordered, strict=True):
            row["option"] = option
        result.notes.append(_("De balk toont hoe vaak een antwoord op plaats 1 kwam."))
        return result

    def given_back(self, question, rows):
        return {f"-{row.option_id}": [str(int(row.number))] for row in rows}

    def columns(self, question):
        return [
            Part(
                f"{question.label}: {option.label}",
                Storage.RATING,
                question.id,
                place_of(option.id),
                key=option.id,
            )
            for option in question.options
        ]
