"""Remove the personal data whose term is over."""

from django.core.management.base import BaseCommand

from cms.retention import purge_expired


class Command(BaseCommand):
    help = "Removes personal data past their date and prints how many rows, never whose."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and remove nothing")

    def handle(self, *args, dry_run=False, **options):
        verb = "would remove" if dry_run else "removed"
        for label, count in sorted(purge_expired(dry_run=dry_run).items()):
            self.stdout.write(f"{label}: {verb} {count}")
