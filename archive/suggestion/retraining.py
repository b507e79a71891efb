"""Learning topics anew, in the background: asked for in the admin, besides the nightly `manage.py train_topics`."""

from archive.jobs import JobError, background
from archive.models import Job


@background(needs="change_topic")
def learn_topics(job: Job) -> str:
    """Learn from how the archive's stories are filed, for the suggestions to come."""
    from archive.suggestion.learning.archived import learn_from_archive
    from archive.suggestion.learning.training import TrainingError
    from archive.suggestion.learning.versions import ModelError

    try:
        return learn_from_archive(learned=lambda: job.advance(0))  # stopped meanwhile, nothing is kept
    except (TrainingError, ModelError) as error:
        raise JobError(str(error)) from error
