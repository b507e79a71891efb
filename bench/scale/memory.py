"""How much memory a worker holds as it answers one request after another (Linux)."""

import http.client
from collections.abc import Callable, Iterator
from itertools import cycle

from bench.scale.cpu import PROCESSES
from bench.scale.generate import Plan
from bench.scale.measure import pages

EXAMPLES = 2_000  # addresses that are asked for in turn: more than a process keeps


def measure_memory(
    plan: Plan, port: int, requests: int, processes: Callable[[], set[int]]
) -> Iterator[tuple[int, float]]:
    """After the first thousand requests and each tenth of all, what the processes hold of memory, in MiB."""
    kinds = [address for name, address in pages(plan).items() if "search" not in name]
    addresses = cycle([kinds[number % len(kinds)]() for number in range(EXAMPLES)])
    door = http.client.HTTPConnection("localhost", port)
    for number in range(1, requests + 1):
        door.request("GET", next(addresses).address)
        door.getresponse().read()
        if number == 1_000 or number % max(1_000, requests // 10) == 0:
            yield number, sum(_held(process) for process in processes())


def _held(process: int) -> float:
    for line in (PROCESSES / str(process) / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
