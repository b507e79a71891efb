"""Fetching: one address of the web as an arrival, with limits, and never from inside the house.

A server that fetches what it is told can be told to fetch from its own network. So a name is resolved here, every
address it has must be a public one, and the connection goes to that very address: a name that resolves to another one
a moment later changes nothing. Redirects are followed by hand under the same rules.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from archive.ingest.arrivals import Arrival
from archive.ingest.document import UnreadableError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_REDIRECTS = 5
SECONDS = 30  # for everything: redirects, and the last byte
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MEDIA_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/json": ".json", "application/feed+json": ".json", "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/xml": ".xml", "text/xml": ".xml",
    "text/csv": ".csv", "application/pdf": ".pdf", "application/zip": ".zip",
}  # fmt: skip


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, multicast or reserved."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None and not is_public(inner):
        return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True)
class _Answer:
    url: str
    media_type: str
    data: bytes


def fetch(url: str, *, may_connect: Callable[[Address], bool] = is_public) -> Arrival:
    """The page, feed or file at an address. Raises UnreadableError naming what stood in the way.

    `may_connect` decides to which addresses; others than public ones are for tests with a server of their own.
    """
    deadline = time.monotonic() + SECONDS
    answer = _follow(url, deadline, may_connect)
    path = PurePosixPath(urlsplit(answer.url).path)
    suffix = _MEDIA_TYPES[answer.media_type]
    name = path.name if path.suffix.lower() == suffix else f"{path.name or 'page'}{suffix}"
    return Arrival(name=name, origin=url, size=len(answer.data), open=lambda: io.BytesIO(answer.data))


def _follow(url: str, deadline: float, may_connect: Callable[[Address], bool]) -> _Answer:
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(url, deadline, may_connect)
        if isinstance(answer, _Answer):
            return answer
        url = urljoin(url, answer)
    raise UnreadableError(f"redirects more than {MOST_REDIRECTS} times")


def _ask(url: str, deadline: float, may_connect: Callable[[Address], bool]) -> _Answer | str:
    """The answer of one address, or where it redirects to."""
    connection, target = _connection(url, deadline, may_connect)
    try:
        connection.request("GET", target, headers={"User-Agent": "archive-import", "Accept-Encoding": "identity"})
        response = connection.getresponse()
        if response.status in _REDIRECTS and (location := response.getheader("Location")):
            return location
        if response.status != http.client.OK:
            raise UnreadableError(f"answers {response.status} {response.reason}")
        media_type = response.headers.get_content_type()
        if media_type not in _MEDIA_TYPES:
            raise UnreadableError(f"is {media_type}, which cannot be read")
        return _Answer(url, media_type, _body(response, connection, deadline))
    except (OSError, http.client.HTTPException) as error:
        raise UnreadableError(f"cannot be fetched: {error}") from error
    finally:
        connection.close()


def _connection(
    url: str, deadline: float, may_connect: Callable[[Address], bool]
) -> tuple[http.client.HTTPConnection, str]:
    """A connection to a public address of the host, and what to ask it for."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise UnreadableError(f"is not an address: {error}") from error
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or not host:
        raise UnreadableError("is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise UnreadableError("has a name or password in its address")
    if may_connect is is_public and port != _PORTS[parts.scheme]:
        raise UnreadableError(f"names port {port}; only the usual ones are asked")
    address = _address(host, port, may_connect)
    connection = http.client.HTTPConnection(host, port)
    try:
        raw = socket.create_connection((str(address), port), timeout=_left(deadline))
        secure = ssl.create_default_context() if parts.scheme == "https" else None
        connection.sock = secure.wrap_socket(raw, server_hostname=host) if secure else raw
    except OSError as error:
        raise UnreadableError(f"cannot be reached: {error}") from error
    return connection, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _address(host: str, port: int, may_connect: Callable[[Address], bool]) -> Address:
    """One address of a host, all of whose addresses are allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableError(f"names a host that is not found: {host}") from error
    addresses = [ipaddress.ip_address(str(one[4][0]).split("%")[0]) for one in found]
    if not addresses or not all(map(may_connect, addresses)):
        raise UnreadableError(f"leads into a private network: {host}")
    return addresses[0]


def _body(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float) -> bytes:
    """All that is sent, up to the limit of a story and of the time."""
    limit: int = settings.IMPORT_MAX_BYTES
    data = bytearray()
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        piece = response.read1(64 * 1024)
        if not piece:
            return bytes(data)
        data += piece
        if len(data) > limit:
            raise UnreadableError(f"is longer than {filesizeformat(limit)}")
        _left(deadline)


def _left(deadline: float) -> float:
    """The seconds left. Raises UnreadableError where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreadableError(f"takes longer than {SECONDS} seconds")
    return left
