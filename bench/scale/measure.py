"""Ask a running site for every kind of page, and say what each costs beside a view that returns a constant.

The cost is the time that site and database were on a processor for one request: unlike the time until the answer came,
it is the same on a machine that has something else to do.
"""

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
CONSTANT_NAME = "constant view"
WARM_UP = 3
JUDGED = ("largest topic", "article", "most quoted person")


@dataclass(frozen=True)
class Measured:
    """One kind of page: milliseconds on a processor, and until the answer came; and its queries."""

    page: str
    cost: float
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
        CONSTANT_NAME: lambda: CONSTANT,
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
        "search, two words": lambda: f"/search/?q={word(5)}+{word(50)}",
        "search among quotes": lambda: f"/search/?q={word(50)}&in=quotes",
        "search, a word never met": lambda: f"/search/?q=x{dice.randint(1, plan.articles):x}zq",
        "search, frequent word of the most quoted person": lambda: f"/search/?q={word(5)}&person=person-1",
        "search, most quoted person alone": lambda: "/search/?person=person-1",
        "search, two words and a topic": lambda: f"/search/?q={word(5)}+{word(50)}&topic=topic-1",
        "feed": lambda: "/feed/",
        "feed of the largest topic": lambda: "/topics/topic-1/feed/",
        "sitemap of a month": lambda: "/sitemaps/articles-2020-06.xml",
    }


def measure(
    plan: Plan, port: int, rounds: int, processor_time: Callable[[], float], *, only: str = ""
) -> Iterator[Measured]:
    """Each kind of page in turn that has `only` in its name, after a few requests that warm it up.

    The constant view is the first of them always. `processor_time` tells the milliseconds that site and database have
    used so far.

    Raises:
        RuntimeError: where a page does not answer 200.

    """
    dice = random.Random(1)
    door = http.client.HTTPConnection("localhost", port)
    for name, address in pages(plan, dice).items():
        if only not in name and name != CONSTANT_NAME:
            continue
        repeated = rounds * 50 if name == CONSTANT_NAME else rounds  # for it costs next to nothing
        addresses = [address() for _ in range(repeated + WARM_UP)]
        with CaptureQueriesContext(connection) as queries:
            list(Client(SERVER_NAME="localhost").get(addresses[0]))  # a page may ask while it is being sent
        yield _measured(name, door, addresses, len(queries), processor_time)


def measure_kept(plan: Plan, port: int, rounds: int, processor_time: Callable[[], float]) -> Iterator[Measured]:
    """The pages that are judged, once a process keeps them: sent again, and only told to be what the reader has.

    Raises:
        RuntimeError: where a page does not answer 200, or then 304.

    """
    door = http.client.HTTPConnection("localhost", port)
    yield _measured(CONSTANT_NAME, door, [CONSTANT] * (rounds * 50 + WARM_UP), 0, processor_time)
    for name, address in pages(plan, random.Random(1)).items():
        if name in JUDGED:
            same = [address()] * (rounds * 25 + WARM_UP)
            yield _measured(f"{name}, kept", door, same, 1, processor_time)
            door.request("GET", same[0])
            answer = door.getresponse()
            answer.read()
            known = {"If-None-Match": answer.headers["ETag"]}
            yield _measured(f"{name}, not changed", door, same, 1, processor_time, headers=known)


def _measured(
    name: str,
    door: http.client.HTTPConnection,
    addresses: list[str],
    queries: int,
    processor_time: Callable[[], float],
    *,
    headers: dict[str, str] | None = None,
) -> Measured:
    for one in addresses[:WARM_UP]:
        _time(door, one, headers)
    before = processor_time()
    taken = sorted(_time(door, one, headers) for one in addresses[WARM_UP:])
    cost = (processor_time() - before) / len(taken)
    return Measured(name, cost, statistics.median(taken), taken[int(len(taken) * 0.95)], queries)


def table(measured: list[Measured]) -> str:
    """The figures as a table in Markdown, each page beside the first, which is the constant view."""
    unit = measured[0]
    lines = [
        "| page | cost, ms | over the constant view | median, ms | over the constant view | p95, ms | queries |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    lines += [
        f"| {one.page} | {one.cost:.2f} | {one.cost / unit.cost:.1f} | {one.median:.2f} "
        f"| {one.median / unit.median:.1f} | {one.p95:.1f} | {one.queries} |"
        for one in measured
    ]
    return "\n".join(lines)


def _time(door: http.client.HTTPConnection, address: str, headers: dict[str, str] | None = None) -> float:
    began = time.perf_counter()
    door.request("GET", address, headers=headers or {})
    answer = door.getresponse()
    answer.read()
    taken = (time.perf_counter() - began) * 1000
    if answer.status != (http.client.NOT_MODIFIED if headers else http.client.OK):
        raise RuntimeError(f"{address} answers {answer.status}")
    return taken
