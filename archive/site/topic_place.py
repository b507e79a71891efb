"""A topic as its pages show it: names, neighbours in the vocabulary, counts, what is filed with it. In one question."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONArray

from archive.models import Digest, Tally, Topic, TopicBroader, TopicName, TopicRelation
from archive.models.address import address
from archive.site.asking import AsJSON, Asked, Question, given
from archive.site.digests import Beside, beside, digest_of
from archive.site.kept_counts import YearRow, by_year_of, counted, counts_of, in_words, years_in

NARROWER_BESIDE = 60


class TopicRow(NamedTuple):
    """A topic in a list of names; its counts are 0 where the list tells none."""

    name: str
    slug: str
    articles: int = 0
    quotes: int = 0

    def __str__(self) -> str:
        return self.name

    @property
    def counted(self) -> str:
        return in_words(self.articles, self.quotes)

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


_COUNTED = counted(TopicRow)


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """One topic, and where it stands."""

    pk: int
    name: str
    slug: str
    scope_note: str
    identifiers: dict[str, str]
    other_names: Sequence[str]
    broader: Sequence[TopicRow]
    narrower: Sequence[TopicRow]
    related: Sequence[TopicRow]
    more_narrower: bool
    """Whether more lie under it than are told of here."""
    counts: YearRow
    years: Sequence[YearRow]
    beside: Beside

    def __str__(self) -> str:
        return self.name

    @property
    def counted(self) -> str:
        return in_words(self.counts.articles, self.counts.quotes)

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)


def topic_place(slug: str, subject: Digest.Subject | None = None) -> TopicPlace | None:
    """The topic in use of this slug, None where there is none; with what its latest articles or quotes are about.

    One query.
    """
    return next(iter(_question(subject).ask(slug=slug)), None)


def topic_asked(slug: str, subject: Digest.Subject) -> Asked[TopicPlace]:
    """The same question, to be asked together with others."""
    return _question(subject).asked(slug=slug)


@cache
def _question(subject: Digest.Subject | None) -> Question[TopicPlace]:
    return Question(lambda: _written(subject), _read)


def _links(rows: "QuerySet[Any]", end: str, *more: Any) -> AsJSON:
    """The name and slug, and more, of the topics in use at the other end of some links, by name."""
    in_use = rows.filter(**{f"{end}__replaced_by__isnull": True}).order_by(f"{end}__name")
    return AsJSON(in_use.values(told=JSONArray(f"{end}__name", f"{end}__slug", *more))[: NARROWER_BESIDE + 1])


def _written(subject: Digest.Subject | None) -> "QuerySet[Any, Any]":
    here = OuterRef("pk")
    topics = Topic.objects.current().filter(slug=given("slug")).order_by()
    return topics.values_list(
        "pk", "name", "slug", "scope_note", "identifiers",
        ArraySubquery(TopicName.objects.filter(topic=here).order_by("name").values("name")),
        _links(TopicBroader.objects.filter(narrower=here), "broader"),
        _links(TopicBroader.objects.filter(broader=here), "narrower", counts_of(Tally.Subject.TOPIC, "narrower_id")),
        _links(TopicRelation.objects.filter(from_topic=here), "to_topic"),
        by_year_of(Tally.Subject.TOPIC),
        *([digest_of(subject)] if subject else []),
    )  # fmt: skip


def _read(values: Any) -> TopicPlace:
    pk, name, slug, scope_note, identifiers, other_names, broader, narrower, related, years, *digest = values
    counts, of_years = years_in(years)
    return TopicPlace(
        pk,
        name,
        slug,
        scope_note,
        json.loads(identifiers),
        other_names,
        broader=[TopicRow(*each) for each in broader],
        narrower=[_COUNTED(each) for each in narrower[:NARROWER_BESIDE]],
        more_narrower=len(narrower) > NARROWER_BESIDE,
        related=[TopicRow(*each) for each in related],
        counts=counts,
        years=of_years,
        beside=beside(*digest),
    )
