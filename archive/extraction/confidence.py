"""How sure to be of a proposal: by how sure the models of speech and speaker are, and how such cases turned out."""

from archive.extraction.features import Setting
from archive.extraction.mentions import Mention
from archive.extraction.ranking import Weights, chance, log_odds, total

MOST_SPEECH = 6.0
"""Log odds of being speech beyond which a proposal grows no surer."""


def circumstances(setting: Setting, mention: Mention, zone: str) -> list[str]:
    """What kind of case this is: some turn out wrong more often than the two models believe."""
    return [
        f"zone:{zone}",
        f"kind:{mention.sort}",
        f"verb:{mention.verb}",
        f"link:{setting.link}",
        f"tail:{setting.tail}",
        f"follow:{setting.follow}",
        f"begins:{setting.begins}",
        f"place:{min(setting.place, 3)}",
        f"closed:{setting.marked.closed}",
    ]


def bounded(speech: float) -> float:
    """Log odds of being speech, as the model `confidence` takes them."""
    return max(-MOST_SPEECH, min(MOST_SPEECH, speech))


def confidence(speaker_share: float, speech: float, seen: list[str], weights: Weights) -> float:
    """From 0 to 1: how likely the words are speech (`speech` in log odds) and the mention is the speaker.

    `speaker_share` is the chance of that mention among its rivals.
    """
    of_models = weights["bias"] + weights["speaker"] * log_odds(speaker_share) + weights["speech"] * bounded(speech)
    return chance(of_models + total(weights, seen))
