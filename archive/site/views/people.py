"""People: those who speak or write in the archive, and one of them."""

from itertools import groupby
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse

from archive.models import Person, Quote, Topic
from archive.site import structured
from archive.site.asking import together
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.histogram import at_year, histogram
from archive.site.listing import articles_by, people_by_name, quotes_listed, quotes_of
from archive.site.person_place import person_asked
from archive.site.standing import instead_of_person

NAMES = 100
ARTICLES_BESIDE = 10
# Of how many of a speaker's latest quotes the roles and topics are told (`archive_count_digest`).
AMONG = 500
ON_ONE_TOPIC = 100


@reader_page
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who speaks or writes in what is public, in the order of their family names."""
    return render(
        request,
        "site/people.html",
        {
            "described": structured.of_list("People", request.path),
            "page": people_by_name.page(request.GET, size=NAMES),
            "letters": "abcdefghijklmnopqrstuvwxyz",
        },
    )


@reader_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: what they said, newest first and by year, in which roles, and what they wrote."""
    # What a query string asks for may be another page.
    beginning = [] if request.GET else [quotes_of.beginning(person=slug)]
    people, *rows = together(person_asked(slug), *beginning)
    if not people:
        return instead_of_person(slug)
    [person] = people
    page = quotes_of.page(request.GET, *rows, person=slug)
    if not page.items and not person.writes and not Quote.objects.public().filter(speaker=person.pk).exists():
        raise Http404(f"{person} neither speaks nor writes in what is public")
    told = person.beside
    return render(
        request,
        "site/person.html",
        {
            "person": person,
            "other_names": person.other_names,
            "page": page,
            "written": articles_by.newest(ARTICLES_BESIDE, person=person.pk) if person.writes else [],
            "roles": told.roles,
            "topics": told.topics,
            "among": AMONG,
            "described": structured.of_person(person, person.other_names, (role.name for role in told.roles)),
            "count": person.counts.quotes,
            "histogram": histogram((year for year in person.years if year.quotes), at_year),
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
