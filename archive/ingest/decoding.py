"""Decoding: text from bytes that may not say how they were written."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from archive.ingest.document import UnreadableError

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a rich text document"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Signs within words, and capitals after small letters: a text in another encoding read as Windows-1252.
_NOT_WESTERN = re.compile(r"[^\W\d_][¡-¿×÷ªº][^\W\d_]|[a-z][À-ÞŠŽŒŸ]|\b[¡³¹¼¾¥£][a-z]|[a-z][³¹¥¼¾](?!\w)")
SAMPLED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of its encoding, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of these bytes: by their byte order mark, as declared, as UTF-8, or as the best guess.

    Raises UnreadableError where they are no text at all.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_by_mark(data, encoding), encoding.removesuffix("-sig"))
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise UnreadableError(f"is {kind}, not text")
    for encoding in filter(None, (declared, "utf-8")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            _refuse_controls(data)
            return Decoded(text, codecs.lookup(encoding).name)
    return _guess(data)


def _by_mark(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"begins as {encoding} but breaks at byte {error.start}") from error


def _refuse_controls(data: bytes) -> None:
    """Refuse what decodes as text and is none: more than one control character in a hundred."""
    sample = data[:SAMPLED_BYTES]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) // 100):
        raise UnreadableError("is binary data, not text")


def _guess(data: bytes) -> Decoded:
    if wide := _utf16_without_mark(data):
        return wide
    _refuse_controls(data)
    if mended := _utf8_with_strays(data):
        return mended
    if western := _western(data):
        return western
    matches = from_bytes(data, cp_exclusion=["cp1252", "latin_1", "iso8859_15"])
    best = next((match for match in matches if not _NOT_WESTERN.search(str(match))), matches.best())
    if best is None:
        raise UnreadableError("is not text in any encoding that could be told")
    return Decoded(str(best), best.encoding, guessed=True)


def _western(data: bytes) -> Decoded | None:
    """Windows-1252: an accent or a curly quote here and there; in other scripts such bytes are the letters.

    Asked before charset-normalizer, which mistakes a short Western text for a Central European one.
    """
    sample = data[:SAMPLED_BYTES]
    if len(_HIGH.findall(sample)) > len(sample) * 0.2:
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if _NOT_WESTERN.search(text) else Decoded(text, "cp1252", guessed=True)


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 that lost its mark shows in its zeros: every other byte of most Western text."""
    sample = data[:SAMPLED_BYTES]
    for zeros, encoding in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        if len(sample) >= 4 and zeros.count(0) > len(zeros) * 0.6:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return None if "\x00" in text else Decoded(text, encoding, guessed=True)
    return None


def _utf8_with_strays(data: bytes) -> Decoded | None:
    """UTF-8 with a few bytes of Windows-1252 pasted in or damaged; those are read as what they most likely were."""
    strays = 0

    def as_western(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        if not isinstance(error, UnicodeDecodeError):
            raise error
        strays += 1
        stray = error.object[error.start : error.end]
        return stray.decode("cp1252", "replace"), error.end

    codecs.register_error("archive-as-western", as_western)
    text = data.decode("utf-8", "archive-as-western")
    # Every sequence of UTF-8 that held is strong evidence; a text in another encoding has next to none.
    held = sum(character > "\x7f" for character in text) - strays
    return Decoded(text, "utf-8", guessed=True) if held > strays else None
