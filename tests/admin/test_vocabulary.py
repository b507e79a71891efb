"""The vocabulary's pages in the admin: its tree, deeds with preview, undoing, files in and out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.editing.merging import begin_merge
from archive.models import Job, Topic, VocabularyChange
from tests.admin.conftest import admin_url, told
from tests.factories import ArticleFactory, JobFactory, QuoteFactory, TaggingFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def venus(db):
    topic = TopicFactory(name="Venus", under=TopicFactory(name="Planets"))
    TaggingFactory(topic=topic, article=ArticleFactory(headline="A probe enters the clouds"))
    return topic


@pytest.mark.parametrize(
    ("deed", "given", "shown"),
    [
        ("rename", {"name": "Planet Venus"}, {"Its name": "Planet Venus", "An alternative name": "Venus"}),
        ("move", {"under": []}, {"Lies under now": "Planets", "Will lie under": "nothing"}),
        ("split", {"name": "Clouds", "words": "cloud -storm"}, {"Articles to take along": "1"}),
    ],
)
def test_a_deed_is_previewed_then_done(at, venus, deed, given, shown):
    archivist, address = at("archivist"), admin_url(f"topic_{deed}", venus.pk)
    assert archivist.post(address, {**given, "step": "preview"}).context["preview"] == shown
    assert not VocabularyChange.objects.exists()
    answer = archivist.post(address, {**given, "step": "confirm"}, follow=True)
    assert VocabularyChange.objects.get().kind == deed
    assert "It can be undone" in told(answer)[0]


def test_a_preview_shows_a_name_that_begins_with_a_number_as_it_is(at, venus):
    answer = at("archivist").post(admin_url("topic_rename", venus.pk), {"name": "1984 accords", "step": "preview"})
    assert answer.context["facts"] == [("Its name", "1984 accords"), ("An alternative name", "Venus")]


def test_a_merge_shows_what_will_move_and_is_undone_from_the_changes(at, venus):
    archivist, into = at("archivist"), TopicFactory(name="Inner planets")
    address = admin_url("topic_merge", venus.pk)
    preview = archivist.post(address, {"into": into.pk, "step": "preview"}).context["preview"]
    assert preview["Articles to move"] == "1"
    archivist.post(address, {"into": into.pk, "step": "confirm"})
    assert Topic.objects.get(pk=venus.pk).replaced_by == into
    change = VocabularyChange.objects.get()
    archivist.post(admin_url("topic_undo", change.pk))
    assert Topic.objects.get(pk=venus.pk).replaced_by is None
    answer = archivist.post(admin_url("topic_undo", change.pk), follow=True)
    assert told(answer)[-1] == "Not undone: This was undone already."


@pytest.fixture
def _nothing_is_few(monkeypatch):
    for module in ("topic_deeds", "vocabulary"):
        monkeypatch.setattr(f"archive.admin.{module}.AT_ONCE", 0)


@pytest.mark.usefixtures("_nothing_is_few")
def test_a_merge_of_many_items_is_followed_in_the_background_and_so_is_its_undoing(
    at, venus, django_capture_on_commit_callbacks
):
    archivist, into = at("archivist"), TopicFactory(name="Inner planets")
    given = {"into": into.pk, "step": "confirm"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = archivist.post(admin_url("topic_merge", venus.pk), given)
    job = Job.objects.get()
    assert answer["Location"] == admin_url("job_change", job.pk)
    assert (job.title, job.total, job.done) == ("Merge into another topic: Venus", 1, 1)
    assert Topic.objects.get(pk=venus.pk).replaced_by == into
    with django_capture_on_commit_callbacks(execute=True):
        answer = archivist.post(admin_url("topic_undo", VocabularyChange.objects.get().pk))
    assert answer["Location"] == admin_url("job_change", Job.objects.first().pk)
    assert Topic.objects.get(pk=venus.pk).replaced_by is None


@pytest.mark.parametrize(
    ("deed", "given", "outcome"),
    [
        ("move", {"under": []}, "“Venus” moved from under “Planets” to under nothing."),
        ("split", {"name": "Clouds", "words": "cloud"}, "“Venus” “Clouds” split off, 1 items."),
    ],
)
@pytest.mark.usefixtures("_nothing_is_few")
def test_what_touches_many_items_is_done_in_the_background(
    at, venus, deed, given, outcome, *, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        at("archivist").post(admin_url(f"topic_{deed}", venus.pk), {**given, "step": "confirm"})
    assert Job.objects.get().outcome == f"{outcome} It can be undone among the changes."


def test_a_merge_under_way_is_followed_not_undone(at, venus):
    change = begin_merge(venus, TopicFactory(name="Worlds"), by=None, job=JobFactory().pk)
    page = at("archivist").get(admin_url("topic_changes")).text
    assert "is being merged into “Worlds”, 0 items so far" in page
    assert (admin_url("topic_undo", change.pk) in page, page.count("Follow how far it is")) == (False, 1)


def test_learning_is_asked_for_from_the_tree(at):
    answer = at("archivist").post(admin_url("topic_learn"))
    assert answer["Location"] == admin_url("job_change", Job.objects.get(title="Learn topics from what is filed").pk)
    assert at("editor").post(admin_url("topic_learn")).status_code == 403


def test_each_concern_leads_to_the_deed_that_mends_it(at, venus):
    twin = TopicFactory(name="venus ", slug="venus-2")
    page = at("archivist").get(admin_url("topic_tree")).text
    assert f"{admin_url('topic_merge', twin.pk)}?into={venus.pk}" in page
    assert admin_url("topic_move", twin.pk) in page
    form = at("archivist").get(f"{admin_url('topic_merge', twin.pk)}?into={venus.pk}").context["form"]
    assert form.initial["into"] == venus.pk
    assert at("contributor").get(admin_url("topic_wanting")).text.count('<span class="concern">') == 10


def test_a_deed_that_is_refused_says_why_on_its_form(at, venus):
    answer = at("archivist").post(admin_url("topic_rename", venus.pk), {"name": "planets", "step": "confirm"})
    assert answer.context["form"].non_field_errors() == [
        "“Planets” has that name already: merge the two, or choose another."
    ]


def test_undoing_takes_more_than_opening_an_address(at, venus):
    assert at("archivist").get(admin_url("topic_undo", 1)).status_code == 405


def given(content=b"name,broader\nPlanets,\nVenus,Planets\n"):
    return SimpleUploadedFile("topics.csv", content)


def test_a_file_is_sent_once_previewed_and_then_imported(at):
    archivist, page = at("archivist"), admin_url("topic_import")

    preview = archivist.post(page, {"file": given(), "step": "rehearse"})
    assert (preview.context["done"].created, Topic.objects.count()) == (2, 0)
    done = archivist.post(page, {"kept": preview.context["previewed"], "step": "confirm"})

    assert done.url == admin_url("topic_tree")
    assert Topic.objects.count() == 2


def test_nothing_is_imported_that_was_not_previewed(at):
    archivist, page = at("archivist"), admin_url("topic_import")
    answer = archivist.post(page, {"file": given(), "step": "confirm"})
    assert (answer.context["done"].created, Topic.objects.count()) == (2, 0)


@pytest.mark.parametrize("kept", ["", "forged"])
def test_without_a_file_the_form_asks_for_one(at, kept):
    answer = at("archivist").post(admin_url("topic_import"), {"kept": kept, "step": "confirm"})
    assert answer.context["form"].errors["file"] == ["Choose a file."]


def test_a_colleague_cannot_use_the_file_of_another(at, sign_in):
    preview = at("archivist").post(admin_url("topic_import"), {"file": given(), "step": "rehearse"})
    other = sign_in(UserFactory(is_superuser=True))
    answer = other.post(admin_url("topic_import"), {"kept": preview.context["previewed"], "step": "confirm"})
    assert answer.context["form"].errors["file"] == ["Choose a file."]


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
    with django_assert_num_queries(12):
        archivist.get(admin_url("topic_tree"))
    with django_assert_num_queries(5):
        archivist.get(admin_url("topic_changes"))
