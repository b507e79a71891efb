"""Do what is to be done in the background, until told to end; `script/server` runs one of these beside the site."""

import time
from argparse import ArgumentParser
from contextlib import suppress
from threading import Thread
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker

from archive.editing.digesting import make_due_digests
from archive.editing.publication import lift_embargoes
from archive.ingest.uploads import forget_old_uploads
from archive.jobs import take_up_lost
from archive.purging import Purger

SECONDS_BETWEEN = 1  # two looks at an empty queue
SECONDS_TO_LIFT = 60
SECONDS_TO_PRUNE = 3600


class Worker(LibraryWorker):
    """The library's worker, which does all that waits and returns; told to end, it leaves its job for the next one."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End at once: a job goes on where it stood, so there is nothing to wait for."""
        del signum, frame
        self.running = False
        raise KeyboardInterrupt  # which the database's driver knows to break off a query for


class Command(BaseCommand):
    help = (
        "Do what is to be done in the background: jobs that wait, one after another, and jobs whose process died. "
        "Runs until it is told to end, and leaves what it is at for the next one to go on with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing waits")

    def handle(self, **options: Any) -> None:
        worker = Worker(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=SECONDS_BETWEEN,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        if settings.PURGE_URLS and not options["once"]:
            # Beside the jobs, for one may take hours.
            Thread(target=Purger(settings.PURGE_URLS).watch, daemon=True).start()
        with suppress(KeyboardInterrupt):  # told to end between two jobs
            self._work(worker, once=options["once"])

    def _work(self, worker: Worker, *, once: bool) -> None:
        time_to_lift, time_to_prune = _Every(SECONDS_TO_LIFT), _Every(SECONDS_TO_PRUNE)
        while worker.running:
            if time_to_prune():
                call_command("prune_db_task_results", verbosity=0)
                forget_old_uploads()
            if time_to_lift():
                lift_embargoes()
            worker.run()
            if worker.running and not take_up_lost() and not make_due_digests():
                if once:
                    return
                time.sleep(SECONDS_BETWEEN)


class _Every:
    """Whether it is time again: at first, and then whenever so many seconds have passed since it was."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.next_at = seconds, 0.0

    def __call__(self) -> bool:
        now = time.monotonic()
        if now < self.next_at:
            return False
        self.next_at = now + self.seconds
        return True
