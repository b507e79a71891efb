"""The files of the sample archive keep to what `sample/README.md` says of them."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from tests.sample.files import BODIES, FIELDS, MARKS, PEOPLE, SOURCES, STORIES, TOPICS

STORY_KEYS = {
    *("headline", "standfirst", "byline", "source", "published", "topics", "quote_topics", "language"),
    *("publisher_url", "status", "withdrawal_reason", "embargo_until"),
}
TOPIC_KEYS = {"name", "slug", "match_case", "other_names", "scope_note", "broader", "related", "identifiers"}
DATE = re.compile(r"(?P<year>\d{4})(-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?)?")
DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ -]+(, [A-Z][\w. ]+)? — \S")


def names_of(topic: dict[str, Any]) -> list[str]:
    others = (other if isinstance(other, str) else other["name"] for other in topic.get("other_names", []))
    return [topic["name"], *others]


@cache
def level(topic: str) -> int:
    """1 at the top. A circle of broader topics never ends here, and the test that asks fails."""
    return 1 + max((level(broader) for broader in TOPICS[topic].get("broader", [])), default=0)


def unbalanced(body: str, opening: str, closing: str) -> list[str]:
    """The paragraphs in which a quote opens twice, closes unopened, or runs on into one that does not reopen it."""
    paragraphs = body.split("\n\n")
    faulty = []
    for paragraph, following in pairwise([*paragraphs, ""]):
        marks = "".join(mark for mark in paragraph if mark in opening + closing)
        runs_on = marks.count(opening) > marks.count(closing)
        pairs = re.fullmatch(f"({opening}{closing})*{opening if runs_on else ''}", marks)
        if pairs is None or (runs_on and not following.startswith(opening)):
            faulty.append(paragraph)
    return faulty


def test_stories_have_no_keys_but_those_described():
    assert {key for fields in FIELDS.values() for key in fields} - STORY_KEYS == set()


def test_every_story_has_headline_and_standfirst():
    assert [name for name, fields in FIELDS.items() if not (fields["headline"] and fields["standfirst"])] == []


def test_every_story_is_by_an_author_of_ours():
    assert {fields["byline"] for fields in FIELDS.values()} - set(PEOPLE) == set()


def test_every_story_comes_from_a_source_of_ours_and_every_source_has_some():
    assert {fields["source"] for fields in FIELDS.values()} == set(SOURCES)


def test_every_story_is_filed_under_two_to_seven_topics_of_ours():
    filed = {name: fields["topics"] for name, fields in FIELDS.items()}
    assert [name for name, topics in filed.items() if not 2 <= len(set(topics)) == len(topics) <= 7] == []
    assert {topic for topics in filed.values() for topic in topics} - set(TOPICS) == set()
    assert {topic for fields in FIELDS.values() for topic in fields.get("quote_topics", [])} - set(TOPICS) == set()


def test_every_story_has_a_date_in_the_year_of_its_file():
    for name, fields in FIELDS.items():
        written = DATE.fullmatch(fields["published"])
        assert written is not None, name
        assert written["year"] == name[:4]
        parts = [int(part) for part in fields["published"][:10].split("-")]
        assert date(*parts, *[1] * (3 - len(parts))), name


def test_every_story_opens_with_its_dateline():
    assert [name for name, body in BODIES.items() if not DATELINE.match(body)] == []


def test_every_story_is_short():
    assert [name for name, body in BODIES.items() if not 150 <= len(body.split()) <= 350] == []


def test_quotation_marks_and_apostrophes_are_curly():
    assert [name for name, body in BODIES.items() if '"' in body or "'" in body] == []


def test_quotation_marks_are_balanced_in_each_of_the_three_languages():
    languages = {name: fields.get("language", "en") for name, fields in FIELDS.items()}
    assert set(languages.values()) == set(MARKS)
    assert [faulty for name, body in BODIES.items() for faulty in unbalanced(body, *MARKS[languages[name]])] == []


def test_somebody_of_ours_speaks_in_every_story():
    assert [name for name, body in BODIES.items() if not any(person in body for person in PEOPLE)] == []


def test_everybody_described_speaks_or_writes():
    told = "\n".join([*BODIES.values(), *(fields["byline"] for fields in FIELDS.values())])
    assert [person for person in PEOPLE if person not in told] == []


def test_there_are_forty_stories_or_more_from_every_decade():
    assert len(STORIES) >= 40
    assert sorted({int(name[:3]) for name in STORIES}) == list(range(195, 203))


def test_one_story_is_withdrawn_and_says_why():
    withdrawn = [fields for fields in FIELDS.values() if fields.get("status") == "withdrawn"]
    assert len(withdrawn) == 1
    assert withdrawn == [fields for fields in FIELDS.values() if fields.get("withdrawal_reason")]


def test_one_published_story_is_under_embargo_for_years():
    embargoed = [fields for fields in FIELDS.values() if "embargo_until" in fields]
    assert [fields.get("status", "published") for fields in embargoed] == ["published"]
    assert datetime.fromisoformat(embargoed[0]["embargo_until"]) >= datetime(2030, 1, 1, tzinfo=UTC)


def test_some_stories_wait_for_an_editor():
    standing = Counter(fields.get("status", "published") for fields in FIELDS.values())
    assert standing["in_review"] == 1
    assert standing["draft"] == 2


def test_sources_show_the_three_kinds_of_visibility():
    shown = Counter(source["visibility"] for source in SOURCES.values())
    assert shown == {"full": len(SOURCES) - 2, "excerpt": 1, "reference": 1}


def test_what_is_not_shown_in_full_links_to_its_publisher_and_nothing_else_does():
    linked = {name for name, fields in FIELDS.items() if "publisher_url" in fields}
    assert linked == {name for name, fields in FIELDS.items() if SOURCES[fields["source"]]["visibility"] != "full"}
    addresses = [FIELDS[name]["publisher_url"] for name in linked]
    assert [url for url in addresses if not re.match(r"https://www\.example\.(org|com)/", url)] == []


def test_the_vocabulary_is_large_and_deep():
    levels = Counter(level(topic) for topic in TOPICS)
    assert levels.total() >= 250
    assert levels[1] == 11
    assert max(levels) >= 4


def test_no_name_leads_to_two_topics():
    names = Counter(name.casefold() for topic in TOPICS.values() for name in names_of(topic))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_topic_has_a_scope_note_and_no_keys_but_those_described():
    assert [name for name, topic in TOPICS.items() if not topic.get("scope_note")] == []
    assert [name for name, topic in TOPICS.items() if set(topic) - TOPIC_KEYS] == []


def test_broader_and_related_topics_exist():
    pointed_at = {name for topic in TOPICS.values() for key in ("broader", "related") for name in topic.get(key, [])}
    assert pointed_at - set(TOPICS) == set()


def test_stories_use_topics_of_the_third_level_and_below():
    used = {topic for fields in FIELDS.values() for topic in fields["topics"]}
    assert len([topic for topic in used if level(topic) >= 3]) >= 40
