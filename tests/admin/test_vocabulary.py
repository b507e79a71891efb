"""The vocabulary's pages in the admin: its tree, deeds with preview, undoing, files in and out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.models import Topic, VocabularyChange
from tests.admin.conftest import admin_url, told
from tests.factories import ArticleFactory, QuoteFactory, TaggingFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def venus(db):
    topic = TopicFactory(name="Venus", under=TopicFactory(name="Planets"))
    TaggingFactory(topic=topic, article=ArticleFactory(headline="A probe enters the clouds"))
    return topic


PAGES = {
    "tree": lambda topic: admin_url("topic_tree"),
    "changes": lambda topic: admin_url("topic_changes"),
    "import": lambda topic: admin_url("topic_import"),
    "export": lambda topic: admin_url("topic_export", "ttl"),
    "rename": lambda topic: admin_url("topic_rename", topic.pk),
    "merge": lambda topic: admin_url("topic_merge", topic.pk),
}


@pytest.mark.parametrize(
    ("page", "role", "status"),
    [
        ("tree", "contributor", 200),
        ("export", "contributor", 200),
        ("changes", "editor", 403),
        ("import", "editor", 403),
        ("rename", "editor", 403),
        ("merge", "editor", 403),
        ("tree", "nobody", 403),
        ("merge", "archivist", 200),
        ("import", "archivist", 200),
        ("tree", "reader", 302),
    ],
)
def test_each_page_opens_to_those_whose_it_is(at, venus, page, role, status):
    assert at(role).get(PAGES[page](venus)).status_code == status


@pytest.mark.parametrize(
    ("deed", "given", "shown"),
    [
        ("rename", {"name": "Planet Venus"}, {"Its name": "Planet Venus", "An alternative name": "Venus"}),
        ("move", {"under": []}, {"Lies under now": "Planets", "Will lie under": "nothing"}),
        ("split", {"name": "Clouds", "words": "cloud -storm"}, {"Articles to take along": 1}),
    ],
)
def test_a_deed_is_previewed_then_done(at, venus, deed, given, shown):
    archivist, address = at("archivist"), admin_url(f"topic_{deed}", venus.pk)
    assert archivist.post(address, {**given, "step": "preview"}).context["preview"] == shown
    assert not VocabularyChange.objects.exists()
    answer = archivist.post(address, {**given, "step": "confirm"}, follow=True)
    assert VocabularyChange.objects.get().kind == deed
    assert "It can be undone" in told(answer)[0]


def test_a_merge_shows_what_will_move_and_is_undone_from_the_changes(at, venus):
    archivist, into = at("archivist"), TopicFactory(name="Inner planets")
    address = admin_url("topic_merge", venus.pk)
    preview = archivist.post(address, {"into": into.pk, "step": "preview"}).context["preview"]
    assert preview["Articles to move"] == 1
    archivist.post(address, {"into": into.pk, "step": "confirm"})
    assert Topic.objects.get(pk=venus.pk).replaced_by == into
    change = VocabularyChange.objects.get()
    archivist.post(admin_url("topic_undo", change.pk))
    assert Topic.objects.get(pk=venus.pk).replaced_by is None
    answer = archivist.post(admin_url("topic_undo", change.pk), follow=True)
    assert told(answer)[-1] == "Not undone: This was undone already."


def test_a_deed_that_is_refused_says_why_on_its_form(at, venus):
    answer = at("archivist").post(admin_url("topic_rename", venus.pk), {"name": "planets", "step": "confirm"})
    assert answer.context["form"].non_field_errors() == [
        "“Planets” has that name already: merge the two, or choose another."
    ]


def test_undoing_takes_more_than_opening_an_address(at, venus):
    assert at("archivist").get(admin_url("topic_undo", 1)).status_code == 405


def test_a_file_is_rehearsed_then_imported(at):
    def given():
        return SimpleUploadedFile("topics.csv", b"name,broader\nPlanets,\nVenus,Planets\n")

    archivist = at("archivist")
    answer = archivist.post(admin_url("topic_import"), {"file": given(), "step": "rehearse"})
    assert (answer.context["done"].created, Topic.objects.count()) == (2, 0)
    archivist.post(admin_url("topic_import"), {"file": given(), "step": "confirm"})
    assert Topic.objects.count() == 2


def test_a_file_that_is_no_vocabulary_is_refused_by_its_field(at):
    file = SimpleUploadedFile("topics.csv", b"title\nA\n")
    answer = at("archivist").post(admin_url("topic_import"), {"file": file, "step": "confirm"})
    assert answer.context["form"].errors["file"] == ['The first line has no column "name".']


def test_the_vocabulary_is_saved_as_a_file(at, venus):
    answer = at("editor").get(admin_url("topic_export", "csv"))
    assert answer["Content-Disposition"] == 'attachment; filename="topics.csv"'
    assert b"Venus" in answer.content
    assert at("editor").get(admin_url("topic_export", "exe")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_queries_however_much_they_show(at, count, django_assert_num_queries):
    for _ in range(count):
        topic = TopicFactory(under=TopicFactory())
        TaggingFactory(topic=topic, quote=QuoteFactory())
        VocabularyChange.objects.create(kind="merge", topic=topic, other=TopicFactory(), detail={})
    archivist = at("archivist")
    archivist.get(admin_url("topic_tree"))
    with django_assert_num_queries(10):
        archivist.get(admin_url("topic_tree"))
    with django_assert_num_queries(5):
        archivist.get(admin_url("topic_changes"))
