"""What the review desk shows of one story; as many queries for a hundred proposals as for one."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.template.defaultfilters import pluralize

from archive.admin.dates import as_known
from archive.admin.marking import marked_body
from archive.admin.near_copies import near_copies
from archive.admin.review_forms import as_seen
from archive.models import Article, Note, Person, PersonName, Quote, Suggestion, Tagging, Topic
from archive.models.article import Doubt

TOLD_NAMES = 5
STANDING = {"nobody": "nobody", "new": "new person", "known": "known", "several": "several"}
SURE = 0.9  # of the proposals surer than this, at least 97 in 100 are right (docs/extraction.md)


@dataclass(frozen=True)
class Proposed:
    """A proposed quote, its speaker as proposed or as just typed, and how the archive knows that name.

    The standing of the name is `known`, `new`, `several` or `nobody`.
    """

    suggestion: Suggestion
    name: str
    role: str
    standing: str
    is_answering: bool

    @property
    def spans(self) -> str:
        """Its place, for scripts."""
        return json.dumps(self.suggestion.proposal.get("spans", []))

    @property
    def standing_in_words(self) -> str:
        """The same for people."""
        return STANDING[self.standing]

    @property
    def can_be_accepted(self) -> bool:
        """Whether it can be as it stands: its words are in the body, and its name is not that of several people."""
        return bool(self.suggestion.proposal.get("spans")) and self.standing != "several"


@dataclass(frozen=True)
class Confirmed:
    """A quote of the story, as it is or as just typed, what it is filed under, and the topics proposed for it."""

    quote: Quote
    topics: list[Topic]
    proposed_topics: list[Suggestion]
    typed: Mapping[str, Any] | None

    @property
    def spans(self) -> str:
        """Its place, for scripts."""
        return json.dumps(self.quote.spans)

    @property
    def seen(self) -> str:
        """How it was when the page showed it."""
        return as_seen(self.quote)

    @property
    def name(self) -> str:
        """Of the speaker."""
        return str(self.typed.get("name", "") if self.typed else self.quote.speaker or "")

    @property
    def role(self) -> str:
        """Of the speaker."""
        return str(self.typed.get("role", "") if self.typed else self.quote.role)

    @property
    def words(self) -> str:
        """The words at its place, or those just typed."""
        return str(self.typed.get("words", "") if self.typed else self.quote.words)


@dataclass(frozen=True)
class Rest:
    """Proposals that can be accepted together: what that makes, and how many of those on the page it leaves."""

    least: float
    quotes: list[Proposed]
    topics: list[Suggestion]
    left: int

    @property
    def ids(self) -> str:
        """Of the proposals, for the form."""
        return ",".join(str(one.pk) for one in (*(one.suggestion for one in self.quotes), *self.topics))

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.quotes) + len(self.topics)

    @property
    def new_people(self) -> list[str]:
        """The names of those who would be new to the archive."""
        return list(dict.fromkeys(one.name for one in self.quotes if one.standing == "new"))

    @property
    def preview(self) -> str:
        """What accepting them makes, in words."""
        counts = [(len(self.quotes), "quote"), (len(self.topics), "topic")]
        said = [", ".join(f"{number} {kind}{pluralize(number)}" for number, kind in counts if number)]
        if new := self.new_people:
            more = f" and {len(new) - TOLD_NAMES} more" if len(new) > TOLD_NAMES else ""
            said.append(f"new to the archive: {', '.join(new[:TOLD_NAMES])}{more}")
        if self.left:
            said.append(f"{self.left} stay{pluralize(self.left, 's,')} to be confirmed")
        return "; ".join(said)


def story_context(
    article: Article,
    *,
    notes: Iterable[Note] = (),
    refused: Suggestion | Quote | None = None,
    typed: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The body marked, the quotes, what is proposed, the topics filed, and what was done last.

    `notes` are those whose words are marked too. `refused` is what was not accepted or changed as was asked; what was
    `typed` into it stays.
    """
    quotes = list(article.quotes.select_related("speaker").order_by("position", "id"))
    pending = list(article.suggestions.pending().select_related("topic"))
    spoken = sorted((one for one in pending if one.topic is None), key=_place)
    of_story = [one for one in pending if one.topic is not None and one.quote_id is None]
    known = people_called([*(one.proposal.get("name", "") for one in spoken), (typed or {}).get("name", "")])
    proposed = [_proposed(one, known, typed if one == refused else None) for one in spoken]
    filed = list(
        Tagging.objects.filter(Q(article=article) | Q(quote__in=[quote.pk for quote in quotes]))
        .select_related("topic")
        .order_by("topic__name")
    )
    confirmed = [
        Confirmed(
            quote,
            [tagging.topic for tagging in filed if tagging.quote_id == quote.pk and not tagging.implied],
            _topics_to_confirm(quote, pending, of_story, filed),
            typed if quote == refused else None,
        )
        for quote in quotes
    ]
    topics = [*of_story, *(topic for one in confirmed for topic in one.proposed_topics)]
    return {
        "article": article,
        "date": as_known(article.published_at, article.precision),
        "doubts": to_check(article),
        "near_copies": near_copies(article),
        "blocks": marked_body(article, quotes, [*spoken, *of_story], notes),
        "lost": [one for one in confirmed if one.quote.lost_at],
        "confirmed": [one for one in confirmed if not one.quote.lost_at],
        "proposed_quotes": proposed,
        "proposed_topics": of_story,
        "rests": _rests(proposed, topics),
        "filed": [tagging.topic for tagging in filed if tagging.article_id and not tagging.implied],
        "implied": [tagging.topic for tagging in filed if tagging.article_id and tagging.implied],
        "names": sorted(_names(spoken) | {quote.speaker.name for quote in quotes if quote.speaker}),
        "last": article.deeds.standing().select_related("done_by").first(),
    }


