"""What an address that somebody leaves with a survey may be used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactPurpose(models.TextChoices):
    """Stored with the address, as it was said when it was given."""

    OUTCOME = "uitkomst", _("Laat mij weten wat u met de antwoorden doet")
    APPROACH = "benaderen", _("U mag mij benaderen voor iets anders")
