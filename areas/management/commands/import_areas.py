"""`manage.py import_areas FILE`: official boundaries for the areas."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from areas.boundaries.checks import load_boundaries
from areas.boundaries.plan import Kind, Plan, make_plan
from areas.boundaries.reader import BoundaryError, Source, parse_merges
from areas.boundaries.services import apply_plan
from areas.models import AreaPage

LANGUAGE = "nl"


class Command(BaseCommand):
    """Shows what will change, then applies it in one transaction.

    In a terminal it asks first, unless --yes; --dry-run only shows.
    """

    help = (
        "Leest grenzen van gebieden uit een bestand (elk formaat en coördinatenstelsel dat GDAL "
        "kent), laat zien wat er verandert en voert dat in één keer door. Gebieden houden hun "
        "pagina. Daarna krijgt alles wat op de kaart staat opnieuw zijn gebied."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="bestand met de grenzen")
        parser.add_argument("--code-field", help="veld met de code van het gebied")
        parser.add_argument("--name-field", help="veld met de naam van het gebied")
        parser.add_argument(
            "--dissolve-by", metavar="FIELD", help="voeg samen per waarde van dit veld"
        )
        parser.add_argument("--layer", help="laag in een bestand met meer lagen")
        parser.add_argument(
            "--crs", help="coördinatenstelsel, als het bestand het niet of fout zegt"
        )
        parser.add_argument("--encoding", help="letters van het bestand, bijvoorbeeld cp1252")
        parser.add_argument(
            "--merge",
            action="append",
            default=[],
            metavar="VAN=NAAR",
            help="voeg een vlak bij een ander; mag vaker",
        )
        parser.add_argument(
            "--tolerance",
            type=float,
            default=100.0,
            metavar="M2",
            help="zoveel vierkante meter mogen twee vlakken over elkaar liggen (standaard 100)",
        )
        parser.add_argument(
            "--create", action="store_true", help="maak een gebied voor een vlak zonder gebied"
        )
        parser.add_argument("--note", default="", help="toelichting die bij de kaart komt te staan")
        parser.add_argument("--dry-run", action="store_true", help="laat alleen zien")
        parser.add_argument("--yes", action="store_true", help="vraag niets")

    def handle(self, *args, file, merge, create, note, dry_run, yes, **options):
        with override(LANGUAGE):
            try:
                plan = self._plan(file, merge, create, note, options)
                self._show(plan, file)
                if not plan.of_kind(Kind.CHANGED) and not plan.of_kind(Kind.NEW):
                    self.stdout.write(_("Er verandert niets."))
                elif dry_run:
                    self.stdout.write(_("Niets veranderd: dit was alleen om te kijken."))
                elif yes or self._agreed():
                    self._report(apply_plan(plan=plan, note=note), plan)
                else:
                    self.stdout.write(_("Niets veranderd."))
            except BoundaryError as error:
                reason = "\n".join(error.messages)
                raise CommandError(
                    _("%(reason)s\nEr is niets veranderd.") % {"reason": reason}
                ) from error

    def _plan(self, file, merge, create, note, options) -> Plan:
        limit = AreaPage._meta.get_field("geometry_note").max_length
        if len(note) > limit:
            raise BoundaryError(
                _("De toelichting (--note) mag hoogstens %d tekens lang zijn.") % limit
            )
        if options["tolerance"] < 0:
            raise BoundaryError(_("--tolerance is een aantal m² van 0 of meer."))
        source = Source(
            path=file,
            code_field=options["code_field"],
            name_field=options["name_field"],
            dissolve_by=options["dissolve_by"],
            layer=options["layer"],
            crs=options["crs"],
            encoding=options["encoding"],
            tolerance_m2=options["tolerance"],
            merges=parse_merges(merge),
        )
        return make_plan(load_boundaries(source), create=create, tolerance_m2=options["tolerance"])

    def _show(self, plan: Plan, file: Path) -> None:
        write = self.stdout.write
        write(
            _("%(file)s gelezen. Aantal gebieden: %(count)d.")
            % {"file": file.name, "count": len(plan.changes) + len(plan.left_out)}
        )
        for change in plan.changes:
            line = {
                Kind.CHANGED: _("  verandert   %(title)s: %(size)s (nu %(before)s)"),
                Kind.SAME: _("  blijft      %(title)s: %(size)s, de grens is al zo"),
                Kind.NEW: _("  nieuw       %(title)s: %(size)s"),
            }[change.kind]
            before = change.area_m2_before
            title = change.area.title if change.area else change.boundary.name
            write(
                line
                % {
                    "title": title,
                    "size": _km2(change.boundary.area_m2),
                    "before": _("nog geen grens") if before is None else _km2(before),
                }
            )
        for boundary in plan.left_out:
            write(
                _(
                    "  weggelaten  %(code)s: %(size)s, er is geen gebied met deze code of naam. "
                    "Neem het mee met --merge %(code)s=… of --create."
                )
                % {"code": boundary.code, "size": _km2(boundary.area_m2)}
            )
        for area in plan.untouched:
            write(_("  ongewijzigd %(title)s: staat niet in het bestand") % {"title": area.title})

    def _agreed(self) -> bool:
        """Ask who sits at a terminal; a script has asked for it by running the command."""
        if not sys.stdin.isatty():
            return True
        answer = input(_("Doorvoeren? [ja/nee] "))
        return answer.strip().casefold() in ("ja", "j")

    def _report(self, counts: dict[str, int], plan: Plan) -> None:
        self.stdout.write(
            self.style.SUCCESS(
                _(
                    "Klaar. Grenzen veranderd: %(changed)d. Gebieden gemaakt: %(new)d. Plekken "
                    "opnieuw ingedeeld: %(placed)d."
                )
                % {
                    "changed": len(plan.of_kind(Kind.CHANGED)),
                    "new": len(plan.of_kind(Kind.NEW)),
                    "placed": sum(counts.values()),
                }
            )
        )


def _km2(square_metres: float) -> str:
    return _("%(number)s km²") % {"number": number_format(square_metres / 1_000_000, 2)}
