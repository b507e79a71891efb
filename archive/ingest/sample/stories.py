"""The sample's stories: imported, proposals accepted, filed, and brought to the status their front matter names."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.editing.filing import file_under
from archive.editing.publication import PublicationError, publish_article, submit_for_review, withdraw_article
from archive.editing.review import ReviewError, accept_suggestion
from archive.ingest.arrivals import arrivals
from archive.ingest.dates import read_date
from archive.ingest.drafting import Told
from archive.ingest.pipeline import Import
from archive.ingest.readers.markdown import split_front_matter
from archive.ingest.report import Outcome
from archive.ingest.sample.records import SampleError
from archive.models import Article, Status, Topic


def load_stories(folder: Path) -> int:
    """Bring in every story. Returns how many. Raises SampleError naming the file that could not come in."""
    topics = {topic.name: topic for topic in Topic.objects.select_related("replaced_by")}
    results = list(Import(Told()).run(arrivals([folder / "stories"])))
    for result in results:
        if result.outcome != Outcome.IMPORTED or result.article is None:
            raise SampleError(f"{result.place}: {result.reason}.")
        path = Path(result.origin)
        fields, _ = split_front_matter(path.read_text(encoding="utf-8"))
        try:
            _edit(Article.objects.get(pk=result.article), fields, topics)
        except (ReviewError, PublicationError, LookupError) as error:
            raise SampleError(f"{path}: {error}") from error
    return len(results)


def _edit(article: Article, fields: dict[str, Any], topics: dict[str, Topic]) -> None:
    """What an editor would do with the draft. One that stays a draft keeps its proposals for the visitor to answer."""
    status = Status(fields.get("status", Status.PUBLISHED))
    if status == Status.DRAFT:
        return
    for suggestion in article.suggestions.pending().quotes().order_by("id"):
        accept_suggestion(suggestion, by=None)
    _file(article, fields.get("topics", []), topics)
    for name in fields.get("quote_topics", fields.get("topics", [])):
        file_under(topics[name], quotes=article.quotes.all(), by=None)
    if status == Status.IN_REVIEW:
        submit_for_review(article, by=None)
        return
    if embargo := fields.get("embargo_until"):
        Article.objects.filter(pk=article.pk).update(embargo_until=read_date(embargo).at)
    publish_article(article, by=None)
    if status == Status.WITHDRAWN:
        withdraw_article(article, by=None, reason=fields["withdrawal_reason"])


def _file(article: Article, names: Iterable[str], topics: dict[str, Topic]) -> None:
    """File under the listed topics, accepting the proposal where there is one."""
    proposed = {suggestion.topic_id: suggestion for suggestion in article.suggestions.pending().topics()}
    for name in names:
        topic = topics[name]
        if topic.pk in proposed:
            accept_suggestion(proposed[topic.pk], by=None)
        else:
            file_under(topic, articles=[article], by=None)
