"""Ask a running site for every kind of page, and say what each costs beside a view that returns a constant.

The cost is the time that site and database were on a processor for one request: unlike the time until the answer came,
it is the same on a machine that has something else to do.
"""

import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from urllib.parse import quote_plus, urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.scale.figures import Measured
from bench.scale.generate import Plan

CONSTANT = "/healthz"
CONSTANT_NAME = "constant view"
WARM_UP = 20  # more than it takes to write the SQL, compile the templates and have the connection's server plan
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

    def quote() -> int:
        return dice.randint(1, 3 * plan.articles)

    def word(rank: int) -> str:
        return plan.words[rank + dice.randint(0, rank)]

    addresses: dict[str, Callable[[], str]] = {
        "front page": lambda: "/",
        "article": article,
        "quote": lambda: f"/quotes/{quote()}/",
        "quote, its card": lambda: f"/quotes/{quote()}/card/",
        "quote, as BibTeX": lambda: f"/quotes/{quote()}/cite.bib",
        "quote, as oEmbed": lambda: f"/oembed/?url={quote_plus(f'{settings.SITE_URL}/quotes/{quote()}/')}",
        "articles, first page": lambda: "/articles/",
        "articles, sixty years back": lambda: "/articles/?year=1966",
        "articles of a month": lambda: f"/articles/{dice.randint(2000, 2025)}/{dice.randint(1, 12):02}/",
        "articles of a year": lambda: f"/articles/{dice.randint(2000, 2025)}/",
        "quotes": lambda: "/quotes/",
        "all topics": lambda: "/topics/",
        "largest topic": lambda: "/topics/topic-1/",
        "largest topic, sixty years back": lambda: "/topics/topic-1/?year=1966",
        "largest topic, its quotes": lambda: "/topics/topic-1/quotes/",
        "largest topic, its timeline": lambda: "/topics/topic-1/timeline/",
        "some topic": lambda: f"/topics/topic-{dice.randint(1, plan.topics)}/",
        "people": lambda: "/people/",
        "most quoted person": lambda: "/people/person-1/",
        "most quoted person, on the largest topic": lambda: "/people/person-1/on/topic-1/",
        "sources": lambda: "/sources/",
        "largest source": lambda: "/sources/source-1/",
        "about": lambda: "/about/",
        "search, frequent word": lambda: f"/search/?q={word(5)}",
        "search, word of middling frequency": lambda: f"/search/?q={word(500)}",
        "search, rare word": lambda: f"/search/?q={dice.randint(1, plan.articles):x}th",
        "search, two words": lambda: f"/search/?q={word(5)}+{word(50)}",
        "search among quotes": lambda: f"/search/?q={word(50)}&in=quotes",
        "search, a word never met": lambda: f"/search/?q=x{dice.randint(1, plan.articles):x}zq",
        "search, frequent word of the most quoted person": lambda: f"/search/?q={word(5)}&person=person-1",
        "search, most quoted person alone": lambda: "/search/?person=person-1",
        "search, two words and a topic": lambda: f"/search/?q={word(5)}+{word(50)}&topic=topic-1",
        "search, beginning of a word": lambda: f"/search/begun.json?q={word(50)[:4]}",
        "feed": lambda: "/feed/",
        "feed as JSON": lambda: "/feed.json",
        "feed of the largest topic": lambda: "/topics/topic-1/feed/",
        "feed of the most quoted person": lambda: "/people/person-1/feed/",
        "feed of the largest source": lambda: "/sources/source-1/feed/",
        "feed of a search": lambda: f"/search/feed/?q={word(5)}",
        "sitemap": lambda: f"/sitemaps/articles-{dice.randint(1, plan.articles // 1_000)}.xml",
        "sitemap, index": lambda: "/sitemap.xml",
        "sitemap of the news": lambda: "/sitemaps/news.xml",
    }
    of_files: dict[str, Callable[[], str]] = {
        "search, as CSV, the first bytes": lambda: f"/search/found.csv?q={word(5)}",
        "search, as JSON Lines, the first bytes": lambda: f"/search/found.jsonl?q={word(5)}",
    }
    return {
        **{name: lambda next_one=address: Asked(next_one()) for name, address in addresses.items()},  # type: ignore[misc]
        **{name: lambda next_one=file: Asked(next_one(), to_the_end=False) for name, file in of_files.items()},  # type: ignore[misc]
    }


