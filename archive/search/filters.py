"""The fields a reader may search by, as one FilterSet for the page and the API."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from archive.models import Article, Authorship, Person, Quote, Source, Topic
from archive.models.article import ArticleQuerySet
from archive.search.dates import PartialDateField
from archive.search.words import query_of


class NamedField(forms.CharField):
    """The slug or name of a topic, person or source; its value is the row, or None where nothing was given."""

    def __init__(self, *, model: type[Topic | Person | Source], **kwargs: Any) -> None:
        self.model = model
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> Topic | Person | Source | None:
        """The row; ValidationError naming what the archive does not know."""
        given: str = super().clean(value)
        if not given:
            return None
        named = self.model.objects.filter(slug=given).first() or self.model.objects.called(given).first()
        if named is None:
            raise ValidationError(
                "The archive knows no %(kind)s called “%(given)s”.",
                params={"kind": self.model._meta.verbose_name, "given": given},
            )
        return named


class NamedFilter(django_filters.Filter):
    """Narrows by a topic, person or source."""

    field_class = NamedField


class PartialDateFilter(django_filters.Filter):
    """Narrows by a date that may be a year or a month."""

    field_class = PartialDateField


class ArticleFilter(django_filters.FilterSet):
    """Words, topic, person (who speaks or writes), source, and the dates between which it was published."""

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=300)
    topic = NamedFilter(label="Topic", method="on_topic", model=Topic)
    person = NamedFilter(label="Person", method="with_person", model=Person)
    source = NamedFilter(label="Source", model=Source)
    since = PartialDateFilter(label="From", field_name="published_at", lookup_expr="gte")
    to = PartialDateFilter(label="To", field_name="published_at", lookup_expr="lte", last=True)

    class Meta:
        model = Article
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The filters, of which `since` is called `from`, a word that Python keeps for itself."""
        return {"from" if name == "since" else name: each for name, each in super().get_filters().items()}

    def with_words(self, articles: ArticleQuerySet, name: str, words: str) -> ArticleQuerySet:
        """Those that hold the words in headline, standfirst or body."""
        del name
        return articles.filter(words=query_of(words))

    def on_topic(self, articles: ArticleQuerySet, name: str, topic: Topic) -> ArticleQuerySet:
        """Those filed under the topic, its narrower ones included."""
        del name
        return articles.on_topic(topic.replaced_by or topic)

    def with_person(self, articles: ArticleQuerySet, name: str, person: Person) -> ArticleQuerySet:
        """Those in which the person speaks, and those the person wrote."""
        del name
        speaks = Quote.objects.public().filter(speaker=person).values("article")
        writes = Authorship.objects.filter(person=person).values("article")
        return articles.filter(Q(pk__in=speaks) | Q(pk__in=writes))
