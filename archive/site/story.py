"""What the page of an article holds: of one that readers see, and of one that is shown in private before that."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from archive.models import Article, Authorship, Original, Person, Quote, Source, Status, Tagging, Tally, Topic
from archive.site import citing
from archive.site.asking import Question, given
from archive.site.corrections import NONE, corrections_of
from archive.site.neighbours import neighbours
from archive.site.reading import passages, shown_text, shown_whole
from archive.site.telling import Telling

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Story:
    """An article with all that its own page says of it."""

    article: Article
    authors: Sequence[Person]
    quotes: Sequence[Quote]
    topics: dict[Topic, int]
    """What the article is filed under, by name, each with the number of its articles."""
    topics_of_quotes: dict[int, Sequence[Topic]]
    """What each quote is filed under, by its id."""
    changed: bool
    """Whether it was ever changed while readers could see it."""


def public_story(year: int, slug: str) -> Story | None:
    """The article at an address, as readers may see it; None where there is none. One query."""
    return next(iter(_PUBLIC.ask(year=year, slug=slug)), None)


def private_story(pk: int) -> Story | None:
    """The article of this id as readers will see it, were it published now. One query."""
    return next(iter(_PRIVATE.ask(pk=pk)), None)


def drawn_from(story: Story, *, archive: str) -> dict[str, Any]:
    """The context of `site/article.html`: the text as far as the source allows, its quotes marked, its topics.

    `archive` is its name, for the citation; an article without source or date is not to be cited yet.
    """
    article, topics = story.article, [*story.topics]
    # In the margin a quote's topics say something only where they are not simply the article's.
    of_quotes_alone = {pk: filed for pk, filed in story.topics_of_quotes.items() if set(filed) != set(topics)}
    text = shown_text(article)
    return {
        "article": article,
        "authors": story.authors,
        "quotes": story.quotes,
        "passages": passages(text, story.quotes, of_quotes_alone),
        "abridged": len(text) < len(article.body),
        "beyond": [quote for quote in story.quotes if not shown_whole(text, quote)],
        "topics": topics,
        "corrections": corrections_of(article) if story.changed else NONE,
        "neighbours": neighbours(article, story.topics),
        "citation": citing.citation(article, story.authors, archive) if article.source and article.published_at else "",
    }


_ARTICLE = Telling(
    Article,
    *("id", "headline", "slug", "standfirst", "dateline", "byline", "body", "author_note", "language", "source_id"),
    *("publisher_url", "published_at", "precision", "broken_off", "status", "embargo_until", "released_at"),
    *("original_id", "changed_at"),
)
_SOURCE = Telling(Source, "id", "name", "slug", "visibility", "rights")
_ORIGINAL = Telling(Original, "id", "sha256", "size", "filename", "received_at")
_AUTHOR = Telling(Person, "id", "name", "slug", "listed_as")
_SPEAKER = Telling(Person, "id", "name", "slug")
_QUOTE = Telling(Quote, "id", "spans", "words", "speaker_id", "speaker_mention", "role")
_TOPIC = Telling(Topic, "id", "name", "slug")


def _written(
    articles: "QuerySet[Article]", quotes: "QuerySet[Quote]", taggings: "QuerySet[Tagging]"
) -> "QuerySet[Any, Any]":
    """A row for each article: with source, original and authors, and its own of the quotes and taggings."""
    here = OuterRef("pk")
    filed = taggings.filter(implied=False).order_by("topic__name")
    tally = Tally.objects.totals().filter(subject=Tally.Subject.TOPIC, subject_id=OuterRef("topic_id"))
    articles_on_it = Coalesce(Subquery(tally.values("articles")), Value(0))
    of_quote = filed.filter(quote=OuterRef("pk")).values(told=_TOPIC.as_json("topic__"))
    spoken = quotes.filter(article=here).order_by("position", "id")
    written_by = Authorship.objects.filter(article=here).order_by("position")
    return articles.order_by().values_list(
        *_ARTICLE.columns,
        *_SOURCE.at("source__"),
        *_ORIGINAL.at("original__"),
        ArraySubquery(written_by.values(told=_AUTHOR.as_json("person__"))),
        ArraySubquery(
            spoken.values(told=_QUOTE.as_json(speaker=_SPEAKER.as_json("speaker__"), topics=ArraySubquery(of_quote)))
        ),
        ArraySubquery(filed.filter(article=here).values(told=_TOPIC.as_json("topic__", articles=articles_on_it))),
        Exists(_seen_before(here)),
    )


def _seen_before(article: OuterRef) -> "QuerySet[Any]":
    """The former versions of an article that readers could see: public before they were replaced."""
    versions: Any = Article._meta.get_field("events").related_model  # django-pghistory makes it
    lifted = Q(embargo_until__isnull=True) | Q(embargo_until__lte=F("pgh_created_at"))
    seen: QuerySet[Any] = versions.objects.filter(
        lifted, pgh_obj=article, status=Status.PUBLISHED, released_at__lte=F("pgh_created_at")
    )
    return seen


def _read(row: Any) -> Story:
    values = iter(row)
    article = _ARTICLE.made(_taken(values, _ARTICLE))
    source, original = _SOURCE.made(_taken(values, _SOURCE)), _ORIGINAL.made(_taken(values, _ORIGINAL))
    article.source = source if article.source_id else None
    article.original = original if article.original_id else None
    authors, quotes, topics, changed = values
    told_quotes = [json.loads(each) for each in quotes]
    told_topics = [json.loads(each) for each in topics]
    return Story(
        article,
        authors=[_AUTHOR.read(json.loads(each)) for each in authors],
        quotes=[_quote(each, article) for each in told_quotes],
        topics={_TOPIC.read(each): each["articles"] for each in told_topics},
        topics_of_quotes={each["id"]: [_TOPIC.read(topic) for topic in each["topics"]] for each in told_quotes},
        changed=changed,
    )


def _taken(values: Iterator[Any], telling: Telling[Any]) -> list[Any]:
    """The next values of a row, as many as are told of a model."""
    return [*islice(values, len(telling.columns))]


def _quote(told: dict[str, Any], article: Article) -> Quote:
    quote = _QUOTE.read(told)
    quote.article = article
    quote.speaker = _SPEAKER.read(told["speaker"]) if told["speaker_id"] else None
    return quote


_PUBLIC = Question(
    lambda: _written(
        # The index of addresses leaves out those that have none yet, which a kept plan is to be told.
        Article.objects.public().filter(year=given("year"), slug=given("slug")).exclude(slug=""),
        Quote.objects.public(),
        Tagging.objects.public(),
    ),
    _read,
)
_PRIVATE = Question(
    lambda: _written(Article.objects.filter(pk=given("pk")), Quote.objects.shown_with_article(), Tagging.objects.all()),
    _read,
)
