"""Shingles: a text as its runs of five words, and the few of them by which a near copy of it is found again.

Broder, “On the resemblance and containment of documents” (1997): of the hashes of all runs, the smallest are kept.
Which they are depends on the runs alone, so two texts that share most of their runs share most of these, whatever was
cut, added or mended in one of them. Pure functions, no Django.
"""

import re
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Runs = NDArray[np.uint64]

WORDS_OF_A_RUN = 5
MARKS = 8
LEAST_SHARE = 0.25
FEWEST_RUNS = 40  # a shorter text has too little of its own

_WORD = re.compile(r"\w+")
_BASE, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_FACTORS = np.cumprod(np.full(WORDS_OF_A_RUN, _BASE))  # modulo 2 to the 64th, as all that follows


def runs_of(text: str) -> Runs:
    """The hashes of all runs of words in a text, each once, ascending. Case and punctuation do not count."""
    words = np.fromiter(map(crc32, map(str.encode, _WORD.findall(text.casefold()))), np.uint64)
    if len(words) < WORDS_OF_A_RUN:
        return np.empty(0, np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(words, WORDS_OF_A_RUN)
    hashes = windows @ _FACTORS
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _SPREAD
    return np.unique(hashes ^ (hashes >> np.uint64(29)))


def marks_of(runs: Runs) -> list[int]:
    """The smallest hashes of a text's runs, as signed 64-bit numbers; none of a text that is too short."""
    return runs[:MARKS].view(np.int64).tolist() if len(runs) >= FEWEST_RUNS else []


def likeness(one: Runs, other: Runs) -> float:
    """The share of the shorter text's runs that the longer has too: 1 where one is a cut of the other.

    0 where the shorter has less than a quarter of the longer's runs: a newsletter with a story in it is no copy of it.
    """
    shorter, longer = sorted((one.size, other.size))
    if not shorter or shorter < LEAST_SHARE * longer:
        return 0.0
    return float(np.intersect1d(one, other, assume_unique=True).size / shorter)
