"""Members of a council: personal data, for the managers of its area only."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.models import PHONE

from ..querysets import MemberQuerySet
from .council import Council


class CouncilMember(models.Model):
    """Somebody in a council. Deleted some time after `until`, see `services.purge_members`.

    `str()` gives the role and never the name: Wagtail writes it in logs that others read and
    that outlive the row.
    """

    class Role(models.TextChoices):
        CHAIR = "voorzitter", gettext_lazy("Voorzitter")
        SECRETARY = "secretaris", gettext_lazy("Secretaris")
        TREASURER = "penningmeester", gettext_lazy("Penningmeester")
        MEMBER = "lid", gettext_lazy("Lid")
        CONTACT = "contact", gettext_lazy("Contactpersoon")

    council = models.ForeignKey(
        Council,
        verbose_name=gettext_lazy("raad"),
        on_delete=models.CASCADE,
        related_name="members",
    )
    name = models.CharField(gettext_lazy("naam"), max_length=100)
    role = models.CharField(gettext_lazy("rol"), max_length=20, choices=Role, default=Role.MEMBER)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    phone = models.CharField(
        gettext_lazy("telefoon"), max_length=20, blank=True, validators=[PHONE]
    )
    since = models.DateField(gettext_lazy("lid vanaf"), null=True, blank=True)
    until = models.DateField(
        gettext_lazy("lid tot en met"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "Gaat iemand weg? Vul de laatste dag in. De gegevens verdwijnen daarna vanzelf."
        ),
    )
    note = models.TextField(
        gettext_lazy("notitie"),
        max_length=500,
        blank=True,
        help_text=gettext_lazy("Schrijf alleen op wat u nodig hebt. Dit lid mag het opvragen."),
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("lid van een raad")
        verbose_name_plural = gettext_lazy("leden van raden")
        ordering = ["council__name", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="council_member_until_after_since",
                violation_error_message=gettext_lazy(
                    "De laatste dag ligt voor de eerste. Kijk de datums na."
                ),
            )
        ]

    def __str__(self) -> str:
        return _("%(role)s van %(council)s") % {
            "role": self.get_role_display(),
            "council": self.council.name,
        }

    @property
    def is_current(self) -> bool:
        """Whether this is a member today."""
        return self.until is None or self.until >= timezone.localdate()
