"""manage.py load_sample: a whole small archive out of files, once."""

import io

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article, Edition, Person, Quote, Source, Status, Tagging, Topic
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

FILES = {
    "edition.yaml": "title: The Outer Record\ntagline: Who said what\nnotice: All of it is invented.\n",
    "sources.yaml": "- {name: The Meridian Dispatch, kind: daily, place: Oslo, visibility: full, rights: Free.}\n",
    "people.yaml": "- name: Ingeborg Tallaksen\n- {name: Alastair Quince, other_names: [Al Quince]}\n",
    "topics.yaml": """
- name: Planets
- {name: Venus, match_case: true, broader: [Planets], related: [Mars], other_names: [{name: VNS, match_case: true}]}
- {name: Mars, broader: [Planets], other_names: [red planet], scope_note: The fourth.}
""",
    "stories/1957-moon.md": """\
---
headline: A second moon
standfirst: It crossed the sky.
byline: Al Quince
source: The Meridian Dispatch
published: 1957-10-06
topics: [Venus, Mars]
quote_topics: [Mars]
---
OSLO — Venus was bright that night, and the radio was on in every house of the town.

Ingeborg Tallaksen, a geophysicist, had a receiver. “It is a very ordinary sound,” Tallaksen said. “It comes back.”
""",
    "stories/1978-draft.md": """\
---
{headline: A draft, source: The Meridian Dispatch, published: 1978-02, status: draft}
---
One on Mars.

“So be it,” he said.
""",
    "stories/1979-review.md": """\
---
{headline: In review, source: The Meridian Dispatch, published: 1979, status: in_review}
---
One.

Two of them.
""",
    "stories/1980-gone.md": """\
---
{headline: Gone, source: The Meridian Dispatch, published: 1980, status: withdrawn, withdrawal_reason: It was wrong.}
---
One.

Two, then.
""",
    "stories/2026-later.md": """\
---
{headline: Later, source: The Meridian Dispatch, published: 2026-01-01, embargo_until: 2199-01-01T00:00:00Z}
---
One.

Two at last.
""",
}


@pytest.fixture
def sample(tmp_path):
    (tmp_path / "stories").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def load(folder):
    out = io.StringIO()
    call_command("load_sample", "--folder", str(folder), stdout=out)
    return out.getvalue()


def test_the_files_become_an_archive(sample):
    assert load(sample) == "Loaded: 5 stories, 3 topics, 2 people, 1 source.\n"
    assert Edition.current().title == "The Outer Record"
    assert list(Topic.objects.get(name="Planets").narrower.values_list("name", flat=True)) == ["Mars", "Venus"]
    assert list(Topic.objects.get(name="Mars").related.values_list("name", flat=True)) == ["Venus"]
    statuses = dict(Article.objects.values_list("headline", "status"))
    assert statuses == {
        "A second moon": Status.PUBLISHED,
        "A draft": Status.DRAFT,
        "In review": Status.IN_REVIEW,
        "Gone": Status.WITHDRAWN,
        "Later": Status.PUBLISHED,
    }
    assert [article.headline for article in Article.objects.public()] == ["A second moon"]
    assert Article.objects.get(headline="Gone").withdrawal_reason == "It was wrong."


def test_a_story_is_quoted_filed_and_signed_as_it_says(sample):
    load(sample)
    moon = Article.objects.get(headline="A second moon")
    [quote] = moon.quotes.all()
    assert quote.words == "It is a very ordinary sound, … It comes back."
    assert (quote.speaker.name, quote.role) == ("Ingeborg Tallaksen", "geophysicist")
    assert [author.name for author in moon.authors.all()] == ["Alastair Quince"]
    filed = Tagging.objects.filed().order_by("topic__name")
    assert [tagging.topic.name for tagging in filed.filter(article=moon)] == ["Mars", "Venus"]
    assert [tagging.topic.name for tagging in filed.filter(quote=quote)] == ["Mars"]
    answers = dict(moon.suggestions.topics().values_list("topic__name", "answer"))
    assert answers == {"Venus": "accepted", "Mars": "accepted"}


def test_a_draft_keeps_its_proposals_for_the_visitor_to_answer(sample):
    load(sample)
    draft = Article.objects.get(headline="A draft")
    assert not draft.quotes.exists()
    assert sorted(draft.suggestions.pending().values_list("kind", flat=True)) == ["quote", "topic"]


def test_loading_it_again_changes_nothing(sample):
    load(sample)
    before = [list(model.objects.order_by("pk").values()) for model in (Article, Quote, Topic, Person, Source)]
    assert load(sample) == "The archive has been set up already: nothing to load.\n"
    assert [list(model.objects.order_by("pk").values()) for model in (Article, Quote, Topic, Person, Source)] == before


def test_an_archive_of_ones_own_is_left_alone(sample):
    SourceFactory()
    with pytest.raises(
        CommandError, match=r"^The archive has a source of its own: only an empty one takes the sample\.$"
    ):
        load(sample)
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("topics.yaml", "- {name: Venus, broader: [Planet]}", r"topics.yaml: there is no topic “Planet”\."),
        ("topics.yaml", "{a: b}", r"topics.yaml: is not a list\."),
        ("stories/1957-moon.md", "", r"1957-moon.md: is empty\."),
        ("stories/1957-moon.md", FILES["stories/1957-moon.md"].replace("[Mars]", "[Pluto]"), r"1957-moon.md: .*Pluto"),
    ],
)
def test_a_fault_in_the_files_is_named_and_nothing_is_loaded(sample, name, text, message):
    (sample / name).write_text(text)
    with pytest.raises(CommandError, match=message):
        load(sample)
    assert not Edition.objects.exists()
    assert not Source.objects.exists()
