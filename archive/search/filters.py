"""The fields a reader may search by, as one FilterSet each for articles and quotes, for the page and the API."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from archive.models import Article, Authorship, Person, Quote, Source, Tally, Topic
from archive.models.article import ArticleQuerySet
from archive.models.quote import QuoteQuerySet
from archive.search.dates import PartialDateField
from archive.search.language import Asked, understand
from archive.search.speakers import spoken_by_the_named
from archive.search.words import Question, question_of

# Of somebody with more quotes, the articles are not listed beforehand.
OFTEN_QUOTED = 5_000
NAMED_AT_MOST = 5  # of several that a part of a name may mean


class NamedField(forms.CharField):
    """The slug or name of a topic, person or source; its value is the row, or None where nothing was given.

    A part of a name is enough where readers find only one that has it, such as a surname.
    """

    def __init__(self, *, model: type[Topic | Person | Source], **kwargs: Any) -> None:
        self.model = model
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> Topic | Person | Source | None:
        """The row; ValidationError naming what the archive does not know."""
        given: str = super().clean(value)
        if not given:
            return None
        named = self.model.objects.filter(slug=given).first() or self.model.objects.called(given).first()
        if named is not None:
            return named
        partly = self._partly_called(given)
        if len(partly) == 1:
            return partly[0]
        names = ", ".join(f"“{one}”" for one in partly[:NAMED_AT_MOST])
        raise ValidationError(
            "The archive knows no %(kind)s called “%(given)s”." + (" Choose one of: %(names)s." if names else ""),
            params={"kind": self.model._meta.verbose_name, "given": given, "names": names},
        )

    def _partly_called(self, words: str) -> list[Topic | Person | Source]:
        """Those with these words in a name of which readers find something: up to one more than are named."""
        if self.model is Topic:
            found: Any = Topic.objects.current().named_like(words)
        elif self.model is Person:
            found = Person.objects.known_by(words)
        else:
            found = Source.objects.filter(name__icontains=words)
        known = Tally.objects.with_something(Tally.Subject(str(self.model._meta.model_name)))
        return list(found.filter(pk__in=known.values("subject_id")).order_by("name")[: NAMED_AT_MOST + 1])


class NamedFilter(django_filters.Filter):
    """Narrows by a topic, person or source."""

    field_class = NamedField


class PartialDateFilter(django_filters.Filter):
    """Narrows by a date that may be a year or a month."""

    field_class = PartialDateField


class ArchiveFilter(django_filters.FilterSet):
    """The fields that articles and quotes share. Fields written into the words count as the form's own."""

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=300)
    topic = NamedFilter(label="Topic", method="on_topic", model=Topic)
    person = NamedFilter(label="Person", method="with_person", model=Person)
    source = NamedFilter(label="Source", model=Source)
    since = PartialDateFilter(label="From", field_name="published_at", lookup_expr="gte")
    to = PartialDateFilter(label="To", field_name="published_at", lookup_expr="lte", last=True)

    # The words as they were looked for; None until `qs` has been asked for, or where there are none.
    question: Question | None = None
    # What the other fields leave; None until `qs` has been asked for.
    whatever_words: Any = None

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(fields_apart(data or {}), *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        """By all other fields first, then by the words."""
        self.whatever_words = super().filter_queryset(queryset)
        return self.whatever_words.filter(self.condition()) if self.question else self.whatever_words

    def with_words(self, rows: Any, name: str, words: str) -> Any:
        """Keep what is asked, for `filter_queryset`."""
        del name
        self.question = question_of(understand(words))
        return rows

    def asking(self, asked: Asked) -> Any:
        """The rows that the other fields leave and that meet other words; to be asked after `qs`."""
        self.question = question_of(asked)
        return self.whatever_words.filter(self.condition())

    def condition(self) -> Q:
        """What the words ask of a row."""
        raise NotImplementedError

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The filters, of which `since` is called `from`, a word that Python keeps for itself."""
        return {"from" if name == "since" else name: each for name, each in super().get_filters().items()}


class ArticleFilter(ArchiveFilter):
    """Articles by words, topic, person (who speaks or writes), source, and the dates between which they appeared."""

    class Meta:
        model = Article
        fields: list[str] = []

    def condition(self) -> Q:
        """That headline, standfirst or body hold the words."""
        return self.question.of_articles() if self.question else Q()

    def in_heads(self) -> ArticleQuerySet:
        """Those that hold the words in headline or standfirst; to be asked after `qs`."""
        found: ArticleQuerySet = self.whatever_words
        return found.filter(self.question.of_articles(in_heads=True)) if self.question else found

    def on_topic(self, articles: ArticleQuerySet, name: str, topic: Topic) -> ArticleQuerySet:
        """Those filed under the topic, its narrower ones included."""
        del name
        return articles.on_topic(topic.replaced_by or topic)

    def with_person(self, articles: ArticleQuerySet, name: str, person: Person) -> ArticleQuerySet:
        """Those in which the person speaks, and those the person wrote."""
        del name
        speaks = Quote.objects.public().filter(speaker=person)
        writes = Authorship.objects.filter(person=person)
        if Tally.objects.of(Tally.Subject.PERSON, person.pk).totals().filter(quotes__gt=OFTEN_QUOTED).exists():
            # Looked up article by article, of which others fields leave few enough.
            of_article = {"article": OuterRef("pk")}
            return articles.filter(Exists(speaks.filter(**of_article)) | Exists(writes.filter(**of_article)))
        return articles.filter(pk__in=speaks.order_by().values("article").union(writes.values("article")))


class QuoteFilter(ArchiveFilter):
    """Quotes by their own words, topic, speaker, source, and the dates between which their articles appeared."""

    source = NamedFilter(label="Source", field_name="article__source", model=Source)

    class Meta:
        model = Quote
        fields: list[str] = []

    def condition(self) -> Q:
        """That the quote says the words, some of which may name its speaker instead."""
        return self.question.of_quotes() | spoken_by_the_named(self.question) if self.question else Q()

    def on_topic(self, quotes: QuoteQuerySet, name: str, topic: Topic) -> QuoteQuerySet:
        """Those filed under the topic, its narrower ones included."""
        del name
        return quotes.filter(taggings__topic=topic.replaced_by or topic)

    def with_person(self, quotes: QuoteQuerySet, name: str, person: Person) -> QuoteQuerySet:
        """Those the person said."""
        del name
        return quotes.filter(speaker=person)


def fields_apart(given: Mapping[str, Any]) -> QueryDict:
    """The form's data with fields that were written among the words in their own places, where those are empty."""
    data = QueryDict(mutable=True)
    for name in given:
        data[name] = given[name]
    asked = understand(data.get("q", ""))
    moved = {name: value for name, value in asked.fields.items() if not data.get(name)}
    if moved:
        data.update(moved)
        data["q"] = asked.words
    return data
