"""Topics renamed, moved, merged and split; and all of it undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from archive.editing.merging import MergePreview, merge_preview, merge_topics
from archive.editing.splitting import split_topic
from archive.editing.vocabulary import VocabularyError, move_topic, rename_topic
from archive.editing.vocabulary_undo import undo_change
from archive.models import Article, Suggestion, Tagging, Tally, Topic, TopicBroader, TopicName, TopicRelation
from tests.factories import ArticleFactory, QuoteFactory, SuggestionFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


def vocabulary():
    """All that a change of the vocabulary touches, to compare before and after."""
    return {
        "topics": sorted(Topic.objects.values_list("name", "slug", "match_case", "replaced_by__name")),
        "names": sorted(TopicName.objects.values_list("topic__name", "name", "match_case")),
        "tree": sorted(TopicBroader.objects.values_list("narrower__name", "broader__name")),
        "related": sorted(TopicRelation.objects.values_list("from_topic__name", "to_topic__name")),
        "filed": sorted(
            Tagging.objects.values_list("topic__name", "article_id", "quote_id", "implied", "tagged_by__username"),
            key=str,
        ),
        "tallies": sorted(
            Tally.objects.exclude(articles=0, quotes=0)
            .filter(subject=Tally.Subject.TOPIC)
            .values_list("subject_id", "year", "articles", "quotes")
        ),
        "suggestions": sorted(Suggestion.objects.values_list("topic__name", "article_id", "answer", "key")),
    }


@pytest.fixture
def tree(archivist):
    """Planets over Venus over Venera; Worlds over Morning star over Vega; articles and a quote filed."""
    planets, worlds = TopicFactory(name="Planets"), TopicFactory(name="Worlds")
    venus = TopicFactory(name="Venus", match_case=True, under=planets)
    star = TopicFactory(name="Morning star", under=worlds)
    star.other_names.create(name="Evening star")
    vega = TopicFactory(name="Vega", under=star)
    TopicFactory(name="Venera", under=venus)
    star.related.add(TopicFactory(name="Astrology"))
    only_star, both, below = (ArticleFactory(published=True) for _ in range(3))
    TaggingFactory(topic=star, article=only_star, tagged_by=archivist)
    TaggingFactory(topic=star, article=both)
    TaggingFactory(topic=venus, article=both)
    TaggingFactory(topic=vega, article=below)
    TaggingFactory(topic=star, quote=QuoteFactory(article=both))
    SuggestionFactory(topic=star, article=below)
    SuggestionFactory(topic=star, article=both)
    SuggestionFactory(topic=venus, article=both)
    return {topic.name: topic for topic in Topic.objects.all()}


def test_a_renamed_topic_keeps_its_old_name_and_its_old_address(archivist, reader):
    topic = TopicFactory(name="Columbus module", match_case=True)
    rename_topic(topic, "Columbus  laboratory", by=archivist)
    assert (topic.name, topic.slug) == ("Columbus laboratory", "columbus-laboratory")
    assert list(topic.other_names.values_list("name", "match_case")) == [("Columbus module", True)]
    answer = reader.get("/topics/columbus-module/")
    assert (answer.status_code, answer["Location"]) == (301, reverse("topic", args=["columbus-laboratory"]))


def test_renaming_to_an_alternative_name_exchanges_the_two(archivist):
    topic = TopicFactory(name="Station")
    topic.other_names.create(name="ISS", match_case=True)
    rename_topic(topic, "ISS", by=archivist)
    assert topic.match_case
    assert list(topic.other_names.values_list("name", "match_case")) == [("Station", False)]


def test_a_name_is_not_taken_from_another_topic(archivist):
    TopicFactory(name="Mars")
    with pytest.raises(VocabularyError, match="“Mars” has that name already"):
        rename_topic(TopicFactory(name="Red planet"), "mars", by=archivist)


def test_a_moved_topic_takes_what_is_filed_with_it(tree, archivist):
    move_topic(tree["Vega"], under=[tree["Venus"]], by=archivist)
    below = Tagging.objects.get(topic=tree["Vega"]).article
    assert set(Tagging.objects.filter(article=below).values_list("topic__name", flat=True)) == {
        "Vega",
        "Venus",
        "Planets",
    }


def test_a_topic_is_not_moved_under_itself(tree, archivist):
    with pytest.raises(VocabularyError, match="“Vega” lies under “Worlds”"):
        move_topic(tree["Worlds"], under=[tree["Vega"]], by=archivist)


def test_a_merge_is_previewed_by_what_it_will_move(tree):
    assert merge_preview(tree["Morning star"], tree["Venus"]) == MergePreview(
        articles=2, quotes=1, narrower=1, names=("Morning star", "Evening star")
    )


def test_merging_moves_items_names_narrower_and_related_topics(tree, archivist):
    change = merge_topics(tree["Morning star"], into=tree["Venus"], by=archivist)
    venus = tree["Venus"]
    assert (change.items, change.moved.filter(there_already=True).count()) == (3, 1)
    filed = Tagging.objects.filter(topic=venus)
    assert (filed.of_articles().filed().count(), filed.of_quotes().filed().count()) == (2, 1)
    assert filed.filter(implied=True).count() == 1, "what lies under Vega is implied"
    assert filed.get(tagged_by=archivist).article_id is not None, "who filed it is kept"
    assert not Tagging.objects.filter(topic__in=[tree["Morning star"], tree["Worlds"]]).exists()
    assert Tagging.objects.filter(topic=tree["Planets"], implied=True).count() == 4
    assert set(venus.other_names.values_list("name", flat=True)) == {"Morning star", "Evening star"}
    assert set(venus.narrower.values_list("name", flat=True)) == {"Venera", "Vega"}
    assert [topic.name for topic in venus.related.all()] == ["Astrology"]
    total = Tally.objects.totals().get(subject=Tally.Subject.TOPIC, subject_id=venus.pk)
    assert (total.articles, total.quotes) == (3, 1)


def test_the_address_of_a_merged_topic_redirects_even_after_a_second_merge(tree, archivist, reader):
    merge_topics(tree["Morning star"], into=tree["Venus"], by=archivist)
    merge_topics(tree["Venus"], into=tree["Planets"], by=archivist)
    answer = reader.get("/topics/morning-star/")
    assert (answer.status_code, answer["Location"]) == (301, "/topics/planets/")


def test_pending_suggestions_follow_a_merge_and_are_not_doubled(tree, archivist):
    merge_topics(tree["Morning star"], into=tree["Venus"], by=archivist)
    venus = tree["Venus"]
    assert set(Suggestion.objects.values_list("topic", "key")) == {(venus.pk, f"topic {venus.pk}")}
    assert Suggestion.objects.count() == 2


def test_a_topic_merged_into_the_one_below_it_leaves_that_one_its_place(tree, archivist):
    merge_topics(tree["Morning star"], into=tree["Vega"], by=archivist)
    assert [topic.name for topic in tree["Vega"].broader.all()] == ["Worlds"]
    assert Tagging.objects.filter(topic=tree["Worlds"], implied=True).count() == 4


@pytest.mark.parametrize(
    ("topic", "into", "said"),
    [
        ("Venus", "Venus", "into itself"),
        ("Worlds", "Vega", "“Vega” lies under “Worlds” by way of another topic"),
    ],
)
def test_a_merge_that_leaves_a_hole_in_the_tree_is_refused(tree, archivist, topic, into, said):
    with pytest.raises(VocabularyError, match=said):
        merge_topics(tree[topic], into=tree[into], by=archivist)


def test_a_topic_is_merged_once(tree, archivist):
    merge_topics(tree["Morning star"], into=tree["Venus"], by=archivist)
    with pytest.raises(VocabularyError, match="was merged into another topic already"):
        merge_topics(tree["Morning star"], into=tree["Planets"], by=archivist)


def test_splitting_takes_the_chosen_articles_and_their_quotes_to_a_topic_below(tree, archivist):
    star = tree["Morning star"]
    chosen = Article.objects.filter(quotes__isnull=False)
    change = split_topic(star, "Phosphorus", articles=chosen, by=archivist)
    new = change.other
    assert [topic.name for topic in new.broader.all()] == ["Morning star"]
    assert Tagging.objects.filed().filter(topic=new).count() == 2
    assert Tagging.objects.filed().filter(topic=star).count() == 1
    assert Tagging.objects.filter(topic=star, implied=True).count() == 3, "what was split off still lies under it"


def test_splitting_beside_shares_the_broader_topics(tree, archivist):
    articles = Article.objects.filter(quotes__isnull=False)
    change = split_topic(tree["Morning star"], "Phosphorus", articles=articles, by=archivist, below=False)
    assert [topic.name for topic in change.other.broader.all()] == ["Worlds"]
    assert not Tagging.objects.filter(topic=tree["Morning star"], article__in=articles).exists()


@pytest.mark.parametrize(
    ("name", "articles", "said"),
    [
        ("Venus", Article.objects.all(), "Another topic is called “Venus”"),
        ("", Article.objects.all(), "Give the new topic a name"),
        ("Phosphorus", Article.objects.none, "None of these articles"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused_and_changes_nothing(tree, archivist, name, articles, said):
    before = vocabulary()
    chosen = Article.objects.filter(pk=0) if callable(articles) else articles.all()
    with pytest.raises(VocabularyError, match=said):
        split_topic(tree["Morning star"], name, articles=chosen, by=archivist)
    assert vocabulary() == before


CHANGES = {
    "rename": lambda tree, by: rename_topic(tree["Morning star"], "Evening star", by=by),
    "move": lambda tree, by: move_topic(tree["Morning star"], under=[tree["Planets"]], by=by),
    "move to the top": lambda tree, by: move_topic(tree["Morning star"], under=[], by=by),
    "merge": lambda tree, by: merge_topics(tree["Morning star"], into=tree["Venus"], by=by),
    "merge upward": lambda tree, by: merge_topics(tree["Vega"], into=tree["Morning star"], by=by),
    "merge across": lambda tree, by: merge_topics(tree["Vega"], into=tree["Planets"], by=by),
}


@pytest.mark.parametrize("kind", [*CHANGES, "merge downward"])
def test_undone_everything_is_as_it_was(tree, archivist, kind):
    Suggestion.objects.filter(topic=tree["Venus"]).delete()
    before = vocabulary()
    merge_down = lambda tree, by: merge_topics(tree["Morning star"], into=tree["Vega"], by=by)  # noqa: E731
    change = CHANGES.get(kind, merge_down)(tree, archivist)
    assert vocabulary() != before
    undo_change(change, by=archivist)
    assert vocabulary() == before
    change.refresh_from_db()
    assert change.undone_by == archivist


def test_an_undone_split_files_everything_as_before_and_its_address_redirects(tree, archivist, reader):
    before = vocabulary()["filed"]
    change = split_topic(tree["Morning star"], "Phosphorus", articles=Article.objects.all(), by=archivist)
    undo_change(change, by=archivist)
    assert vocabulary()["filed"] == before
    assert reader.get("/topics/phosphorus/")["Location"] == "/topics/morning-star/"


def test_a_change_is_undone_once(tree, archivist):
    change = rename_topic(tree["Vega"], "Vega probes", by=archivist)
    undo_change(change, by=archivist)
    with pytest.raises(VocabularyError, match="undone already"):
        undo_change(change, by=archivist)


def test_an_older_change_waits_until_the_newer_is_undone(tree, archivist):
    first = rename_topic(tree["Vega"], "Vega probes", by=archivist)
    rename_topic(tree["Vega"], "Vega programme", by=archivist)
    with pytest.raises(VocabularyError, match="renamed again meanwhile"):
        undo_change(first, by=archivist)


def test_only_who_may_change_topics_changes_the_vocabulary(tree, editor):
    for change in CHANGES.values():
        with pytest.raises(PermissionDenied):
            change(tree, editor)


@pytest.mark.parametrize("count", [1, 4])
def test_merging_costs_the_same_queries_for_one_item_as_for_many(count, archivist, django_assert_num_queries):
    topic, into = TopicFactory(), TopicFactory()
    for _ in range(count):
        TaggingFactory(topic=topic, article=ArticleFactory())
    archivist.has_perm("archive.change_topic")
    with django_assert_num_queries(52):
        merge_topics(topic, into=into, by=archivist)
