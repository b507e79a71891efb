"""What a list shows, as a file."""

import csv
import io
import json

import pytest

from archive.models import PersonName
from tests.admin.conftest import admin_url
from tests.factories import ArticleFactory, PersonFactory, QuoteFactory, SourceFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def lines(response):
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


def test_articles_are_exported_as_they_are_filtered(editor, sign_in):
    venus = TopicFactory(name="Venus")
    kept = ArticleFactory(headline="=SUM(A1)", published=True, source=SourceFactory(name="The Weekly"))
    TaggingFactory(article=kept, topic=venus)
    ArticleFactory()
    client = sign_in(editor)
    response = client.get(admin_url("article_listed", "csv"), {"status__exact": "published"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="articles.csv"'
    [row] = csv.DictReader(io.StringIO(response.getvalue().decode()))
    assert (row["id"], row["headline"], row["source"], row["topics"]) == (
        str(kept.pk),
        "'=SUM(A1)",
        "The Weekly",
        "Venus",
    )
    assert len(lines(client.get(admin_url("article_listed", "jsonl")))) == 2


def test_a_row_is_exported_once_though_a_filter_meets_it_twice(editor, sign_in):
    article, ines = ArticleFactory(), PersonFactory()
    for start in (1, 2):
        QuoteFactory(article=article, speaker=ines, spans=[[start, 10]])
    found = lines(sign_in(editor).get(admin_url("article_listed", "jsonl"), {"quotes__speaker__exact": ines.pk}))
    assert [row["id"] for row in found] == [article.pk]


def test_quotes_people_topics_and_sources_are_exported(editor, sign_in):
    source = SourceFactory(name="The Weekly", place="Vienna")
    quote = QuoteFactory(article=ArticleFactory(source=source), speaker=PersonFactory(name="Ines"))
    PersonName.objects.create(person=quote.speaker, name="I. Halvorsen")
    TaggingFactory(quote=quote, topic=TopicFactory(name="Venus", under=TopicFactory(name="Planets")))
    client = sign_in(editor)

    def first(kind):
        return lines(client.get(admin_url(f"{kind}_listed", "jsonl")))[0]

    assert (first("quote")["speaker"], first("quote")["topics"]) == ("Ines", ["Venus"])
    assert (first("person")["name"], first("person")["other_names"]) == ("Ines", ["I. Halvorsen"])
    assert (first("topic")["name"], first("topic")["broader"]) == ("Venus", ["Planets"])
    assert (first("source")["name"], first("source")["place"]) == ("The Weekly", "Vienna")


@pytest.mark.parametrize("kind", ["article", "quote", "person", "topic", "source"])
def test_an_export_asks_as_often_for_one_row_as_for_three(kind, editor, sign_in, django_assert_num_queries):
    client, counts = sign_in(editor), []
    for rows in (1, 2):
        for quote in QuoteFactory.create_batch(rows):
            TaggingFactory(quote=quote)
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(admin_url(f"{kind}_listed", "csv")).getvalue()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_there_is_no_file_of_another_kind_and_a_filter_that_is_none_leads_to_the_list(editor, sign_in):
    client = sign_in(editor)
    assert client.get(admin_url("article_listed", "xlsx")).status_code == 404
    assert client.get(admin_url("article_listed", "csv"), {"nothing": "1"})["Location"] == admin_url(
        "article_changelist"
    )
