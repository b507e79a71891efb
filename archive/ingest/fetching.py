"""Fetching: one address of the web as an arrival, with limits, and never from inside the house.

A server that fetches what it is told can be told to fetch from its own network. So a name is resolved here, every
address it has must be a public one, and the connection goes to that very address: a name that resolves to another one
a moment later changes nothing. Redirects are followed by hand under the same rules.
"""

import contextlib
import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from archive.ingest.arrivals import Arrival
from archive.ingest.document import UnreadableError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_REDIRECTS = 5
SECONDS = 30  # for everything: redirects, and the last byte
_TOO_SLOW = "takes longer than {} seconds"
_CUT_SHORT = "is cut short: less was sent than its server promised"
_PORTS = {"http": 80, "https": 443}
_UNICAST = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is given out to the open internet
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052; 64:ff9b:1::/48 (RFC 8215) is for networks of one's own
_KEPT = "!$%&'()*+,/:;=?@[]~"  # what stands in an address as it is, an escape included (RFC 3986, section 2.2)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MEDIA_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/json": ".json", "application/feed+json": ".json", "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/xml": ".xml", "text/xml": ".xml",
    "text/csv": ".csv", "application/pdf": ".pdf", "application/zip": ".zip",
}  # fmt: skip


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, multicast or reserved.

    An address that carries another within (IPv4 by way of IPv6) is as public as that.
    """
    if isinstance(address, ipaddress.IPv6Address):
        carried = _carried(address)
        if carried is not None:
            return is_public(carried)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 leads to: mapped (RFC 4291), NAT64 (RFC 6052) or 6to4 (RFC 3056).

    Teredo (RFC 4380) and what RFC 4291 calls compatible are not of the open internet, whatever they carry.
    """
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


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
        url = _joined(url, answer)
    raise UnreadableError(f"redirects more than {MOST_REDIRECTS} times")


def _joined(url: str, location: str) -> str:
    """Where a redirect leads; what of it is not ASCII came as bytes, of UTF-8 where they are that."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise UnreadableError(f"redirects to what is not an address: {error}") from error


def _ask(url: str, deadline: float, may_connect: Callable[[Address], bool]) -> _Answer | str:
    """The answer of one address, or where it redirects to."""
    connection, target = _connection(url, deadline, may_connect)
    connection.response_class = partial(_Response, deadline=deadline)  # type: ignore[assignment]
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
        return _Answer(url, media_type, _body(response))
    except http.client.IncompleteRead as error:
        raise UnreadableError(_CUT_SHORT) from error
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
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return connection, quote(target, safe=_KEPT)  # from RFC 3987 to RFC 3986


def _address(host: str, port: int, may_connect: Callable[[Address], bool]) -> Address:
    """One address of a host, all of whose addresses are allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # a name with a zero byte, or that cannot be put into IDNA
        raise UnreadableError(f"names a host that is not found: {host}") from error
    addresses = [ipaddress.ip_address(str(one[4][0]).split("%")[0]) for one in found]
    if not addresses or not all(map(may_connect, addresses)):
        raise UnreadableError(f"leads into a private network: {host}")
    return addresses[0]


def _body(response: http.client.HTTPResponse) -> bytes:
    """All that is sent, up to the limit of a story and of the time."""
    limit: int = settings.IMPORT_MAX_BYTES
    promised = response.length
    data = bytearray()
    while promised is None or len(data) < promised:
        piece = response.read1(64 * 1024)
        if not piece:
            break
        data += piece
        if len(data) > limit:
            raise UnreadableError(f"is longer than {filesizeformat(limit)}")
    if promised is not None and len(data) < promised:
        raise UnreadableError(_CUT_SHORT)
    return bytes(data)


class _Response(http.client.HTTPResponse):
    """An answer every piece of which, its headers included, is waited for until the deadline and no longer."""

    def __init__(self, sock: socket.socket, *args: Any, deadline: float, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_Pieces(sock, deadline))


class _Pieces(io.RawIOBase):
    """What a socket sends; each piece is given the time that is left of all."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_left(self._deadline))
        try:
            return self._raw.readinto(buffer)
        except TimeoutError as error:
            raise UnreadableError(_TOO_SLOW.format(SECONDS)) from error

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(deadline: float) -> float:
    """The seconds left. Raises UnreadableError where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreadableError(_TOO_SLOW.format(SECONDS))
    return left
