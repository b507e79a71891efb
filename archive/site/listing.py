"""What a list needs of its rows and no more: bodies and search words stay in the database.

The long lists give rows of their own (`archive.site.rows`).
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Case, OuterRef, Prefetch, Subquery, Value, When
from django.db.models.functions import Left
from django.db.models.lookups import IsNull
from django.http import QueryDict

from archive.models import Article, Person, Quote, Source, Tagging, Tally, Topic, TopicBroader
from archive.models.tagging import TaggingQuerySet
from archive.search.people import in_public
from archive.site.asking import Asked, Question, given
from archive.site.kept_counts import articles_of, counted, counts_of
from archive.site.paging import (
    ARTICLES,
    FILED_ARTICLES,
    FILED_QUOTES,
    QUOTES,
    ROWS,
    NamesPage,
    NewestFirst,
    Page,
    page_by,
    page_by_name,
)
from archive.site.rows import ArticleRow, PersonRow, QuoteRow, SourceNameRow, TopicNameRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

# As many characters as the opening of an article may take in a list. To unpack a text takes the database longer than
# all else of a row, and the longer the more of it is wanted.
OPENING = 400

_HEAVY = ("body", "words", "author_note", "doubts")
_OF_ARTICLE = ("published_at", "precision", "slug", "headline", "language", "standfirst")
_OF_QUOTE = (
    *("article_id", "position", "words", "spans", "partial", "role", "speaker_mention"),
    *("speaker__name", "speaker__slug"),
)
_OF_QUOTED_ARTICLE = ("published_at", "precision", "slug", "headline", "language", "source__name")


def beginning_of(path: str = "") -> Case:
    """Of an article without standfirst the beginning of its text, a character more than an opening may take."""
    without = {f"{path}standfirst": ""}
    return Case(When(**without, then=Left(f"{path}body", OPENING + 1)), default=Value(""))


def article_values(
    rows: "QuerySet[Any]", *more: Any, path: str = "", characters: int | None = None
) -> "QuerySet[Any, Any]":
    """The values of an `ArticleRow`, and more; `path` leads from the rows to their articles.

    Of the body come along so many characters, or what a list needs of it.
    """
    columns = [f"{path}{column}" for column in _OF_ARTICLE]
    beginning = Left(f"{path}body", characters) if characters else beginning_of(path)
    return rows.values_list(f"{path}id", *columns, beginning, f"{path}source__name", f"{path}source__visibility", *more)


def quote_values(rows: "QuerySet[Any]", *more: Any, path: str = "") -> "QuerySet[Any, Any]":
    """The values of a `QuoteRow`, and more; `path` leads from the rows to their quotes."""
    columns = [f"{path}{column}" for column in ("id", *_OF_QUOTE)]
    return rows.values_list(*columns, *(f"{path}article__{column}" for column in _OF_QUOTED_ARTICLE), *more)


Row = TypeVar("Row")


class Listing(Generic[Row]):
    """A list that is read page by page: which rows, in which order, as what."""

    def __init__(self, rows: Callable[[], "QuerySet[Any, Any]"], order: NewestFirst, row: Callable[[Any], Row]) -> None:
        self.rows = rows
        self.order = order
        self.row: Callable[[Any], Row] = row
        self._questions: dict[tuple[bool, bool, int], Question[Row]] = {}

    def page(
        self, query: QueryDict, beginning: Sequence[Row] | None = None, *, size: int = ROWS, **values: Any
    ) -> Page[Row]:
        """The page that a query string asks for; `values` fill the gaps of the list. One query, as `page_by` says.

        None for the first page, where its rows are given: the answer to `beginning`.
        """

        def fetch(place: tuple[Any, ...] | None, *, older: bool, limit: int) -> list[Row]:
            if place is None and beginning is not None:
                return [*beginning[:limit]]
            return self._fetch(values, place, older=older, limit=limit)

        return page_by(fetch, self.order, query, size=size)

    def newest(self, count: int, **values: Any) -> list[Row]:
        """So many rows from the newest on."""
        return self._fetch(values, None, older=True, limit=count)

    def beginning(self, count: int = ROWS + 1, **values: Any) -> Asked[Row]:
        """The question after so many rows from the newest on, by default those of `page`, to be asked `together`."""
        return self._question(False, True, count).asked(**values)

    def _fetch(self, values: dict[str, Any], place: tuple[Any, ...] | None, *, older: bool, limit: int) -> list[Row]:
        reached = {f"place_{number}": value for number, value in enumerate(place or ())}
        return self._question(place is not None, older, limit).ask(**values, **reached)

    def _question(self, *shape: Any) -> Question[Row]:
        return self._questions.get(shape) or self._questions.setdefault(shape, self._write(*shape))

    def _write(self, begun: bool, older: bool, limit: int) -> Question[Row]:
        def rows() -> "QuerySet[Any, Any]":
            found = self.rows()
            if begun:
                place = tuple(given(f"place_{number}") for number, _ in enumerate(self.order.columns))
                found = found.filter(self.order.beyond(place, older=older))
            return self.order.sorted(found, backwards=not older)[:limit]

        return Question(rows, self.row)


def on_topic() -> TaggingQuerySet:
    """What is filed under the topic in use of a slug given."""
    topic = Topic.objects.current().filter(slug=given("topic")).order_by()
    return Tagging.objects.public().filter(topic=Subquery(topic.values("pk")))


def _spoken_by() -> "QuerySet[Quote]":
    """What the person of a slug given said."""
    speaker = Person.objects.filter(slug=given("person")).order_by()
    return Quote.objects.public().filter(speaker=Subquery(speaker.values("pk")))


all_articles = Listing(lambda: article_values(Article.objects.public()), ARTICLES, ArticleRow._make)
articles_of_source = Listing(
    lambda: article_values(Article.objects.public().filter(source=given("source"))), ARTICLES, ArticleRow._make
)
articles_of_span = Listing(
    lambda: article_values(
        Article.objects.public().filter(published_at__gte=given("begin"), published_at__lt=given("end"))
    ),
    ARTICLES,
    ArticleRow._make,
)
articles_by = Listing(
    lambda: article_values(Article.objects.public().filter(authorships__person=given("person"))),
    ARTICLES,
    ArticleRow._make,
)
articles_on_topic = Listing(
    lambda: article_values(on_topic().of_articles(), path="article__"), FILED_ARTICLES, ArticleRow._make
)
all_quotes = Listing(lambda: quote_values(Quote.objects.public()), QUOTES, QuoteRow._make)
quotes_of = Listing(lambda: quote_values(_spoken_by()), QUOTES, QuoteRow._make)
quotes_on_topic = Listing(lambda: quote_values(on_topic().of_quotes(), path="quote__"), FILED_QUOTES, QuoteRow._make)


NameRow = TypeVar("NameRow", PersonRow, TopicNameRow, SourceNameRow)


class Names(Generic[NameRow]):
    """A list in the order of a column, read page by page from any place in that order."""

    def __init__(self, rows: Callable[[], "QuerySet[Any, Any]"], place: str, row: Callable[[Any], NameRow]) -> None:
        self.rows = rows
        self.place = place
        self.row: Callable[[Any], NameRow] = row
        self._questions: dict[int, Question[NameRow]] = {}

    def page(self, query: QueryDict, *, size: int, **values: Any) -> NamesPage[NameRow]:
        """The page that a query string asks for; `values` fill the gaps of the list. One query."""

        def fetch(start: str, limit: int) -> list[NameRow]:
            question = self._questions.get(limit) or self._questions.setdefault(limit, self._write(limit))
            return question.ask(start=start, **values)

        return page_by_name(fetch, query, size=size)

    def _write(self, limit: int) -> Question[NameRow]:
        return Question(
            lambda: self.rows().filter(**{f"{self.place}__gte": given("start")}).order_by(self.place, "slug")[:limit],
            self.row,
        )


def opens() -> IsNull:
    """Whether topics in use lie under the one asked for: of EXISTS, PostgreSQL would read all of the vocabulary."""
    links = TopicBroader.objects.filter(broader=OuterRef("pk"), narrower__replaced_by__isnull=True)
    return IsNull(Subquery(links.values("pk")[:1]), False)


def _topic_names(topics: "QuerySet[Topic]") -> "QuerySet[Any, Any]":
    return topics.values_list("slug", "name", opens(), counts_of(Tally.Subject.TOPIC))


people_by_name = Names(
    lambda: in_public(Person.objects.listed()).values_list(
        "place", "slug", "listed_as", "description", counts_of(Tally.Subject.PERSON)
    ),
    "place",
    counted(PersonRow),
)
topics_by_name = Names(lambda: _topic_names(Topic.objects.current()), "slug", counted(TopicNameRow))
topics_under = Names(
    lambda: _topic_names(Topic.objects.current().filter(broader=given("broader"))), "slug", counted(TopicNameRow)
)
sources_by_name = Names(
    lambda: (
        Source.objects.alias(held=articles_of(Tally.Subject.SOURCE))
        .filter(held__gt=0)
        .values_list("slug", "name", "kind", "place", "visibility", counts_of(Tally.Subject.SOURCE))
    ),
    "slug",
    counted(SourceNameRow),
)


def articles_listed(articles: "QuerySet[Article]") -> "QuerySet[Article]":
    """Articles with their source and the beginning of their text, for a list of models."""
    return articles.select_related("source").defer(*_HEAVY).annotate(beginning=beginning_of())


def quotes_listed(quotes: "QuerySet[Quote]") -> "QuerySet[Quote]":
    """Quotes with speaker, article and source, for a list of models."""
    return quotes.select_related("speaker", "article__source").defer(
        *(f"article__{column}" for column in (*_HEAVY, "standfirst"))
    )


def filed_articles_listed(taggings: "QuerySet[Tagging]") -> "QuerySet[Tagging]":
    """Taggings of articles, each with its article as for a list of models."""
    return taggings.prefetch_related(Prefetch("article", queryset=articles_listed(Article.objects.all())))


def filed_quotes_listed(taggings: "QuerySet[Tagging]") -> "QuerySet[Tagging]":
    """Taggings of quotes, each with its quote as for a list of models."""
    return taggings.prefetch_related(Prefetch("quote", queryset=quotes_listed(Quote.objects.all())))
