"""Working agreements between a council and the municipality."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model_string

from ..querysets import AgreementQuerySet
from .council import Council


class Agreement(models.Model):
    """What was agreed on working together, with its paper and the day to look at it again.

    The paper lies in a collection that follows from the area of the council and from `public`;
    see `services.place_document`. One paper belongs to one agreement, so that nothing else
    decides who may read it.
    """

    council = models.ForeignKey(
        Council,
        verbose_name=gettext_lazy("raad"),
        on_delete=models.CASCADE,
        related_name="agreements",
    )
    title = models.CharField(gettext_lazy("titel"), max_length=150)
    document = models.OneToOneField(
        get_document_model_string(),
        verbose_name=gettext_lazy("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="council_agreement",
        error_messages={
            "unique": gettext_lazy(
                "Dit document hoort al bij een andere afspraak. Kies een ander of upload het nog "
                "een keer."
            )
        },
    )
    date = models.DateField(gettext_lazy("afgesproken op"))
    review_date = models.DateField(
        gettext_lazy("opnieuw bekijken op"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Rond deze dag staat de afspraak op uw eerste pagina."),
    )
    public = models.BooleanField(
        gettext_lazy("openbaar"),
        default=False,
        help_text=gettext_lazy(
            "Aan: de afspraak staat met het document op de pagina van de raad. Uit: alleen "
            "de gebiedsmanager en de beheerder kunnen erbij."
        ),
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("werkafspraak")
        verbose_name_plural = gettext_lazy("werkafspraken")
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_date__isnull=True) | Q(review_date__gt=F("date")),
                name="agreement_review_after_date",
                violation_error_message=gettext_lazy(
                    "De dag om opnieuw te bekijken ligt niet na de dag van de afspraak."
                ),
            )
        ]

    def __str__(self) -> str:
        # Others read this in logs, so it does not tell what the agreement is about.
        return _("Werkafspraak met %(council)s") % {"council": self.council.name}

    def save(self, *args, **kwargs):
        """Save, and put the paper where those who may read it can, and nobody else."""
        from ..services import place_document

        with transaction.atomic():
            super().save(*args, **kwargs)
            place_document(agreement=self)
