"""Text from bytes that may not say how they were written."""

import pytest

from archive.ingest.decoding import Decoded, decode
from archive.ingest.document import UnreadableError

ENGLISH = "“It’s done,” she said at the café — the naïve and the sceptics were silent."
RUSSIAN = "Российский посол заявил, что сотрудничество в космосе продолжается, несмотря на санкции."
POLISH = "Państwa członkowskie przyjęły żądania dotyczące łączności kosmicznej i żeglugi, podał rzecznik rządu."
JAPANESE = "宇宙政策委員会は火曜日に新しい基本計画を承認した。日本は月面探査に参加する。"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ENGLISH.encode(), Decoded(ENGLISH, "utf-8")),
        (ENGLISH.encode("utf-8-sig"), Decoded(ENGLISH, "utf-8")),
        (ENGLISH.encode("utf-16"), Decoded(ENGLISH, "utf-16")),
        (ENGLISH.encode("utf-32"), Decoded(ENGLISH, "utf-32")),
        (ENGLISH.encode("utf-16-le"), Decoded(ENGLISH, "utf-16-le", guessed=True)),
        (ENGLISH.encode("utf-16-be"), Decoded(ENGLISH, "utf-16-be", guessed=True)),
        (ENGLISH.encode("cp1252"), Decoded(ENGLISH, "cp1252", guessed=True)),
        (RUSSIAN.encode("cp1251"), Decoded(RUSSIAN, "cp1251", guessed=True)),
        (RUSSIAN.encode("koi8-r"), Decoded(RUSSIAN, "koi8_r", guessed=True)),
        (POLISH.encode("cp1250"), Decoded(POLISH, "cp1250", guessed=True)),
        (JAPANESE.encode("shift_jis"), Decoded(JAPANESE, "cp932", guessed=True)),
        (ENGLISH.encode() + b" A caf\xe9, \x93so\x94.", Decoded(f"{ENGLISH} A café, “so”.", "utf-8", guessed=True)),
    ],
)
def test_the_encoding_is_settled(data, expected):
    assert decode(data) == expected


def test_a_declared_encoding_is_believed_where_it_holds():
    assert decode(ENGLISH.encode("cp1252"), "windows-1252") == Decoded(ENGLISH, "cp1252")
    assert decode(RUSSIAN.encode(), "ascii") == Decoded(RUSSIAN, "utf-8")
    assert decode(RUSSIAN.encode(), "no-such-encoding") == Decoded(RUSSIAN, "utf-8")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 8, "is binary data, not text"),
        (b"%PDF-1.7 ...", "is a PDF document, not text"),
        (b"PK\x03\x04 ...", "is a zip archive, not text"),
        (b"\xff\xfeA\x00B", "begins as utf-16 but breaks at byte 4"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data, reason):
    with pytest.raises(UnreadableError, match=f"^{reason}$"):
        decode(data)
