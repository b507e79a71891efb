"""People: those who speak or write in the archive, and one of them."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from archive.models import Person, Quote, Tally, Topic
from archive.search.people import in_public
from archive.site import paging, structured
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.histogram import at_year, histogram
from archive.site.listing import articles_by, quotes_listed, quotes_of
from archive.site.standing import instead_of_person

NAMES = 100
ARTICLES_BESIDE = 10
# Among how many of a speaker's latest quotes their roles and topics are looked for.
AMONG = 500
TOPICS_BESIDE = 12
ON_ONE_TOPIC = 100


@reader_page
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who speaks or writes in what is public, in the order of their family names."""
    page = paging.page_by_name(in_public(Person.objects.listed()), request.GET, size=NAMES, place="place")
    return render(
        request,
        "site/people.html",
        {
            "described": structured.of_list("People", request.path),
            "page": page,
            "tallies": Tally.objects.totals_of(Tally.Subject.PERSON, (person.pk for person in page.items)),
            "letters": "abcdefghijklmnopqrstuvwxyz",
        },
    )


@reader_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: what they said, newest first and by year, in which roles, and what they wrote."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return instead_of_person(slug)
    spoken = Quote.objects.public().filter(speaker=person)
    page = quotes_of.page(request.GET, person=person.pk)
    written = articles_by.newest(ARTICLES_BESIDE, person=person.pk)
    if not page.items and not written and not spoken.exists():
        raise Http404(f"{person} neither speaks nor writes in what is public")
    other_names = list(person.other_names.all())
    roles = roles_of(spoken.newest_first()[:AMONG])
    years = list(Tally.objects.of(Tally.Subject.PERSON, person.pk).by_year().filter(quotes__gt=0))
    return render(
        request,
        "site/person.html",
        {
            "person": person,
            "other_names": other_names,
            "page": page,
            "written": written,
            "roles": roles,
            "topics": topics_of(spoken.newest_first()[:AMONG]),
            "among": AMONG,
            "described": structured.of_person(person, map(str, other_names), (role.name for role in roles)),
            "count": sum(tally.quotes for tally in years),
            "histogram": histogram(years, at_year),
        },
    )


@reader_page
def person_on_topic(request: HttpRequest, slug: str, topic_slug: str) -> HttpResponse:
    """What one person said on one topic over time, the earliest first: where a position changes, it shows."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return instead_of_person(slug)
    topic = Topic.objects.current().filter(slug=topic_slug).first()
    if topic is None:
        raise Http404(f"No topic in use has the address {topic_slug!r}")
    said = Quote.objects.public().filter(speaker=person, taggings__topic=topic)
    latest = list(quotes_listed(said.newest_first())[: ON_ONE_TOPIC + 1])
    if not latest:
        raise Http404(f"{person} says nothing public on {topic}")
    quotes = sorted(latest[:ON_ONE_TOPIC], key=attrgetter("published_at", "article_id", "position"))
    return render(
        request,
        "site/person_on_topic.html",
        {
            "person": person,
            "topic": topic,
            "described": structured.of_person_on_topic(person, topic, quotes),
            "years": [(year, list(said)) for year, said in groupby(quotes, key=attrgetter("published_at.year"))],
            "cut": len(latest) > ON_ONE_TOPIC,
        },
    )


def topics_of(quotes: "QuerySet[Quote]") -> "QuerySet[Topic]":
    """The topics these quotes are filed under, with their `count`, most first."""
    filed = Topic.objects.filter(taggings__quote__in=quotes.values("pk"), taggings__implied=False)
    return filed.annotate(count=Count("taggings")).order_by("-count", "name")[:TOPICS_BESIDE]


@dataclass(slots=True)
class Role:
    """A role somebody spoke in, from the first year to the last."""

    name: str
    first: int
    last: int


def roles_of(quotes: "QuerySet[Quote]") -> list[Role]:
    """The roles of a speaker among these quotes, the latest first."""
    roles: dict[str, Role] = {}
    for name, published_at in quotes.values_list("role", "published_at"):
        if name and published_at:
            role = roles.setdefault(name, Role(name, published_at.year, published_at.year))
            role.first = min(role.first, published_at.year)
            role.last = max(role.last, published_at.year)
    return list(roles.values())
