"""The readers' addresses. They never change: what is renamed redirects, what is withdrawn says so."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from archive import exports
from archive.site import converters, downloads, feeds, health, sitemaps
from archive.site.feed_formats import atom, json_feed
from archive.site.views import about, articles, front, oembed, people, previews, quotes, robots, search, sources, topics

register_converter(converters.YearConverter, "year")
register_converter(converters.MonthConverter, "month")


def feeds_of(view: Callable[..., HttpResponse], route: str, name: str) -> list[URLPattern]:
    """The addresses of a list's feed in each format."""
    return [
        path(f"{route}feed/", view, {"write": atom}, name=f"{name}feed"),
        path(f"{route}feed.json", view, {"write": json_feed}, name=f"{name}json-feed"),
    ]


urlpatterns = [
    path("", front.front, name="front"),
    path("about/", about.about, name="about"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<year:year>/", articles.articles_of_year, name="articles-of-year"),
    path("articles/<year:year>/<month:month>/", articles.articles_of_year, name="articles-of-month"),
    path("articles/<year:year>/<slug:slug>/", articles.article, name="article"),
    path("preview/article/<int:pk>/", previews.preview, name="article-preview"),
    path("preview/<slug:token>/", previews.private_preview, name="preview"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/<int:quote_id>/", quotes.quote, name="quote"),
    path("quotes/<int:quote_id>/card/", quotes.card, name="quote-card"),
    path("quotes/<int:quote_id>/cite.<slug:suffix>", quotes.citation, name="quote-citation"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("topics/<slug:slug>/quotes/", topics.topic_quotes, name="topic-quotes"),
    path("topics/<slug:slug>/timeline/", topics.topic_timeline, name="topic-timeline"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("people/<slug:slug>/on/<slug:topic_slug>/", people.person_on_topic, name="person-on-topic"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("search/", search.search, name="search"),
    path("search/begun.json", search.suggestions, name="search-begun"),
    path("search/found.csv", downloads.found, {"write": exports.as_csv}, name="search-csv"),
    path("search/found.jsonl", downloads.found, {"write": exports.as_json_lines}, name="search-json-lines"),
    *feeds_of(feeds.latest, "", ""),
    *feeds_of(feeds.of_search, "search/", "search-"),
    *feeds_of(feeds.of_topic, "topics/<slug:slug>/", "topic-"),
    *feeds_of(feeds.of_person, "people/<slug:slug>/", "person-"),
    *feeds_of(feeds.of_source, "sources/<slug:slug>/", "source-"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/news.xml", sitemaps.of_news, name="sitemap-news"),
    path("sitemaps/articles-<year:year>-<month:month>.xml", sitemaps.moved),
    path("sitemaps/<slug:kind>-<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("sitemaps/topics.xml", sitemaps.moved),
    path("sitemaps/people.xml", sitemaps.moved),
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("opensearch.xml", robots.opensearch, name="opensearch"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
