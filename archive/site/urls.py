"""The readers' addresses. They never change: what is renamed redirects, what is withdrawn says so."""

from django.urls import path, register_converter

from archive.site import converters, feeds
from archive.site.views import articles, front, people, quotes, robots, search, sources, topics

register_converter(converters.YearConverter, "year")
register_converter(converters.MonthConverter, "month")

urlpatterns = [
    path("", front.front, name="front"),
    path("feed/", feeds.latest, name="feed"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<year:year>/", articles.articles_of_year, name="articles-of-year"),
    path("articles/<year:year>/<month:month>/", articles.articles_of_year, name="articles-of-month"),
    path("articles/<year:year>/<slug:slug>/", articles.article, name="article"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/<int:quote_id>/", quotes.quote, name="quote"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("topics/<slug:slug>/quotes/", topics.topic_quotes, name="topic-quotes"),
    path("topics/<slug:slug>/feed/", feeds.of_topic, name="topic-feed"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("search/", search.search, name="search"),
    path("robots.txt", robots.robots, name="robots"),
]
