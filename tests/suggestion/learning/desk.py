"""Stories of a made-up desk: what each is about can be learned from its words."""

from random import Random

from archive.suggestion.learning.stories import Story

SUBJECTS = {
    "venus": "clouds sulphur probe balloon atmosphere pressure surface landing",
    "budget": "committee appropriation senate billion request markup vote fiscal",
    "launchers": "rocket engine booster payload pad countdown stage thrust",
    "crew": "astronaut capsule station docking spacewalk training suit return",
}
COMMON = "the agency said on monday that a plan for next year was under review by officials"


def desk_stories(count: int, *, seed: int = 1) -> list[Story]:
    """So many stories, one in four about two subjects; no text names its topic."""
    random = Random(seed)  # noqa: S311 (a corpus, not a secret)
    stories = []
    for number in range(count):
        topics = random.sample(sorted(SUBJECTS), 2 if number % 4 == 0 else 1)
        words = [word for topic in topics for word in random.choices(SUBJECTS[topic].split(), k=20)]
        words += random.choices(COMMON.split(), k=20)
        random.shuffle(words)
        stories.append(Story(str(number), " ".join(words[:5]), " ".join(words[5:]), frozenset(topics)))
    return stories
