"""The fields a reader may search by, as one FilterSet each for articles and quotes, for the page and the API."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, cached_property, partial
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from archive.models import Article, Authorship, Person, Quote, Source, Tagging, Tally, Topic
from archive.models.article import ArticleQuerySet
from archive.models.quote import QuoteQuerySet
from archive.search.dates import PartialDateField
from archive.search.language import Asked, understand
from archive.search.speakers import spoken_by_the_named
from archive.search.ways import Part, Sought
from archive.search.words import Question, question_of

# What a field leaves: whose kept count says how much, which of its counts, and the lists of it along an index by date.
Lists = tuple[tuple[Tally.Subject, int], str, list[tuple[QuerySet[Any], str]]]
# The fields that leave a part of the archive of which there are kept counts.
PARTS = ("topic", "person", "source")
DATES = ("from", "to")

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

    # The words as they were looked for; None until rows have been asked for, or where there are none.
    question: Question | None = None

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(fields_apart(data or {}), *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        """By all other fields first, then by the words."""
        del queryset
        narrowed = self._narrowed()
        return narrowed.filter(self.condition()) if self.question else narrowed

    def with_words(self, rows: Any, name: str, words: str) -> Any:
        """Keep what is asked, for the conditions."""
        del name
        self.question = question_of(understand(words))
        return rows

    def sought(self, asked: Asked | None = None, *, in_heads: bool = False) -> Sought[Any]:
        """What a search is to look for: as the form says, or with other words in their place (the form's no more).

        `in_heads`: where headlines and standfirsts alone are to hold the words.
        """
        if asked is not None:
            self.question = question_of(asked)
        narrowed, question = self._by_all_fields, self.question
        if question is None:
            return self._sought(narrowed, None, Q)
        how = {"in_heads": True} if in_heads else {}
        condition = self.condition(**how)
        return replace(
            self._sought(narrowed.filter(condition), question, partial(self.condition, one_by_one=True, **how)),
            worded=self.queryset.filter(condition) if question.indexed else None,
            words=question.words,
            alternatives=question.alternatives,
            in_text=question.in_text,
        )

    def _sought(self, rows: Any, question: Question | None, one_by_one: Callable[[], Q]) -> Sought[Any]:
        given = self.form.cleaned_data
        of_quotes = self.queryset.model is Quote
        chosen = [name for name in PARTS if given[name]]
        parts = []
        for name in ["", *chosen]:
            subject, counted, lists = self.lists(given[name]) if name else self._all()
            alone = chosen in ([], [name]) and question is None and not of_quotes
            rest = None if alone else partial(self._rest, name, one_by_one)
            dated = [(self._dated(listed), item) for listed, item in lists]
            parts.append(Part(*subject, counted, dated, rest))
        return Sought(rows, None, parts, given["from"], given["to"])

    def _rest(self, but: str, one_by_one: Callable[[], Q]) -> Any:
        return self._narrowed(but=(but, *DATES)).filter(one_by_one())  # the lists keep to the dates

    @cached_property
    def _by_all_fields(self) -> Any:
        """What the fields leave, written once for all that is looked for in it."""
        return self._narrowed()

    def _narrowed(self, *, but: Sequence[str] = ()) -> Any:
        """What the fields leave, without some; the words are kept for the conditions alone."""
        given = self.form.cleaned_data
        rows = self.queryset.all()
        for name, value in given.items():
            if name not in (*but, *DATES) and not (name == "q" and self.question is not None):
                rows = self.filters[name].filter(rows, value)
        if not set(DATES) & set(but) and any(given[name] for name in DATES):
            # So that no index of dates can answer: the slices of a search do, and that would list all of many years.
            rows = self._dated(rows.alias(at=F("published_at") + timedelta(0)), "at")
        return rows

    def _dated(self, rows: Any, column: str = "published_at") -> Any:
        """Rows between the dates given."""
        begin, end = (self.form.cleaned_data[name] for name in DATES)
        rows = rows.filter(**{f"{column}__gte": begin}) if begin else rows
        return rows.filter(**{f"{column}__lte": end}) if end else rows

    def _all(self) -> Lists:
        counted = "quotes" if self.queryset.model is Quote else "articles"
        return (Tally.Subject.ARCHIVE, 0), counted, [(self.queryset.all(), "pk")]

    def lists(self, chosen: Any) -> Lists:
        """What the choice of a topic, person or source leaves."""
        raise NotImplementedError

    def condition(self, *, one_by_one: bool = False, in_heads: bool = False) -> Q:
        """What the words ask of a row: of an index or, `one_by_one`, of rows found otherwise."""
        raise NotImplementedError

    def get_form_class(self) -> type[forms.Form]:
        """The form, of one class for all who ask: to make one takes as long as to fill it in."""
        return _form_class(type(self))  # type: ignore[arg-type]  # mypy takes it for unhashable

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The filters, of which `since` is called `from`, a word that Python keeps for itself."""
        return {"from" if name == "since" else name: each for name, each in super().get_filters().items()}


@cache
def _form_class(filters: "type[ArchiveFilter]") -> type[forms.Form]:
    fields = {name: each.field for name, each in filters().filters.items()}
    return type(f"{filters.__name__}Form", (forms.Form,), fields)


class ArticleFilter(ArchiveFilter):
    """Articles by words, topic, person (who speaks or writes), source, and the dates between which they appeared."""

    class Meta:
        model = Article
        fields: list[str] = []

    def condition(self, *, one_by_one: bool = False, in_heads: bool = False) -> Q:
        """That headline, standfirst or body hold the words."""
        if self.question is None:
            return Q()
        return (self.question.of_article if one_by_one else self.question.of_articles)(in_heads=in_heads)

    def lists(self, chosen: Any) -> Lists:
        """Articles filed under a topic, with words of a person or written by them, of a source."""
        if isinstance(chosen, Topic):
            chosen = chosen.replaced_by or chosen
            filed = Tagging.objects.public().filter(topic=chosen, article__isnull=False)
            return (Tally.Subject.TOPIC, chosen.pk), "articles", [(filed, "article")]
        if isinstance(chosen, Person):
            said = Quote.objects.public().filter(speaker=chosen)
            wrote = Article.objects.public().filter(authorships__person=chosen)
            return (Tally.Subject.PERSON, chosen.pk), "quotes", [(said, "article"), (wrote, "pk")]
        return (Tally.Subject.SOURCE, chosen.pk), "articles", [(Article.objects.public().filter(source=chosen), "pk")]

    def on_topic(self, articles: ArticleQuerySet, name: str, topic: Topic) -> ArticleQuerySet:
        """Those filed under the topic, its narrower ones included."""
        del name
        return articles.on_topic(topic.replaced_by or topic)

    def with_person(self, articles: ArticleQuerySet, name: str, person: Person) -> ArticleQuerySet:
        """Those in which the person speaks, and those the person wrote."""
        del name
        # Asked article by article: as a condition EXISTS, PostgreSQL would rather read all that somebody ever said.
        of_article = {"article": OuterRef("pk")}
        speaks = Quote.objects.public().filter(speaker=person, **of_article).order_by().values("pk")[:1]
        writes = Authorship.objects.filter(person=person, **of_article).order_by().values("pk")[:1]
        found = articles.alias(spoken=Subquery(speaks), written=Subquery(writes))
        return found.filter(Q(spoken__isnull=False) | Q(written__isnull=False))


class QuoteFilter(ArchiveFilter):
    """Quotes by their own words, topic, speaker, source, and the dates between which their articles appeared."""

    source = NamedFilter(label="Source", field_name="article__source", model=Source)

    _spoken_of: tuple[Question | None, Q] | None = None

    class Meta:
        model = Quote
        fields: list[str] = []

    def condition(self, *, one_by_one: bool = False, in_heads: bool = False) -> Q:
        """That the quote says the words, some of which may name its speaker instead."""
        del in_heads
        return self.question.of_quotes(one_by_one=one_by_one) | self._spoken() if self.question else Q()

    def _spoken(self) -> Q:
        """That somebody said it whom some of the words name; looked up once for each question."""
        question = self.question
        if self._spoken_of is None or self._spoken_of[0] is not question:
            self._spoken_of = (question, spoken_by_the_named(question) if question else Q(pk__in=[]))
        return self._spoken_of[1]

    def lists(self, chosen: Any) -> Lists:
        """Quotes filed under a topic, of a speaker; those of a source are no list."""
        if isinstance(chosen, Topic):
            chosen = chosen.replaced_by or chosen
            filed = Tagging.objects.public().filter(topic=chosen, quote__isnull=False)
            return (Tally.Subject.TOPIC, chosen.pk), "quotes", [(filed, "quote")]
        if isinstance(chosen, Person):
            return (Tally.Subject.PERSON, chosen.pk), "quotes", [(Quote.objects.public().filter(speaker=chosen), "pk")]
        return (Tally.Subject.SOURCE, chosen.pk), "articles", []

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
