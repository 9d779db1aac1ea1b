"""What an import would change, worked out before anything is written."""

from dataclasses import dataclass, field
from enum import Enum

from django.contrib.gis.geos import GEOSGeometry
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from areas.models import AreaPage

from .reader import Boundary, BoundaryError

RD_SRID = 28992
SAME_DEGREES = 1e-9  # a tenth of a millimetre


class Kind(Enum):
    CHANGED = "changed"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True)
class Change:
    """One boundary and the area it goes to; `area` is None where it is to be made."""

    kind: Kind
    boundary: Boundary
    geometry: GEOSGeometry
    area: AreaPage | None = None
    area_m2_before: float | None = None


@dataclass(frozen=True)
class Plan:
    """`changes` to make, boundaries `left_out` and areas `untouched` by the file."""

    changes: list[Change] = field(default_factory=list)
    left_out: list[Boundary] = field(default_factory=list)
    untouched: list[AreaPage] = field(default_factory=list)

    def of_kind(self, kind: Kind) -> list[Change]:
        return [change for change in self.changes if change.kind is kind]


def make_plan(boundaries: list[Boundary], *, create: bool, tolerance_m2: float) -> Plan:
    """Match boundaries with areas: by code, else by address (slug), else by title.

    Raises BoundaryError where two boundaries would go to one area, where a new area cannot get
    its code or title, or where a new area would lie over one that is not in the file by more
    than the tolerance (m2, computed in EPSG:28992).
    """
    areas = list(AreaPage.objects.in_order())
    plan = Plan()
    taken: dict[int, Boundary] = {}
    for boundary in boundaries:
        area = _find(boundary, areas)
        if area is None and not create:
            plan.left_out.append(boundary)
            continue
        if area is None:
            plan.changes.append(_new(boundary, plan))
            continue
        if area.pk in taken:
            raise BoundaryError(
                _("%(one)s en %(other)s horen allebei bij %(area)s. Voeg ze samen met --merge.")
                % {"one": taken[area.pk].code, "other": boundary.code, "area": area.title}
            )
        taken[area.pk] = boundary
        plan.changes.append(_change(boundary, area))
    plan.untouched.extend(area for area in areas if area.pk not in taken)
    _refuse_overlap(plan, tolerance_m2)
    return plan


def _refuse_overlap(plan: Plan, tolerance_m2: float) -> None:
    """An area that moves may pass its neighbours until their boundaries come; a new one not."""
    problems = []
    for change in plan.of_kind(Kind.NEW):
        for area in plan.untouched:
            if area.geometry is None or not area.geometry.intersects(change.geometry):
                continue
            shared = area.geometry.intersection(change.geometry).transform(RD_SRID, clone=True).area
            if shared > tolerance_m2:
                problems.append(
                    _(
                        "%(one)s zou %(size)s m² over %(other)s liggen, dat niet in het bestand "
                        "staat; %(limit)s m² mag."
                    )
                    % {
                        "one": change.boundary.code,
                        "other": area.title,
                        "size": number_format(shared, 0),
                        "limit": number_format(tolerance_m2, 0),
                    }
                )
    if problems:
        raise BoundaryError(problems)


def _find(boundary: Boundary, areas: list[AreaPage]) -> AreaPage | None:
    name = boundary.name.casefold()
    for matches in (
        lambda area: area.code == boundary.slug,
        lambda area: area.slug == boundary.slug,
        lambda area: area.title.casefold() == name,
    ):
        found = [area for area in areas if matches(area)]
        if found:
            return found[0]
    return None


def _new(boundary: Boundary, plan: Plan) -> Change:
    if not boundary.slug:
        raise BoundaryError(
            _("Van de code ‘%(code)s’ kan geen adres worden gemaakt. Gebruik letters of cijfers.")
            % {"code": boundary.code}
        )
    for name, value in (("code", boundary.slug), ("title", boundary.name)):
        limit = AreaPage._meta.get_field(name).max_length
        if len(value) > limit:
            raise BoundaryError(
                _("‘%(start)s…’ is te lang voor een gebied: hoogstens %(limit)d tekens.")
                % {"start": value[:40], "limit": limit}
            )
    if boundary.slug in {change.boundary.slug for change in plan.of_kind(Kind.NEW)}:
        raise BoundaryError(
            _("De code ‘%(code)s’ lijkt te veel op een andere: het adres wordt hetzelfde.")
            % {"code": boundary.code}
        )
    return Change(Kind.NEW, boundary, _geometry(boundary))


def _change(boundary: Boundary, area: AreaPage) -> Change:
    geometry = _geometry(boundary)
    before = area.geometry
    same = before is not None and before.normalize(clone=True).equals_exact(
        geometry.normalize(clone=True), SAME_DEGREES
    )
    return Change(
        Kind.SAME if same else Kind.CHANGED,
        boundary,
        geometry,
        area,
        before.transform(RD_SRID, clone=True).area if before is not None else None,
    )


def _geometry(boundary: Boundary) -> GEOSGeometry:
    return GEOSGeometry(memoryview(boundary.polygon.wkb), srid=4326)
