"""Read mails that came back, and complaints, from a mailbox."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsletters.bounces.fetching import fetch
from newsletters.bounces.mailboxes import MailboxError


class Command(BaseCommand):
    help = (
        "Reads bounces (RFC 3464) and complaints (RFC 5965) from the mailbox of "
        "NEWSLETTER_BOUNCE_MAILBOX, blocks addresses that do not work, and removes what it read. "
        "What it does not understand goes to the folder Apart. The clock does this by itself."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--mailbox", default="", help="maildir:///path or imaps://user:password@host/folder"
        )

    def handle(self, *args, mailbox="", **options):
        address = mailbox or settings.NEWSLETTER_BOUNCE_MAILBOX
        if not address:
            raise CommandError("Set NEWSLETTER_BOUNCE_MAILBOX or give --mailbox.")
        try:
            tally = fetch(address=address)
        except MailboxError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{tally.recorded} recorded, {tally.nothing_new} with nothing new, "
            f"{tally.apart} set apart"
        )
