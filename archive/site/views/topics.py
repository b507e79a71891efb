"""Topics: the vocabulary, one topic with what is filed under it, its quotes."""

from string import ascii_lowercase
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from archive.models import Tally, Topic
from archive.search.topics import topics_named
from archive.site import structured
from archive.site.caching import reader_page
from archive.site.drawing import render
from archive.site.filed import ARTICLES, QUOTES, Filed, of_year, opened
from archive.site.histogram import at_year, histogram
from archive.site.listing import quotes_on_topic, topics_by_name, topics_under
from archive.site.page import absolute
from archive.site.standing import instead_of_topic
from archive.site.timeline import timeline_of
from archive.site.topic_place import TopicPlace, topic_place
from archive.site.vocabulary import tree

QUOTES_BESIDE = 5
NAMES = 200


@reader_page
def topics(request: HttpRequest) -> HttpResponse:
    """The vocabulary: from the broad to the narrow, what lies under one topic, by name, or by words of names."""
    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"letters": ascii_lowercase, "words": words, "described": structured.of_vocabulary()}
    if words:
        context["found"] = topics_named(words)
        found = [each.topic.pk for each in context["found"]]
        context["tallies"] = Tally.objects.totals_of(Tally.Subject.TOPIC, found)
    elif "from" in request.GET or "under" in request.GET:
        context |= _names(request.GET.get("under", ""), request)
    else:
        context["tree"] = tree()
    return render(request, "site/topics.html", context)


def _names(under: str, request: HttpRequest) -> dict[str, Any]:
    """A page of topics by name: of the whole vocabulary, or of those directly under one."""
    if not under:
        return {"under": None, "page": topics_by_name.page(request.GET, size=NAMES)}
    # A sign that PostgreSQL takes in no text is in no address.
    top = None if "\0" in under else Topic.objects.current().filter(slug=under).first()
    if top is None:
        raise Http404(f"No topic in use has the address {under!r}")
    return {"under": top, "page": topics_under.page(request.GET, size=NAMES, broader=top.pk)}


@reader_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: its place in the vocabulary, the articles filed under it newest first, its latest quotes."""
    found = opened(slug, ARTICLES, request.GET, quotes_on_topic.beginning(QUOTES_BESIDE, topic=slug))
    if found is None:
        return instead_of_topic(slug)
    [quotes] = found.beside
    told = {**_told_of(found.topic, request), **_canonical(found.filed, request)}
    return render(request, "site/topic.html", {**told, "filed": found.filed, "quotes": quotes})


@reader_page
def topic_quotes(request: HttpRequest, slug: str) -> HttpResponse:
    """The quotes filed under one topic, newest first."""
    found = opened(slug, QUOTES, request.GET)
    if found is None:
        return instead_of_topic(slug, page="topic-quotes")
    told = {**_told_of(found.topic, request), **_canonical(found.filed, request)}
    return render(request, "site/topic_quotes.html", {**told, "filed": found.filed})


@reader_page
def topic_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """What was published and said on one topic, by year and month."""
    topic = topic_place(slug)
    if topic is None:
        return instead_of_topic(slug, page="topic-timeline")
    return render(
        request,
        "site/topic_timeline.html",
        {
            "topic": topic,
            "described": structured.of_timeline(topic),
            "timeline": timeline_of(topic, request.GET),
            "histogram": histogram(topic.years, at_year),
        },
    )


def _canonical(filed: Filed, request: HttpRequest) -> dict[str, str]:
    """A selection is nobody's page: it stands for the whole."""
    return {"canonical": absolute(request.path)} if filed.chosen else {}


def _told_of(topic: TopicPlace, request: HttpRequest) -> dict[str, Any]:
    """What both pages of a topic say of it beside their lists."""
    return {
        "topic": topic,
        "described": structured.of_topic(topic),
        "year": request.GET.get("from") if request.GET.get("from") == request.GET.get("to") else None,
        "histogram": histogram(topic.years, of_year(request.GET)),
    }
