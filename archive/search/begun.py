"""What a reader may be about to type: topics and people with a name that goes on so, and headlines that begin so.

Each is one look into an index of beginnings, and takes a bounded number of rows from it.
"""

from typing import TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Left, Lower

from archive.models import Article, Person, PersonName, Tally, Topic
from archive.models.article import BEGINNING
from archive.models.names import WordsOfName, words_begun
from archive.search.people import in_public

# Of each kind so many are offered: the most often met, or the newest, among so many that begin so.
OFFERED = 4
AMONG = 200
SHORTEST = 2

Named = TypeVar("Named", Topic, Person)


def begun(typed: str) -> list[Topic | Person | Article]:
    """Topics, people and articles, in this order; none before `SHORTEST` letters are typed. Seven queries at most."""
    typed = " ".join(typed.split())
    words = words_begun(typed)
    if len(typed) < SHORTEST or words is None:
        return []
    topics = Topic.objects.current().named_like(typed).order_by()[:AMONG]
    own = (
        Person.objects.alias(words=WordsOfName("name"))
        .filter(words=words)
        .order_by()
        .values_list("pk", flat=True)[:AMONG]
    )
    other = (
        PersonName.objects.alias(words=WordsOfName("name"))
        .filter(words=words)
        .order_by()
        .values_list("person", flat=True)
    )
    people = in_public(Person.objects.filter(Q(pk__in=list(own)) | Q(pk__in=list(other[:AMONG]))))
    return [
        *_most_met(Tally.Subject.TOPIC, list(topics)),
        *_most_met(Tally.Subject.PERSON, list(people)),
        *sorted(_headlined(typed), key=lambda article: (article.published_at, article.pk), reverse=True)[:OFFERED],
    ]


def _headlined(typed: str) -> QuerySet[Article]:
    """Some of the articles with a headline that begins so; sorted by date, all articles would be gone through."""
    articles = Article.objects.public().alias(begins=Lower(Left("headline", BEGINNING))).order_by()
    begun = articles.filter(begins__startswith=typed[:BEGINNING].lower())
    return begun.only("headline", "slug", "published_at")[:AMONG]


def _most_met(subject: Tally.Subject, named: list[Named]) -> list[Named]:
    tallies = Tally.objects.totals_of(subject, (each.pk for each in named))
    counts = {pk: tally.articles + tally.quotes for pk, tally in tallies.items()}
    return sorted(named, key=lambda each: (-counts.get(each.pk, 0), each.name))[:OFFERED]
