"""Whole pages kept in the memory of a process, for as long as nothing is published: no database, no other server.

What is kept belongs to one version of the archive. A newer one empties it; what was made of an older one is not taken.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from sys import getsizeof
from threading import Lock

from django.conf import settings
from django.http import HttpResponse

from archive.site.version import Shown

# Characters. Addresses of the site's own making are shorter by far; what is longer is made anew each time.
LONGEST_ADDRESS = 500
# Bytes. What Python spends on an entry of an ordered dictionary and on the page's own object, rounded up.
OF_AN_ENTRY = 512


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it was sent."""

    status: int
    headers: dict[str, str]
    content: bytes

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        """The page that a response is."""
        return cls(response.status_code, dict(response.headers), response.content)

    def response(self) -> HttpResponse:
        """It once more."""
        return HttpResponse(self.content, status=self.status, headers=self.headers)

    def weight(self, address: str) -> int:
        """The bytes of memory that it takes to keep it at an address, all that is kept with it counted."""
        texts = (address, self.content, *self.headers.keys(), *self.headers.values())
        return OF_AN_ENTRY + getsizeof(self.headers) + sum(map(getsizeof, texts))


class KeptPages:
    """At most `room` bytes of memory for pages, those longest unread given up first. Threads may share it."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.filled = 0
        self.version = (datetime.fromtimestamp(0, UTC), "")
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.lock = Lock()

    def get(self, shown: Shown, address: str) -> KeptPage | None:
        """The page of this version at an address, if it is kept."""
        with self.lock:
            if self.version != (shown.moved_at, shown.mark) or address not in self.pages:
                return None
            self.pages.move_to_end(address)
            return self.pages[address]

    def keep(self, shown: Shown, address: str, page: KeptPage) -> None:
        """Keep a page of this version, unless a newer version has been seen."""
        with self.lock:
            version, weight = (shown.moved_at, shown.mark), page.weight(address)
            if version < self.version or weight > self.room or len(address) > LONGEST_ADDRESS:
                return
            if version != self.version:
                self.pages.clear()
                self.filled, self.version = 0, version
            if replaced := self.pages.pop(address, None):
                self.filled -= replaced.weight(address)
            self.pages[address] = page
            self.filled += weight
            while self.filled > self.room:
                longest_unread, given_up = self.pages.popitem(last=False)
                self.filled -= given_up.weight(longest_unread)


kept_pages = KeptPages(settings.KEPT_PAGES_MB * 1024 * 1024)