def _topics_to_confirm(
    quote: Quote, pending: list[Suggestion], of_story: list[Suggestion], filed: list[Tagging]
) -> list[Suggestion]:
    """The topics proposed for a quote, but those that it has, and those asked for the story, which answers for both."""
    settled = {tagging.topic_id for tagging in filed if tagging.quote_id == quote.pk and not tagging.implied}
    settled |= {one.topic_id for one in of_story if one.topic_id}
    return [one for one in pending if one.topic and one.quote_id == quote.pk and one.topic_id not in settled]


def _rests(proposed: list[Proposed], topics: list[Suggestion]) -> list[Rest]:
    """All that remain, and, where these are fewer, the sure ones; none where nothing could be accepted."""
    waiting = len(proposed) + len(topics)
    rests = []
    for least in (0.0, SURE):
        quotes = [one for one in proposed if one.can_be_accepted and one.suggestion.confidence >= least]
        sure = [one for one in topics if one.confidence >= least]
        rests.append(Rest(least, quotes, sure, waiting - len(quotes) - len(sure)))
    everything, _ = rests
    return [rest for rest in rests if rest.count and (rest is everything or rest.count < everything.count)]


def to_check(article: Article) -> list[str]:
    """What the import left open in an article and an editor settles before readers see it, in words."""
    doubts = [Doubt(doubt).label for doubt in article.doubts]
    return [*doubts, "The text breaks off before its end"] if article.broken_off else doubts


def _proposed(suggestion: Suggestion, known: Counter[str], typed: Mapping[str, Any] | None) -> Proposed:
    said = {"name": "", "role": ""} | suggestion.proposal | ({key: typed[key] for key in typed} if typed else {})
    return Proposed(suggestion, said["name"], said["role"], standing_of(said["name"], known), typed is not None)


def people_called(names: Iterable[str]) -> Counter[str]:
    """How many people have each of these names, in lower case, among theirs."""
    wanted = {name.casefold() for name in names if name and "\0" not in name}  # which no name has
    called = Person.objects.annotate(called=Lower("name")).filter(called__in=wanted).values_list("called", "pk")
    also = PersonName.objects.annotate(called=Lower("name")).filter(called__in=wanted).values_list("called", "person")
    return Counter(name for name, _ in {*called, *also})


def _place(suggestion: Suggestion) -> tuple[int, int]:
    spans = suggestion.proposal.get("spans")
    return (spans[0][0] if spans else 0, suggestion.pk)


def standing_of(name: str, known: Counter[str]) -> str:
    """How the archive knows a name, of `known` as `people_called` counts them: see `Proposed`."""
    if not name:
        return "nobody"
    return ("new", "known")[known[name.casefold()]] if known[name.casefold()] < 2 else "several"


def _names(proposed: Iterable[Suggestion]) -> set[str]:
    """All names that a speaker of this story might have."""
    named = {one.proposal.get("name", "") for one in proposed}
    candidates = {name for one in proposed for name in one.proposal.get("candidates", [])}
    return {name for name in named | candidates if isinstance(name, str) and name}
