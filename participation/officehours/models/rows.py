"""What an editor plans: single dates, series and exceptions."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from participation.officehours import schedule

from .page import OfficeHourPage

ENDS_BEFORE_START = _("De eindtijd ligt vóór de begintijd.")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def plausible(day: date) -> None:
    """Refuse a year that can only be a typing error."""
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("Controleer het jaartal van deze datum."))


def check_times(start, end, field: str = "end_time") -> None:
    """Raise ValidationError on `field` unless the end comes after the start."""
    if start and end and end <= start:
        raise ValidationError({field: ENDS_BEFORE_START})


class OfficeHourMoment(models.Model):
    """A single date."""

    office_hour = ParentalKey(OfficeHourPage, on_delete=models.CASCADE, related_name="moments")
    date = models.DateField(_("datum"), validators=[plausible])
    start_time = models.TimeField(_("van"))
    end_time = models.TimeField(_("tot"))
    note = models.CharField(_("toelichting"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("start_time"), FieldPanel("end_time")]),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("momenten")
        ordering = ["date", "start_time", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")),
                name="office_hour_moment_times_in_order",
                violation_error_message=ENDS_BEFORE_START,
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y}"

    def clean(self):
        super().clean()
        check_times(self.start_time, self.end_time)


class OfficeHourSeries(models.Model):
    """A moment that comes back every so many weeks, or on a set day of the month."""

    class Frequency(models.TextChoices):
        WEEK = schedule.WEEK, _("Per week")
        MONTH = schedule.MONTH, _("Per maand")

    class WeekOfMonth(models.IntegerChoices):
        FIRST = 1, _("De eerste")
        SECOND = 2, _("De tweede")
        THIRD = 3, _("De derde")
        FOURTH = 4, _("De vierde")
        FIFTH = 5, _("De vijfde, als die er is")
        LAST = -1, _("De laatste")

    office_hour = ParentalKey(OfficeHourPage, on_delete=models.CASCADE, related_name="series")
    frequency = models.CharField(
        _("hoe vaak"), max_length=6, choices=Frequency, default=Frequency.WEEK
    )
    interval = models.PositiveSmallIntegerField(
        _("om de hoeveel weken of maanden"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("1 is elke week of maand, 2 is om de week of om de maand."),
    )
    weekday = models.PositiveSmallIntegerField(
        _("dag"), choices=sorted(WEEKDAYS.items()), validators=[MaxValueValidator(6)]
    )
    week_of_month = models.SmallIntegerField(
        _("welke van de maand"),
        choices=WeekOfMonth,
        null=True,
        blank=True,
        help_text=_("Alleen bij ‘per maand’."),
    )
    first = models.DateField(_("vanaf"), validators=[plausible])
    until = models.DateField(
        _("tot en met"),
        null=True,
        blank=True,
        validators=[plausible],
        help_text=_("Leeg: het gaat door tot u het stopt."),
    )
    start_time = models.TimeField(_("van"))
    end_time = models.TimeField(_("tot"))

    panels = [
        FieldRowPanel([FieldPanel("frequency"), FieldPanel("interval")]),
        FieldRowPanel([FieldPanel("week_of_month"), FieldPanel("weekday")]),
        FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
        FieldRowPanel([FieldPanel("first"), FieldPanel("until")]),
    ]

    class Meta:
        verbose_name = _("herhaling")
        verbose_name_plural = _("herhalingen")
        ordering = ["first", "start_time", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")),
                name="office_hour_series_times_in_order",
                violation_error_message=ENDS_BEFORE_START,
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("first")),
                name="office_hour_series_dates_in_order",
                violation_error_message=_("De herhaling stopt voordat zij begint."),
            ),
            models.CheckConstraint(
                condition=Q(frequency="week", week_of_month__isnull=True)
                | Q(
                    frequency="maand",
                    week_of_month__isnull=False,
                    week_of_month__in=[1, 2, 3, 4, 5, -1],
                ),
                name="office_hour_series_week_of_month",
                violation_error_message=_("Kies bij ‘per maand’ welke van de maand."),
            ),
            models.CheckConstraint(
                condition=Q(interval__gte=1, interval__lte=12, weekday__lte=6),
                name="office_hour_series_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.start_time:%H.%M}"

    def clean(self):
        super().clean()
        if self.frequency == self.Frequency.WEEK:
            self.week_of_month = None
        elif self.week_of_month is None:
            raise ValidationError(
                {"week_of_month": _("Kies welke van de maand, zoals: de eerste.")}
            )
        if self.first and self.until and self.until < self.first:
            raise ValidationError({"until": _("De herhaling stopt voordat zij begint.")})
        check_times(self.start_time, self.end_time)


class OfficeHourException(models.Model):
    """A date on which the office hour is cancelled or moved, with the reason."""

    class Kind(models.TextChoices):
        CANCELLED = schedule.CANCELLED, _("Gaat niet door")
        MOVED = schedule.MOVED, _("Is verplaatst")

    office_hour = ParentalKey(OfficeHourPage, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(
        _("datum"), validators=[plausible], help_text=_("De datum waarop het eerst gepland was.")
    )
    kind = models.CharField(
        _("wat verandert er"), max_length=10, choices=Kind, default=Kind.CANCELLED
    )
    new_date = models.DateField(_("nieuwe datum"), null=True, blank=True, validators=[plausible])
    new_start = models.TimeField(_("nieuwe tijd van"), null=True, blank=True)
    new_end = models.TimeField(_("nieuwe tijd tot"), null=True, blank=True)
    reason = models.CharField(
        _("reden"), max_length=200, help_text=_("Bezoekers lezen dit, zoals: de zaal is gesloten.")
    )

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("new_date"), FieldPanel("new_start"), FieldPanel("new_end")]),
    ]

    class Meta:
        verbose_name = _("uitzondering")
        verbose_name_plural = _("uitzonderingen")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="vervalt") | Q(kind="verplaatst", new_date__isnull=False),
                name="office_hour_exception_new_date",
                violation_error_message=_("Vul in naar welke datum dit verplaatst is."),
            ),
            models.CheckConstraint(
                condition=Q(new_start__isnull=True, new_end__isnull=True)
                | Q(new_start__isnull=False, new_end__isnull=False, new_end__gt=F("new_start")),
                name="office_hour_exception_times_in_order",
                violation_error_message=ENDS_BEFORE_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y}"

    def clean(self):
        super().clean()
        if self.kind == self.Kind.CANCELLED:
            self.new_date = self.new_start = self.new_end = None
        elif self.new_date is None:
            raise ValidationError({"new_date": _("Vul in naar welke datum dit verplaatst is.")})
        if (self.new_start is None) != (self.new_end is None):
            raise ValidationError({"new_end": _("Vul beide tijden in, of laat beide leeg.")})
        check_times(self.new_start, self.new_end, field="new_end")
