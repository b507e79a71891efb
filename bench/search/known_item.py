"""Known-item search: the words of a story's headline are to find that story, within the first five.

    python -m bench.search.known_item STORIES.jsonl.gz [--every 8]

Loads the stories (rows with `title` and `text`) into a throw-away embedded database, asks for each headline's words,
and prints how often the story, or another one under the very same headline, is among the first five and the first.
Nothing is kept.
"""

import argparse
import gzip
import io
import json
import re
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.place import settle_in

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("stories", type=Path, help="JSON lines, gzipped, each with title and text")
parser.add_argument("--every", type=int, default=8, help="ask for every so-many-th headline (8)")
parser.add_argument("--misses", type=int, default=10, help="print so many headlines that did not find their story (10)")
FIRST = 5


def main() -> None:
    """Load, ask, and print the shares."""
    options = parser.parse_args()
    with gzip.open(options.stories, "rt", encoding="utf-8") as lines:
        stories = [story for story in map(json.loads, lines) if story["title"]]
    with tempfile.TemporaryDirectory(prefix="known-item-") as folder:
        settle_in(Path(folder))
        _load(stories)
        _measure(stories, options.every, options.misses)


def _load(stories: list[dict[str, str]]) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from archive.models import Article, Source, Status

    call_command("migrate", verbosity=0)
    begin = datetime(1987, 1, 1, tzinfo=UTC)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        source = Source.objects.create(name="A news agency", visibility="full")
        Article.objects.bulk_create(
            (
                Article(
                    pk=number,
                    headline=story["title"][:400],
                    slug=f"story-{number}",
                    body=story["text"],
                    source=source,
                    published_at=begin + timedelta(minutes=30 * number),
                    status=Status.PUBLISHED,
                    released_at=begin,
                )
                for number, story in enumerate(stories, 1)
            ),
            batch_size=500,
        )
    call_command("check_tallies", repair=True, stdout=io.StringIO())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE archive_article")


def _measure(stories: list[dict[str, str]], every: int, misses: int) -> None:
    from django.http import QueryDict

    from archive.site.searching import Search

    places: list[int] = []
    same_place: list[int] = []
    taken: list[float] = []
    missed: list[str] = []
    for number, story in list(enumerate(stories, 1))[::every]:
        query = QueryDict(mutable=True)
        query["q"] = " ".join(re.findall(r"[\w'./&]+", story["title"].lower()))[:300]
        began = time.perf_counter()
        search = Search(query)
        ids = search.ranked()[:FIRST] if search.valid else []
        taken.append(time.perf_counter() - began)
        headlines = [stories[id_ - 1]["title"].lower() for id_ in ids]
        places.append(ids.index(number) + 1 if number in ids else 0)
        same_place.append(headlines.index(story["title"].lower()) + 1 if story["title"].lower() in headlines else 0)
        if not same_place[-1]:
            missed.append(story["title"])
    for name, found in (("the story", places), ("a story under that headline", same_place)):
        shares = (sum(0 < place <= first for place in found) / len(found) for first in (1, FIRST))
        print(f"{name}: first {next(shares):.1%}, within the first {FIRST} {next(shares):.1%} of {len(found)}")
    print(f"median {statistics.median(taken) * 1000:.0f} ms")
    print("missed:", *missed[:misses], sep="\n  ")


if __name__ == "__main__":
    main()
