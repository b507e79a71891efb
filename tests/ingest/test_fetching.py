"""Addresses of the web: fetched with limits, and never from inside the house."""

import contextlib
import ipaddress
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from archive.ingest import fetching
from archive.ingest.document import UnreadableError
from archive.ingest.fetching import fetch, is_public

PAGES = {
    "/story.html": (200, "text/html; charset=utf-8", b"<p>A story.</p>"),
    "/rows": (200, "application/json", b"[]"),
    "/picture": (200, "image/png", b"\x89PNG"),
    "/gone": (404, "text/html", b""),
    "/moved": (302, "/story.html", b""),
    "/round": (302, "/round", b""),
    "/home": (302, "http://127.0.0.1:1/", b""),
    "/file": (302, "file:///etc/passwd", b""),
    "/stra%C3%9Fe": (200, "text/plain", b"A street."),
    "/to-street": (302, "/straße", b""),
    "/to-street-in-bytes": (302, "/straße".encode().decode("latin-1"), b""),
    "/to-nothing": (302, "http://[", b""),
    "/slow": (200, "text/plain", b"x" * 10),
    "/short": (200, "text/plain", b"cut"),
    "/long": (200, "text/plain", b"x" * 5000),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        status, about, data = PAGES[self.path]
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", about)
        if self.path == "/short":
            self.send_header("Content-Length", "1000")
        if self.path == "/slow":
            self.drip()
        self.end_headers()
        self.wfile.write(data)

    def drip(self):
        self.flush_headers()
        with contextlib.suppress(OSError):  # whoever asked has gone
            while not self.server.asked_enough.wait(0.02):
                self.wfile.write(b"X")

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked_enough = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.asked_enough.set()
    server.shutdown()
    server.server_close()


def anywhere(address):
    return True


def refusal(url, **how):
    with pytest.raises(UnreadableError) as refused:
        fetch(url, **how)
    return str(refused.value)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/story.html", "story.html"),
        ("/rows", "rows.json"),
        ("/moved", "story.html"),
        ("/straße", "straße.txt"),
        ("/to-street", "straße.txt"),
        ("/to-street-in-bytes", "straße.txt"),
    ],
)
def test_a_page_arrives_under_a_name_that_tells_its_format(site, path, name):
    arrival = fetch(site + path, may_connect=anywhere)
    assert (arrival.name, arrival.origin, arrival.size) == (name, site + path, len(arrival.bytes()))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "answers 404 Not Found"),
        ("/picture", "is image/png, which cannot be read"),
        ("/round", "redirects more than 5 times"),
        ("/file", "is not an http or https address"),
        ("/to-nothing", "redirects to what is not an address: Invalid IPv6 URL"),
        ("/short", "is cut short: less was sent than its server promised"),
        ("/long", "is longer than 1000\xa0bytes"),
    ],
)
def test_what_stood_in_the_way_is_named(site, path, reason, settings):
    settings.IMPORT_MAX_BYTES = 1000
    assert refusal(site + path, may_connect=anywhere) == reason


def test_no_more_time_is_taken_than_allowed(site, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0)
    assert refusal(site + "/story.html", may_connect=anywhere) == "takes longer than 0 seconds"


def test_headers_that_drip_are_not_waited_for_longer_than_all_may_take(site, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    assert refusal(site + "/slow", may_connect=anywhere) == "takes longer than 0.3 seconds"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "0", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fe80::1]",
        "[::ffff:127.0.0.1]", "[fd00::1]", "2130706433", "127.1",
    ],
)  # fmt: skip
def test_an_address_inside_the_house_is_refused(host):
    assert refusal(f"http://{host}/").startswith("leads into a private network: ")


def test_a_redirect_into_the_house_is_refused(site):
    inside = ipaddress.ip_address("127.0.0.1")
    asked = []

    def once(address):
        asked.append(address)
        return len(asked) == 1  # the first time as if it were public

    assert refusal(site + "/home", may_connect=once) == "leads into a private network: 127.0.0.1"
    assert asked == [inside, inside]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "is not an http or https address"),
        ("http://", "is not an http or https address"),
        ("http://user:secret@example.org/", "has a name or password in its address"),
        ("http://example.org:22/", "names port 22; only the usual ones are asked"),
        ("http://example.org:x/", "is not an address: Port could not be cast to integer value as 'x'"),
        ("http://no-such-host.invalid/", "names a host that is not found: no-such-host.invalid"),
    ],
)
def test_an_address_that_is_none_is_refused(url, reason):
    assert refusal(url) == reason


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("2002:7f00:1::", False),
        ("2002:5db8:d70e::", True),
        ("::ffff:93.184.215.14", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::93.184.215.14", True),
        ("64:ff9b::127.0.0.1", False),
        ("64:ff9b::169.254.169.254", False),
        ("64:ff9b:1::127.0.0.1", False),
        ("::7f00:1", False),
        ("::5db8:d70e", False),
        ("fec0::1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address, public):
    assert is_public(ipaddress.ip_address(address)) is public
