"""What the page of an article holds: of one that readers see, and of one that is shown in private before that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from archive.models import Article, Authorship, Original, Quote, Source, Status, Tagging, Tally
from archive.site import citing
from archive.site.asking import AsJSON, Question, given, together
from archive.site.corrections import NONE, corrections_of
from archive.site.kept_counts import articles_of
from archive.site.neighbours import Around, lying_around, neighbours
from archive.site.reading import passages, shown_text, shown_whole
from archive.site.rows import AuthorRow, SpeakerRow, SpokenRow, TopicLink
from archive.site.telling import Telling

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Story:
    """An article with all that its own page says of it."""

    article: Article
    authors: Sequence[AuthorRow]
    quotes: Sequence[SpokenRow]
    topics: dict[TopicLink, int]
    """What the article is filed under, by name, each with the number of its articles."""
    topics_of_quotes: dict[int, Sequence[TopicLink]]
    """What each quote is filed under, by its id."""
    changed: bool
    """Whether it was ever changed while readers could see it."""
    around: Sequence[Around] = ()
    """What lies around it on its topics."""


def public_story(year: int, slug: str) -> Story | None:
    """The article at an address, as readers may see it; None where there is none."""
    return _story(_PUBLIC, _AROUND_PUBLIC, year=year, slug=slug)


def private_story(pk: int) -> Story | None:
    """The article of this id as readers will see it, were it published now."""
    return _story(_PRIVATE, _AROUND_PRIVATE, pk=pk)


def _story(itself: Question[Story], around: Question[Around], **values: Any) -> Story | None:
    """Two queries, which are waited for once."""
    stories, lying = together(itself.asked(**values), around.asked(**values))
    return replace(stories[0], around=lying) if stories else None


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
        "neighbours": neighbours(story.topics, story.around),
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
# In the order of the rows that are made of them.
_AUTHOR = ("person__name", "person__slug", "person__listed_as")
_SPOKEN = ("id", "spans", "words", "speaker_mention", "role", "speaker__name", "speaker__slug")
_TOPIC = ("topic_id", "topic__name", "topic__slug")


def _written(
    articles: "QuerySet[Article]", quotes: "QuerySet[Quote]", taggings: "QuerySet[Tagging]"
) -> "QuerySet[Any, Any]":
    """A row for each article: with source, original and authors, and its own of the quotes and taggings."""
    here = OuterRef("pk")
    filed = taggings.filter(implied=False).order_by("topic__name")
    on_it = articles_of(Tally.Subject.TOPIC, "topic_id")
    of_quote = filed.filter(quote=OuterRef("pk")).values(told=JSONArray(*_TOPIC))
    spoken = quotes.filter(article=here).order_by("position", "id")
    written_by = Authorship.objects.filter(article=here).order_by("position")
    return articles.order_by().values_list(
        *_ARTICLE.columns,
        *_SOURCE.at("source__"),
        *_ORIGINAL.at("original__"),
        AsJSON(written_by.values(told=JSONArray(*_AUTHOR))),
        AsJSON(spoken.values(told=JSONArray(*_SPOKEN, ArraySubquery(of_quote)))),
        AsJSON(filed.filter(article=here).values(told=JSONArray(*_TOPIC, on_it))),
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
    return Story(
        article,
        authors=[AuthorRow._make(each) for each in authors],
        quotes=[_spoken(columns) for *columns, _ in quotes],
        topics={TopicLink._make(each): articles for *each, articles in topics},
        topics_of_quotes={pk: [TopicLink._make(each) for each in topics] for pk, *_, topics in quotes},
        changed=changed,
    )


def _taken(values: Iterator[Any], telling: Telling[Any]) -> list[Any]:
    """The next values of a row, as many as are told of a model."""
    return [*islice(values, len(telling.columns))]


def _spoken(columns: list[Any]) -> SpokenRow:
    *itself, name, slug = columns
    return SpokenRow._make([*itself, SpeakerRow(name, slug) if slug else None])


def _at_address() -> "QuerySet[Article]":
    # The index of addresses leaves out those that have none yet, which a kept plan is to be told.
    return Article.objects.public().filter(year=given("year"), slug=given("slug")).exclude(slug="").order_by()


_PUBLIC = Question(lambda: _written(_at_address(), Quote.objects.public(), Tagging.objects.public()), _read)
_AROUND_PUBLIC = Question(
    lambda: lying_around(Tagging.objects.public().filed().filter(article=Subquery(_at_address().values("pk")))),
    Around._make,
)
_PRIVATE = Question(
    lambda: _written(Article.objects.filter(pk=given("pk")), Quote.objects.shown_with_article(), Tagging.objects.all()),
    _read,
)
_AROUND_PRIVATE = Question(lambda: lying_around(Tagging.objects.filed().filter(article=given("pk"))), Around._make)
