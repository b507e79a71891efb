"""Count what came out of its embargo, as the worker does each minute; readers see the articles without it."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.editing.publication import lift_embargoes


class Command(BaseCommand):
    """`manage.py lift_embargoes`."""

    help = "Take away the embargoes that have run out, so that the kept counts include those articles."

    def handle(self, *args: Any, **options: Any) -> None:
        """Lift them and say how many there were."""
        del args, options
        self.stdout.write(f"Embargoes lifted: {lift_embargoes()}.")
