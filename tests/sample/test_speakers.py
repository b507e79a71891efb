"""Loading the sample accepts every quote that is proposed, so each must come out with the person who says it."""

import re
from itertools import chain, repeat
from pathlib import Path

import yaml

from archive.extraction import find_quotations
from tests.sample.files import BODIES, FIELDS, MARKS

SPEAKERS = yaml.safe_load((Path(__file__).parent / "speakers.yaml").read_text(encoding="utf-8"))


def quoted_passages(text: str, language: str) -> list[str]:
    """The words between each pair of marks, in order; those of a paragraph left open, up to its end."""
    opening, closing = MARKS[language]
    return [match.strip() for match in re.findall(f"{opening}([^{closing}\n]+)", text)]


def said_in(name: str) -> list[tuple[str, str]]:
    """Who says which passage of a story, by `speakers.yaml`."""
    runs = chain.from_iterable(run.items() for run in SPEAKERS[name])
    speakers = chain.from_iterable(repeat(speaker, times) for speaker, times in runs)
    passages = quoted_passages(BODIES[name], FIELDS[name].get("language", "en"))
    return list(zip(speakers, passages, strict=True))


def found_in(name: str) -> list[tuple[str, str]]:
    """Who says which passage of a story, by the extraction."""
    _, _, text = BODIES[name].partition(" — ")
    spans = [(start, end, quotation.name) for quotation in find_quotations(text) for start, end in quotation.spans]
    return [(speaker, text[start:end]) for start, end, speaker in sorted(spans)]


def test_each_quoted_passage_is_found_and_given_to_who_says_it():
    assert SPEAKERS.keys() == BODIES.keys()
    assert {name: found_in(name) for name in BODIES} == {name: said_in(name) for name in BODIES}