def measure(
    pages: Pages, port: int, rounds: int, processor_time: Callable[[], float], *, only: str = ""
) -> Iterator[Measured]:
    """Each kind of page in turn that has `only` in its name, after requests that warm it up.

    The constant view is the first of them always. `processor_time` tells the milliseconds that site and database have
    used so far.

    Raises:
        RuntimeError: where a page does not answer 200, nor leads on to another.

    """
    yield _asked(CONSTANT_NAME, port, [Asked(CONSTANT)] * (rounds * 50 + WARM_UP), 0, processor_time)
    for name, next_one in pages.items():
        if only in name:
            asked = [next_one() for _ in range(rounds + WARM_UP)]
            yield _asked(name, port, asked, queries_of(partial(_ask_in_process, asked[0])), processor_time)


def measure_kept(plan: Plan, port: int, rounds: int, processor_time: Callable[[], float]) -> Iterator[Measured]:
    """The pages that are judged, once a process keeps them: sent again, and only told to be what the reader has.

    Raises:
        RuntimeError: where a page does not answer 200, or then 304.

    """
    yield _asked(CONSTANT_NAME, port, [Asked(CONSTANT)] * (rounds * 50 + WARM_UP), 0, processor_time)
    readers = pages(plan)
    for name in JUDGED:
        same = readers[name]()
        yield _asked(f"{name}, kept", port, [same] * (rounds * 25 + WARM_UP), 1, processor_time)
        door = http.client.HTTPConnection("localhost", port)
        door.request("GET", same.address)
        answer = door.getresponse()
        answer.read()
        known = Asked(same.address, headers={"If-None-Match": answer.headers["ETag"]})
        yield _asked(f"{name}, not changed", port, [known] * (rounds * 25 + WARM_UP), 1, processor_time)


def measured(
    name: str, calls: Sequence[Callable[[], object]], queries: int, processor_time: Callable[[], float], warm_up: int
) -> Measured:
    """What each of these calls takes, but for the first ones, which warm up and are not counted."""
    for call in calls[:warm_up]:
        call()
    before = processor_time()
    taken = sorted(map(_milliseconds, calls[warm_up:]))
    cost = (processor_time() - before) / len(taken)
    return Measured(name, cost, statistics.median(taken), taken[int(len(taken) * 0.95)], queries)


def queries_of(call: Callable[[], object]) -> int:
    """How many queries something takes that is done in this process."""
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _asked(name: str, port: int, asked: Sequence[Asked], queries: int, processor_time: Callable[[], float]) -> Measured:
    door = http.client.HTTPConnection("localhost", port)  # a new one: the server closes those that rest
    return measured(name, [partial(_ask, door, one) for one in asked], queries, processor_time, WARM_UP)


def _ask_in_process(asked: Asked) -> None:
    client = Client(SERVER_NAME="localhost", headers=dict(asked.headers))
    client.cookies = SimpleCookie(asked.headers.get("Cookie", ""))
    answer = client.get(asked.address) if asked.form is None else client.post(asked.address, asked.form)
    if asked.to_the_end:
        list(answer)  # a page may ask while it is being sent
    else:
        next(iter(answer))
    answer.close()


def _ask(door: http.client.HTTPConnection, asked: Asked) -> None:
    if asked.form is None:
        door.request("GET", asked.address, headers=dict(asked.headers))
    else:
        typed = {"Content-Type": "application/x-www-form-urlencoded", **asked.headers}
        door.request("POST", asked.address, urlencode(asked.form), typed)
    answer = door.getresponse()
    answer.read(None if asked.to_the_end else 1)
    if not asked.to_the_end:
        door.close()
    expected = http.client.NOT_MODIFIED if "If-None-Match" in asked.headers else http.client.OK
    leads_on = answer.status == http.client.FOUND and "/login/" not in answer.headers["Location"]
    if answer.status != expected and not leads_on:
        raise RuntimeError(f"{asked.address} answers {answer.status}")
