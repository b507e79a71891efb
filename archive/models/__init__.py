"""The words of the archive, one file each. `docs/architecture.md` says how they hang together."""

from archive.models.address import FormerSlug
from archive.models.article import Article, Authorship, Precision, Status
from archive.models.batch import Batch, BatchRow, Failure
from archive.models.deed import Deed
from archive.models.digest import Digest, DueDigest
from archive.models.edition import Edition
from archive.models.job import Job, JobItem
from archive.models.lease import Lease
from archive.models.note import Note, NoteAnswer
from archive.models.original import Original
from archive.models.person import Person, PersonName
from archive.models.preview_link import PreviewLink
from archive.models.quote import Quote
from archive.models.resemblance import Resemblance, TextMark
from archive.models.saved_view import SavedView
from archive.models.scheme import Scheme
from archive.models.source import Source, Visibility
from archive.models.suggestion import Answer, Suggestion, SuggestionKind
from archive.models.tagging import Tagging
from archive.models.tally import Tally
from archive.models.topic import Topic, TopicBroader, TopicName, TopicRelation
from archive.models.version import Version, VersionMove
from archive.models.vocabulary_change import MovedItem, VocabularyChange
from archive.models.word import Word

__all__ = [
    "Answer",
    "Article",
    "Authorship",
    "Batch",
    "BatchRow",
    "Deed",
    "Digest",
    "DueDigest",
    "Edition",
    "Failure",
    "FormerSlug",
    "Job",
    "JobItem",
    "Lease",
    "MovedItem",
    "Note",
    "NoteAnswer",
    "Original",
    "Person",
    "PersonName",
    "Precision",
    "PreviewLink",
    "Quote",
    "Resemblance",
    "SavedView",
    "Scheme",
    "Source",
    "Status",
    "Suggestion",
    "SuggestionKind",
    "Tagging",
    "Tally",
    "TextMark",
    "Topic",
    "TopicBroader",
    "TopicName",
    "TopicRelation",
    "Version",
    "VersionMove",
    "Visibility",
    "VocabularyChange",
    "Word",
]
