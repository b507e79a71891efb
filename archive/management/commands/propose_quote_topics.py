"""Propose topics for quotes that have none proposed yet."""

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef

from archive.models import Quote, Suggestion
from archive.suggestion.quote_topics import propose_for_quotes

AT_ONCE = 500


class Command(BaseCommand):
    """`manage.py propose_quote_topics [--all]`. Run again it proposes nothing twice."""

    help = "Propose topics for quotes, from their words and those around them, where none were proposed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which quotes."""
        parser.add_argument("--all", action="store_true", help="also where some were: after the vocabulary has grown")

    def handle(self, *, all: bool, **_options: Any) -> None:  # noqa: A002 (the option's own name)
        """Propose and say how many."""
        quotes = Quote.objects.select_related("article").defer("article__words").order_by("pk")
        if not all:
            quotes = quotes.filter(~Exists(Suggestion.objects.topics().filter(quote=OuterRef("pk"))))
        new = 0
        waiting = quotes.iterator(chunk_size=AT_ONCE)
        while some := list(islice(waiting, AT_ONCE)):
            new += propose_for_quotes(some)
        self.stdout.write(f"Topics proposed for quotes: {new:,}.")
