"""Topics: the vocabulary, one topic with what is filed under it, its quotes."""

from string import ascii_lowercase
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Tagging, Tally, Topic, TopicBroader
from archive.models.tally import ALL_YEARS
from archive.site import paging, structured
from archive.site.caching import reader_page
from archive.site.histogram import histogram
from archive.site.listing import filed_articles_listed, filed_quotes_listed
from archive.site.standing import instead_of_topic
from archive.site.vocabulary import ids_in, tree

QUOTES_BESIDE = 5
NAMES = 200


@reader_page
def topics(request: HttpRequest) -> HttpResponse:
    """The vocabulary: its first three levels as a tree or, from a letter on, its names in order."""
    context: dict[str, Any] = {"letters": ascii_lowercase}
    if "from" in request.GET:
        page = paging.page_by_name(Topic.objects.current(), request.GET, size=NAMES)
        shown = [topic.pk for topic in page.items]
        context["page"] = page
    else:
        context["tree"] = tree()
        shown = ids_in(context["tree"])
    tallies = Tally.objects.of(Tally.Subject.TOPIC, *shown).totals()
    context["tallies"] = {tally.subject_id: tally for tally in tallies}
    return render(request, "site/topics.html", context)


@reader_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: its place in the vocabulary, the articles filed under it newest first, its latest quotes."""
    topic = Topic.objects.current().filter(slug=slug).first()
    if topic is None:
        return instead_of_topic(slug)
    filed = Tagging.objects.public().filter(topic=topic)
    quotes = filed_quotes_listed(filed.of_quotes())[:QUOTES_BESIDE]
    page = paging.page_of(filed_articles_listed(filed.of_articles()), paging.FILED_ARTICLES, request.GET)
    return render(request, "site/topic.html", {"page": page, "quotes": quotes, **_place_of(topic)})


@reader_page
def topic_quotes(request: HttpRequest, slug: str) -> HttpResponse:
    """The quotes filed under one topic, newest first."""
    topic = Topic.objects.current().filter(slug=slug).first()
    if topic is None:
        return instead_of_topic(slug, page="topic-quotes")
    filed = filed_quotes_listed(Tagging.objects.public().filter(topic=topic).of_quotes())
    page = paging.page_of(filed, paging.FILED_QUOTES, request.GET)
    return render(request, "site/topic_quotes.html", {"page": page, **_place_of(topic)})


def _place_of(topic: Topic) -> dict[str, Any]:
    """What both pages of a topic say of it: its names, its neighbours in the vocabulary, its counts."""
    other_names = list(topic.other_names.all())
    links = TopicBroader.objects.filter(Q(narrower=topic) | Q(broader=topic)).select_related("narrower", "broader")
    broader = sorted((link.broader for link in links if link.narrower_id == topic.pk), key=str)
    below = (link.narrower for link in links if link.broader_id == topic.pk)
    narrower = sorted((each for each in below if each.replaced_by_id is None), key=str)
    of_narrower = Q(subject_id__in=[each.pk for each in narrower], year=ALL_YEARS)
    tallies = Tally.objects.filter(Q(subject_id=topic.pk) | of_narrower, subject=Tally.Subject.TOPIC).order_by("year")
    own = [tally for tally in tallies if tally.subject_id == topic.pk]
    return {
        "topic": topic,
        "other_names": other_names,
        "described": structured.of_topic(topic, map(str, other_names)),
        "broader": broader,
        "narrower": narrower,
        "related": topic.related.filter(replaced_by__isnull=True).order_by("name"),
        "tallies": {tally.subject_id: tally for tally in tallies if tally.year == ALL_YEARS},
        "years": [tally for tally in own if tally.year != ALL_YEARS][::-1],
        "histogram": histogram(tally for tally in own if tally.year != ALL_YEARS),
    }
