"""Frozen versions of a survey, and responses that tell nothing about who gave them."""

import uuid
from datetime import timedelta

from django.contrib.gis.db import models as gis
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..definition import Questions, from_json
from ..languages.registry import DUTCH
from ..outcomes.purposes import ContactPurpose
from ..querysets import ContactQuerySet, ResponseQuerySet, VersionQuerySet
from .collector import Collector
from .survey import SurveyPage


class SurveyVersion(models.Model):
    """What a live survey asked at one time; made at publishing, never changed.

    `definition` holds what `surveys.definition.to_json` gives.
    """

    wagtail_reference_index_ignore = True

    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("nummer"))
    definition = models.JSONField(_("vragen"))
    created_at = models.DateTimeField(_("vastgesteld op"), auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vastgestelde versie")
        verbose_name_plural = _("vastgestelde versies")
        ordering = ["survey", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.number}"

    @cached_property
    def asked(self) -> Questions:
        """The questions as plain data, read once."""
        return from_json(self.definition)

    @property
    def languages(self) -> list[str]:
        """Codes of the languages it was offered in besides Dutch."""
        return self.definition.get("languages", [])

    def save(self, *args, **kwargs):
        """Save a new version; TypeError for one that exists, as responses rely on its words."""
        if not self._state.adding:
            raise TypeError("A survey version never changes; freeze a new one.")
        super().save(*args, **kwargs)


class Response(models.Model):
    """One anonymous response: which version it answers, and the day.

    No account, address, cookie, exact time or order: the key is random, so that it tells
    neither when nor after whom a response came. See docs/decisions/.

    `collector` is the link of the same survey that it came along; none where somebody found the
    survey on the site. `source` says how it was filled in. `receipt` is a keyed hash of the code
    that whoever answered holds (`surveys.receipts.codes`). `verdict` is what staff decided last:
    it counts, it does not, or nothing (`surveys.integrity`). `language` is the code of the
    language that the questions were read in.
    """

    class Source(models.TextChoices):
        SITE = "site", _("Op de site")
        PAPER = "papier", _("Op papier")
        INTERVIEW = "gesprek", _("In een gesprek")
        KIOSK = "zuil", _("Op een tablet van de gemeente")

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("versie"), on_delete=models.PROTECT, related_name="responses"
    )
    submitted_on = models.DateField(_("datum"), default=timezone.localdate)
    collector = models.ForeignKey(
        Collector,
        verbose_name=_("ingang"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
    )
    source = models.CharField(
        _("hoe ingevuld"), max_length=10, choices=Source.choices, default=Source.SITE
    )
    receipt = models.UUIDField(_("ontvangstbewijs"), null=True, unique=True, editable=False)
    verdict = models.BooleanField(_("besluit: telt mee"), null=True, editable=False)
    language = models.CharField(_("taal"), max_length=10, default=DUTCH, editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("inzending")
        verbose_name_plural = _("inzendingen")

    def __str__(self) -> str:
        return str(self.pk)


class IsLineOrPolygon(models.Func):
    """SQL: whether a geometry is one valid line or polygon; nothing for nothing."""

    template = (
        "(GeometryType(%(expressions)s) IN ('LINESTRING', 'POLYGON') "
        "AND ST_IsValid(%(expressions)s))"
    )
    arity = 1
    output_field = models.BooleanField()


class Answer(models.Model):
    """One value that a response gives to a question; several choices are several rows.

    `question_id` and `option_id` are the ids in the definition of the version; a row of a matrix
    is a question of its own. A number, a scale and a place in an order fill `number`. A day
    (ISO 8601), a postcode and an own answer beside the options fill `text`. A place on the map
    fills `point` (WGS 84, SRID 4326), `text` (name or description) or both; it is `approximate`
    where the point is the middle of a chosen village. A line or polygon that was drawn fills
    `shape` (SRID 4326); of a question with several places `option_id` tells them apart
    (`surveys.shapes.storing`).
    """

    wagtail_reference_index_ignore = True

    pk = models.CompositePrimaryKey("response_id", "question_id", "option_id")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question_id = models.CharField(_("vraag"), max_length=36)
    option_id = models.CharField(_("keuze"), max_length=36, blank=True, default="")
    text = models.TextField(_("tekst"), blank=True, default="")
    # Fifteen digits are what SQLite keeps exactly.
    number = models.DecimalField(_("getal"), max_digits=15, decimal_places=4, null=True, blank=True)
    # With a spatial index, though nothing filters on it: on SpatiaLite a table whose geometry has
    # none cannot be rebuilt by a later migration (its metadata is then lost).
    point = gis.PointField(_("plek"), srid=4326, null=True, blank=True)
    shape = gis.GeometryField(_("lijn of vlak"), srid=4326, null=True, blank=True)
    approximate = models.BooleanField(_("bij benadering"), default=False)

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        indexes = [models.Index(fields=["question_id"], name="answer_question")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(option_id="")
                | ~models.Q(text="")
                | models.Q(number__isnull=False)
                | models.Q(point__isnull=False),
                name="answer_holds_a_value",
            ),
            models.CheckConstraint(
                condition=models.Q(shape__isnull=True)
                | models.Q(point__isnull=True, approximate=False) & ~models.Q(option_id=""),
                name="answer_has_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(IsLineOrPolygon("shape")), name="answer_shape_is_sound"
            ),
        ]

    def __str__(self) -> str:
        return self.question_id

    @property
    def shape_words(self) -> str:
        """The line or polygon in words, with its size."""
        from ..shapes.words import with_name

        return with_name(self.shape) if self.shape else ""


class ContactAddress(models.Model):
    """An e-mail address that somebody left with a survey; nothing leads from it to the answers.

    It shares no key with a response, holds no day, and its own key is random, so that the order
    of the addresses is not that of the responses. Kept until `KEPT` after the survey closed, and
    no longer than the answers. `purpose` is what the question said when the address was given;
    empty for an address from before questions said so: it is never mailed.
    """

    Purpose = ContactPurpose
    wagtail_reference_index_ignore = True
    KEPT = timedelta(days=365)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        SurveyPage, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="contacts"
    )
    question_id = models.CharField(_("vraag"), max_length=36)
    purpose = models.CharField(
        _("waarvoor"), max_length=10, choices=Purpose.choices, blank=True, default=""
    )
    email = models.EmailField(_("e-mailadres"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("achtergelaten adres")
        verbose_name_plural = _("achtergelaten adressen")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question_id", "purpose", "email"],
                name="survey_contact_once_a_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=["", "uitkomst", "benaderen"]),
                name="survey_contact_known_purpose",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
