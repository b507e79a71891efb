"""Languages: what language a text is in, where its document does not say.

By py3langid, a naive Bayes classifier over byte sequences (Lui and Baldwin, “langid.py”, ACL 2012), asked for the
languages that the search stems and others that news is written in. Its sureness takes the length of the text into
account. Pure functions, no Django.
"""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

CHARACTERS_READ = 400
FEWEST_WORDS = 20
SURE = 0.9

LANGUAGES = [
    *("en", "fr", "de", "es", "it", "pt", "nl", "ru", "sv", "da", "no", "fi"),  # those that are stemmed
    *("ar", "bg", "ca", "cs", "el", "fa", "he", "hi", "hu", "id", "ja", "ko", "pl", "ro", "tr", "uk", "vi", "zh"),
]


def language_of(text: str) -> str:
    """The code of the language a text begins in (ISO 639-1); empty where it is too short, or not sure enough."""
    beginning = text[:CHARACTERS_READ]
    if len(beginning.split()) < FEWEST_WORDS and not _is_written_without_spaces(beginning):
        return ""
    language, sureness = _identifier().classify(beginning)
    return str(language) if sureness >= SURE else ""


def _is_written_without_spaces(text: str) -> bool:
    """Whether a text of few words is one of Chinese or Japanese, and long enough."""
    return sum("\u3040" <= character <= "\u9fff" for character in text) >= 2 * FEWEST_WORDS


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Loaded by the first text that asks."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
