"""Ask a running site for every kind of page, and say how long each takes beside a view that returns a constant."""

import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.scale.generate import Plan

CONSTANT = "/healthz"


@dataclass(frozen=True)
class Measured:
    """One kind of page: milliseconds in the median and at the 95th percentile, and its queries."""

    page: str
    median: float
    p95: float
    queries: int


def pages(plan: Plan, dice: random.Random) -> dict[str, Callable[[], str]]:
    """What to ask for, by name; each call gives the address of another example."""

    def article() -> str:
        number = dice.randint(1, plan.articles)
        with connection.cursor() as cursor:
            cursor.execute("SELECT year, slug FROM archive_article WHERE id = %s", [number])
            year, slug = cursor.fetchone()
        return f"/articles/{year}/{slug}/"

    def word(rank: int) -> str:
        return plan.words[rank + dice.randint(0, rank)]

    return {
        "constant view": lambda: CONSTANT,
        "front page": lambda: "/",
        "article": article,
        "quote": lambda: f"/quotes/{dice.randint(1, 3 * plan.articles)}/",
        "articles, first page": lambda: "/articles/",
        "articles, sixty years back": lambda: "/articles/?year=1966",
        "articles of a year": lambda: f"/articles/{dice.randint(2000, 2025)}/",
        "quotes": lambda: "/quotes/",
        "all topics": lambda: "/topics/",
        "largest topic": lambda: "/topics/topic-1/",
        "largest topic, sixty years back": lambda: "/topics/topic-1/?year=1966",
        "largest topic, its quotes": lambda: "/topics/topic-1/quotes/",
        "some topic": lambda: f"/topics/topic-{dice.randint(1, plan.topics)}/",
        "people": lambda: "/people/",
        "most quoted person": lambda: "/people/person-1/",
        "largest source": lambda: "/sources/source-1/",
        "search, frequent word": lambda: f"/search/?q={word(5)}",
        "search, word of middling frequency": lambda: f"/search/?q={word(500)}",
        "search, rare word": lambda: f"/search/?q={dice.randint(1, plan.articles):x}th",
        "search, two words and a topic": lambda: f"/search/?q={word(5)}+{word(50)}&topic=topic-1",
        "feed": lambda: "/feed/",
        "feed of the largest topic": lambda: "/topics/topic-1/feed/",
        "sitemap of a year": lambda: "/sitemaps/articles-2020.xml",
    }


def measure(plan: Plan, port: int, rounds: int, report: Callable[[str], None]) -> Iterator[Measured]:
    """Each kind of page in turn, after a few requests that warm it up.

    Raises:
        RuntimeError: where a page does not answer 200.

    """
    dice = random.Random(1)
    for name, address in pages(plan, dice).items():
        report(name)
        door = http.client.HTTPConnection("localhost", port)
        addresses = [address() for _ in range(rounds + 3)]
        taken = sorted([_time(door, one) for one in addresses][3:])
        with CaptureQueriesContext(connection) as queries:
            list(Client(SERVER_NAME="localhost").get(addresses[0]))  # a page may ask while it is being sent
        yield Measured(name, statistics.median(taken), taken[int(len(taken) * 0.95)], len(queries))


def table(measured: list[Measured]) -> str:
    """The figures as a table in Markdown, each page beside the first, which is the constant view."""
    unit = measured[0].median
    lines = ["| page | median, ms | p95, ms | over the constant view | queries |", "| --- | --: | --: | --: | --: |"]
    lines += [
        f"| {one.page} | {one.median:.1f} | {one.p95:.1f} | {one.median / unit:.1f} | {one.queries} |"
        for one in measured
    ]
    return "\n".join(lines)


def _time(door: http.client.HTTPConnection, address: str) -> float:
    began = time.perf_counter()
    door.request("GET", address)
    answer = door.getresponse()
    answer.read()
    taken = (time.perf_counter() - began) * 1000
    if answer.status != http.client.OK:
        raise RuntimeError(f"{address} answers {answer.status}")
    return taken
