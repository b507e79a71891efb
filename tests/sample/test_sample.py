"""The files of the sample archive keep to what `sample/README.md` says of them."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
STORIES = sorted((SAMPLE / "stories").glob("*.md"))

STORY_KEYS = {
    "headline", "standfirst", "byline", "source", "published", "topics", "quote_topics", "language",
    "publisher_url", "status", "withdrawal_reason", "embargo_until",
}  # fmt: skip
TOPIC_KEYS = {"name", "slug", "match_case", "other_names", "scope_note", "broader", "related", "identifiers"}
DATE = re.compile(r"(?P<year>\d{4})(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z)?)?)?")
OPENS_AND_CLOSES = {"en": "“”", "de": "„“", "fr": "«»"}


def listed(name: str) -> list[dict[str, Any]]:
    return yaml.load((SAMPLE / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (it makes strings, nothing else)


def story(path: Path) -> tuple[dict[str, Any], str]:
    """A story's front matter, every value as it is written, and its body."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(front, Loader=yaml.BaseLoader), body.strip()  # noqa: S506


def topic_names(topic: dict[str, Any]) -> list[str]:
    others = (other if isinstance(other, str) else other["name"] for other in topic.get("other_names", []))
    return [topic["name"], *others]


TOPICS = {topic["name"]: topic for topic in listed("topics.yaml")}
SOURCES = {source["name"]: source for source in listed("sources.yaml")}
PEOPLE = {person["name"]: person for person in listed("people.yaml")}

each_story = pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)


@each_story
def test_a_story_knows_its_keys(path):
    front, _ = story(path)
    assert set(front) - STORY_KEYS == set()


@each_story
def test_a_story_has_headline_standfirst_and_an_author_we_know(path):
    front, _ = story(path)
    assert front["headline"]
    assert front["standfirst"]
    assert front["byline"] in PEOPLE


@each_story
def test_a_story_names_a_source_we_have(path):
    front, _ = story(path)
    assert front["source"] in SOURCES


@each_story
def test_a_story_is_filed_under_topics_we_have(path):
    front, _ = story(path)
    filed = [*front["topics"], *front.get("quote_topics", [])]
    assert [name for name in filed if name not in TOPICS] == []
    assert len(front["topics"]) >= 2
    assert len(set(front["topics"])) == len(front["topics"])


@each_story
def test_a_story_is_dated_in_the_year_of_its_file(path):
    front, _ = story(path)
    written = DATE.fullmatch(front["published"])
    assert written is not None
    assert written["year"] == path.stem[:4]
    parts = [int(part) for part in front["published"][:10].split("-")]
    assert date(*parts, *[1] * (3 - len(parts)))


@each_story
def test_a_story_opens_with_its_dateline_and_is_short(path):
    _, body = story(path)
    assert re.match(r"[A-ZÀ-Þ][A-ZÀ-Þ -]+(, [A-Z][\w. ]+)? — \S", body)
    assert 150 <= len(body.split()) <= 370


@each_story
def test_the_quotation_marks_of_a_story_are_curly_and_balanced(path):
    front, body = story(path)
    opening, closing = OPENS_AND_CLOSES[front.get("language", SOURCES[front["source"]]["language"])]
    assert '"' not in body
    assert "'" not in body
    paragraphs = body.split("\n\n")
    open_at_the_end = []
    for paragraph in paragraphs:
        depth = 0
        for mark in re.findall(f"[{opening}{closing}]", paragraph):
            depth += 1 if mark == opening else -1
            assert depth in (0, 1), paragraph
        open_at_the_end.append(depth == 1)
    assert open_at_the_end[-1] is False
    # A quote that runs on opens again in the next paragraph and closes only in its last.
    runs_on = [following for before, following in pairwise(range(len(paragraphs))) if open_at_the_end[before]]
    assert all(paragraphs[number].startswith(opening) for number in runs_on)


def test_there_are_stories_from_every_decade():
    decades = Counter(int(path.stem[:3]) for path in STORIES)
    assert len(STORIES) >= 40
    assert sorted(decades) == list(range(195, 203))


def test_one_story_is_withdrawn_and_says_why():
    withdrawn = [front for front, _ in map(story, STORIES) if front.get("status") == "withdrawn"]
    assert len(withdrawn) == 1
    assert withdrawn[0]["withdrawal_reason"]


def test_one_published_story_is_under_embargo_for_years():
    embargoed = [front for front, _ in map(story, STORIES) if "embargo_until" in front]
    assert len(embargoed) == 1
    assert embargoed[0].get("status", "published") == "published"
    assert datetime.fromisoformat(embargoed[0]["embargo_until"]) >= datetime(2030, 1, 1, tzinfo=UTC)


def test_some_stories_wait_for_an_editor():
    standing = Counter(story(path)[0].get("status", "published") for path in STORIES)
    assert standing["in_review"] == 1
    assert standing["draft"] in (2, 3)


def test_sources_show_the_three_kinds_of_visibility():
    assert Counter(source["visibility"] for source in SOURCES.values()) == {
        "full": len(SOURCES) - 2,
        "excerpt": 1,
        "reference": 1,
    }


@each_story
def test_what_is_not_shown_in_full_links_to_its_publisher(path):
    front, _ = story(path)
    if SOURCES[front["source"]]["visibility"] == "full":
        assert "publisher_url" not in front
    else:
        assert re.match(r"https://www\.example\.(org|com)/", front["publisher_url"])


@each_story
def test_a_story_has_somebody_of_ours_speaking(path):
    _, body = story(path)
    assert [name for name in PEOPLE if name in body] != []


def test_everybody_described_speaks_or_writes():
    told = "\n".join(path.read_text(encoding="utf-8") for path in STORIES)
    assert [name for name in PEOPLE if name not in told] == []


def test_the_vocabulary_is_large_and_deep():
    def depth(name: str) -> int:
        return 1 + max((depth(broader) for broader in TOPICS[name].get("broader", [])), default=0)

    assert len(TOPICS) >= 250
    assert len([name for name in TOPICS if not TOPICS[name].get("broader")]) == 11
    assert max(depth(name) for name in TOPICS) >= 4


def test_no_name_leads_to_two_topics():
    names = Counter(name.casefold() for topic in TOPICS.values() for name in topic_names(topic))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_topic_has_a_scope_note_and_keys_we_know():
    assert [name for name, topic in TOPICS.items() if not topic.get("scope_note")] == []
    assert [name for name, topic in TOPICS.items() if set(topic) - TOPIC_KEYS] == []


def test_broader_and_related_topics_exist():
    mentioned = {
        name for topic in TOPICS.values() for key in ("broader", "related") for name in topic.get(key, [])
    }  # fmt: skip
    assert mentioned - set(TOPICS) == set()


def test_no_topic_lies_under_itself():
    def above(name: str) -> set[str]:
        broader = set(TOPICS[name].get("broader", []))
        return broader.union(*(above(one) for one in broader))

    # A circle would never end: recursion is the check, and the claim is what it returns.
    assert [name for name in TOPICS if name in above(name)] == []


def test_the_topics_that_stories_use_lie_three_levels_deep():
    used = {name for path in STORIES for name in story(path)[0]["topics"]}
    under_another = {
        name for name in used for broader in TOPICS[name].get("broader", []) if TOPICS[broader].get("broader")
    }
    assert len(under_another) >= 20
