"""Revising: a story that comes in again from the same address with another text is a new version of it.

A draft takes the new text, its quotes re-anchored, its former text in the history. What an editor has worked on or
readers see is not changed behind anybody's back: there the new version is passed over, and said to be.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from archive.editing.anchoring import change_body
from archive.editing.automatic import file_sure_topics
from archive.ingest.drafting import fingerprint
from archive.models import Article, Original, Status
from archive.suggestion import propose

SAME_STORY = 0.2  # of the runs of three words that either version has, the share that both have


def address_of_story(article: Article) -> str:
    """The publisher's address of a story; empty where there is none, or only that of the whole site."""
    parts = urlsplit(article.publisher_url)
    return article.publisher_url if parts.path.strip("/") or parts.query else ""


def at_the_same_addresses(articles: Iterable[Article]) -> dict[str, Article]:
    """The stories here that have the address of one of these, by it."""
    urls = set(filter(None, map(address_of_story, articles)))
    here = Article.objects.filter(publisher_url__in=urls).defer("words").order_by("-id") if urls else []
    return {one.publisher_url: one for one in here}


def is_version_of(article: Article, other: Article) -> bool:
    """Whether two texts from one address are one story: sites reuse addresses for quite another one."""
    one, two = _runs(article.body), _runs(other.body)
    return bool(one & two) and len(one & two) >= SAME_STORY * len(one | two)


def why_not_revised(article: Article, version: Article) -> str:
    """Why a story does not take the text of this version by itself; empty where it does.

    A text that it had before is not taken again: a folder that holds two versions of a story can be imported anew.
    """
    if article.events.filter(body_sha256=version.body_sha256).exists():  # type: ignore[attr-defined]  # of its history
        return "is a former version of a story that is here"
    if article.status not in {Status.DRAFT, Status.IN_REVIEW}:
        return f"is a new version of a story that is {article.get_status_display().lower()}, which stays as it is"
    if fingerprint(article) != article.body_sha256:
        return "is a new version of a story that was edited here, which stays as it is"
    return ""


def revise(article: Article, version: Article, *, original: Original, by: User | None) -> None:
    """Give a story the text of its new version, and propose what is new in it."""
    change_body(article, version.body, by=by)
    article.body_sha256, article.original = version.body_sha256, original
    article.save(update_fields=["body_sha256", "original", "changed_at"])
    propose([article])
    file_sure_topics([article])


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return set(zip(words, words[1:], words[2:], strict=False))
