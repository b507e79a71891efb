"""What is filed under a topic, all of it or narrowed by speaker, source and year, with the links that narrow further.

All of it is one scan of the taggings. What is narrowed is found as a search finds it: see `archive.search.candidates`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict

from archive.models import Article, Digest, Quote
from archive.models.address import address
from archive.search.candidates import Candidates, candidates
from archive.search.facets import Facet, Option, facets_of_articles, facets_of_quotes
from archive.search.filters import ArchiveFilter, ArticleFilter, QuoteFilter
from archive.site import found, paging
from archive.site.asking import Asked, together
from archive.site.digests import Told
from archive.site.listing import Listing, articles_on_topic, quotes_on_topic
from archive.site.narrowing import Link, Narrowing, narrowings, with_fields
from archive.site.topic_place import TopicPlace, topic_asked, topic_place

FIELDS = ("person", "source", "from", "to")
_BY = {"People": "Narrow by speaker", "Sources": "Narrow by source"}


@dataclass(slots=True)
class Companion:
    """A topic that items are filed under besides: how many of those looked at."""

    label: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Filed:
    """One page of what is filed, how it may be narrowed, and what else it is filed under."""

    page: paging.Page[Any]
    chosen: list[Link]
    """What narrows it, each with the link that takes it away."""
    narrowings: list[Narrowing]
    companions: list[Companion]
    among: int
    """How many items were looked at for the two before, where there are more; 0 where all were."""
    found: Candidates[Any] | None
    """What is left of the topic, where it is narrowed."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing of this kind under the topic at all, and so no word to lose on it."""
        return not self.page.items and not self.chosen and self.page.is_first


@dataclass(frozen=True, slots=True)
class Kind:
    """Articles or quotes: how they are listed, filtered and counted."""

    digest: Digest.Subject
    listing: Listing[Any]
    filters: Callable[[dict[str, str]], ArchiveFilter]
    found: found.FoundKind[Any]
    facets: Callable[..., list[Facet]]


ARTICLES = Kind(
    Digest.Subject.ARTICLES,
    articles_on_topic,
    lambda given: ArticleFilter(given, queryset=Article.objects.public()),
    found.FOUND_ARTICLES,
    facets_of_articles,
)
QUOTES = Kind(
    Digest.Subject.QUOTES,
    quotes_on_topic,
    lambda given: QuoteFilter(given, queryset=Quote.objects.public()),
    found.FOUND_QUOTES,
    facets_of_quotes,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A topic, what is filed under it, and the rows of the other questions that were asked with its first page."""

    topic: TopicPlace
    filed: Filed
    beside: list[list[Any]]


def opened(slug: str, kind: Kind, given: QueryDict, *beside: Asked[Any]) -> Opened | None:
    """The topic in use of a slug, None where there is none, with the articles or quotes that a query string asks for.

    With the first page of all of them go the answers to what else is asked; with others none. Http404 where the query
    string names somebody or something that the archive does not know.
    """
    if given:  # it may ask for another page, or for a part
        topic = topic_place(slug, kind.digest)
        if topic is None:
            return None
        filed = _filed_under(topic, kind, given)
        is_whole = filed.page.is_first and not filed.chosen
        return Opened(topic, filed, together(*beside) if is_whole else [[] for _ in beside])
    topics, rows, *more = together(topic_asked(slug, kind.digest), kind.listing.beginning(topic=slug), *beside)
    return Opened(topics[0], _whole(topics[0], kind, given, rows), more) if topics else None


def _filed_under(topic: TopicPlace, kind: Kind, given: QueryDict) -> Filed:
    narrowed_by = {name: value for name in FIELDS if (value := str(given.get(name, "")))}
    if narrowed_by:
        return _narrowed(topic, kind, given, narrowed_by)
    return _whole(topic, kind, given)


def _whole(topic: TopicPlace, kind: Kind, given: QueryDict, *beginning: list[Any]) -> Filed:
    told = topic.beside
    return Filed(
        page=kind.listing.page(given, *beginning, topic=topic.slug),
        chosen=[],
        among=told.among,
        found=None,
        **_beside(
            topic,
            _facet("topic", told.topics),
            [_facet("person", told.people), _facet("source", told.sources)],
            given,
        ),
    )


def _facet(field: str, told: Iterable[Told]) -> Facet:
    return Facet(field, [Option(each.name, each.count, {field: each.slug}) for each in told])


def _narrowed(topic: TopicPlace, kind: Kind, given: QueryDict, narrowed_by: dict[str, str]) -> Filed:
    filters = kind.filters({"topic": topic.slug, **narrowed_by})
    if not filters.form.is_valid():
        raise Http404(" ".join(error for errors in filters.form.errors.values() for error in errors))
    left = candidates(filters.sought())
    page = found.page_by_date(left, kind.found, given)
    topics, *others, _years = kind.facets(left.sample)
    return Filed(
        page=page,
        chosen=_chosen(given, filters.form.cleaned_data),
        among=len(left.sample) if left.more else 0,
        found=left,
        **_beside(topic, topics, others, given),
    )


def _beside(topic: TopicPlace, topics: Facet, others: Iterable[Facet], given: QueryDict) -> dict[str, Any]:
    """The links that narrow further, and the companions.

    Topics told of elsewhere on the page are no companions.
    """
    told = {topic.slug, *(each.slug for each in (*topic.broader, *topic.narrower, *topic.related))}
    return {
        "narrowings": [Narrowing(_BY[one.name], one.links) for one in narrowings(given, others) if len(one.links) > 1],
        "companions": [
            Companion(option.label, address("topic", option.fields["topic"]), option.count)
            for option in topics.options
            if option.fields["topic"] not in told
        ],
    }


def _chosen(given: QueryDict, cleaned: dict[str, Any]) -> list[Link]:
    links = [
        Link(str(cleaned[name]), with_fields(given, {name: ""})) for name in ("person", "source") if cleaned.get(name)
    ]
    first, last = given.get("from", ""), given.get("to", "")
    if first or last:
        label = first if first == last else f"{first or '…'} – {last or '…'}"
        links.append(Link(label, with_fields(given, {"from": "", "to": ""})))
    return links


def of_year(given: QueryDict) -> Callable[[int], str]:
    """What makes the address that narrows a page to a year, beside what narrows it already."""
    kept = with_fields(given, {"from": "", "to": ""})
    head = f"?{kept}&" if kept else "?"
    return lambda year: f"{head}from={year}&to={year}"
