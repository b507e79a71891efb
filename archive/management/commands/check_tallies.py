"""Hold the kept counts, and what is kept beside lists, against what they count."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.editing.counting import repair_tallies, tallies_off
from archive.editing.digesting import digests_off, repair_digests

SHOWN = 20


class Command(BaseCommand):
    """`manage.py check_tallies`: what is off, and with `--repair` nothing any more."""

    help = (
        "Hold the kept counts of topics, people, sources and years, and what is kept of their latest items, against "
        "what they count. Others may go on writing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to repair."""
        parser.add_argument("--repair", action="store_true", help="put right what is off")

    def handle(self, *, repair: bool, **_options: Any) -> None:
        """Say what is off. Ends with an error where something is, and is not put right."""
        off = [*tallies_off(), *digests_off()]
        for each in off[:SHOWN]:
            self.stdout.write(str(each))
        if len(off) > SHOWN:
            self.stdout.write(f"… and {len(off) - SHOWN:,} more")
        if not off:
            self.stdout.write("All kept counts are right.")
        elif repair:
            self.stdout.write(f"{repair_tallies() + repair_digests():,} counts put right.")
        else:
            raise CommandError(f"{len(off):,} counts are off: --repair puts them right")
