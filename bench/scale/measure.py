"""Ask a running site for every kind of page, and say what each costs beside a view that returns a constant.

The cost is the time that site and database were on a processor for one request: unlike the time until the answer came,
it is the same on a machine that has something else to do.
"""

import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.scale.figures import Measured
from bench.scale.generate import Plan

CONSTANT = "/healthz"
CONSTANT_NAME = "constant view"
WARM_UP = 10  # as many as it takes to write the SQL, compile the templates and have the server plan
JUDGED = ("largest topic", "article", "most quoted person")


@dataclass(frozen=True)
class Asked:
    """A request: an address, what a form sends to it, the headers; and whether its answer is read to the end."""

    address: str
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    to_the_end: bool = True


Pages = Mapping[str, Callable[[], Asked]]


def pages(plan: Plan) -> Pages:
    """What readers ask for, by name; each call gives another example."""
    dice = random.Random(1)

    def article() -> str:
        number = dice.randint(1, plan.articles)
        with connection.cursor() as cursor:
            cursor.execute("SELECT year, slug FROM archive_article WHERE id = %s", [number])
            year, slug = cursor.fetchone()
        return f"/articles/{year}/{slug}/"

    def word(rank: int) -> str:
        return plan.words[rank + dice.randint(0, rank)]

    addresses: dict[str, Callable[[], str]] = {
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
        "sitemap": lambda: f"/sitemaps/articles-{dice.randint(1, plan.articles // 1_000)}.xml",
        "sitemap, index": lambda: "/sitemap.xml",
    }
    return {name: lambda next_one=address: Asked(next_one()) for name, address in addresses.items()}  # type: ignore[misc]


def measure(
    pages: Pages, port: int, rounds: int, processor_time: Callable[[], float], *, only: str = ""
) -> Iterator[Measured]:
    """Each kind of page in turn that has `only` in its name, after a few requests that warm it up.

    The constant view is the first of them always. `processor_time` tells the milliseconds that site and database have
    used so far.

    Raises:
        RuntimeError: where a page does not answer 200, nor leads on to another.

    """
    yield _measured(CONSTANT_NAME, port, [Asked(CONSTANT)] * (rounds * 50 + WARM_UP), 0, processor_time)
    for name, next_one in pages.items():
        if only in name:
            asked = [next_one() for _ in range(rounds + WARM_UP)]
            yield _measured(name, port, asked, _queries(asked[0]), processor_time)


def measure_kept(plan: Plan, port: int, rounds: int, processor_time: Callable[[], float]) -> Iterator[Measured]:
    """The pages that are judged, once a process keeps them: sent again, and only told to be what the reader has.

    Raises:
        RuntimeError: where a page does not answer 200, or then 304.

    """
    yield _measured(CONSTANT_NAME, port, [Asked(CONSTANT)] * (rounds * 50 + WARM_UP), 0, processor_time)
    readers = pages(plan)
    for name in JUDGED:
        same = readers[name]()
        yield _measured(f"{name}, kept", port, [same] * (rounds * 25 + WARM_UP), 1, processor_time)
        door = http.client.HTTPConnection("localhost", port)
        door.request("GET", same.address)
        answer = door.getresponse()
        answer.read()
        known = Asked(same.address, headers={"If-None-Match": answer.headers["ETag"]})
        yield _measured(f"{name}, not changed", port, [known] * (rounds * 25 + WARM_UP), 1, processor_time)


def _measured(
    name: str,
    port: int,
    asked: list[Asked],
    queries: int,
    processor_time: Callable[[], float],
) -> Measured:
    door = http.client.HTTPConnection("localhost", port)  # a new one: the server closes those that rest
    for one in asked[:WARM_UP]:
        _time(door, one)
    before = processor_time()
    taken = sorted(_time(door, one) for one in asked[WARM_UP:])
    cost = (processor_time() - before) / len(taken)
    return Measured(name, cost, statistics.median(taken), taken[int(len(taken) * 0.95)], queries)


def _queries(asked: Asked) -> int:
    """How many queries the answer takes."""
    client = Client(SERVER_NAME="localhost", headers=dict(asked.headers))
    client.cookies = SimpleCookie(asked.headers.get("Cookie", ""))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(asked.address) if asked.form is None else client.post(asked.address, asked.form)
        if asked.to_the_end:
            list(answer)  # a page may ask while it is being sent
        else:
            next(iter(answer))
    answer.close()
    return len(queries)


def _time(door: http.client.HTTPConnection, asked: Asked) -> float:
    began = time.perf_counter()
    if asked.form is None:
        door.request("GET", asked.address, headers=dict(asked.headers))
    else:
        typed = {"Content-Type": "application/x-www-form-urlencoded", **asked.headers}
        door.request("POST", asked.address, urlencode(asked.form), typed)
    answer = door.getresponse()
    answer.read(None if asked.to_the_end else 1)
    taken = (time.perf_counter() - began) * 1000
    if not asked.to_the_end:
        door.close()
    expected = http.client.NOT_MODIFIED if "If-None-Match" in asked.headers else http.client.OK
    leads_on = answer.status == http.client.FOUND and "/login/" not in answer.headers["Location"]
    if answer.status != expected and not leads_on:
        raise RuntimeError(f"{asked.address} answers {answer.status}")
    return taken
