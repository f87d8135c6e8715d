"""The wrapper above Django: what is kept for everyone, what a client gets, what is always Django's."""

import gzip
import threading

import brotli
import pytest

from publication import front as fronts
from publication import shown, views
from publication.front import Front

BODY = "<p>供水管网冲洗安排</p>".encode() * 50
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", "default-src 'none'")]


class Site:
    """Stands for Django: counts how often it is asked."""

    def __init__(self, status="200 OK", headers=(), tags=("site",)):
        self.status, self.headers, self.tags = status, list(headers), tags
        self.asked = 0
        self.gate = None

    def __call__(self, environ, start_response):
        self.asked += 1
        if self.gate:
            self.gate.wait(5)
        for tag in self.tags:
            shown.note(*tag.split(":")) if ":" in tag else shown.note_site()
        start_response(self.status, [*HTML, *self.headers])
        return Answer([BODY])


class Answer(list):
    def close(self):
        pass


@pytest.fixture
def made(settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["portal.test"]
    fronts.is_known.cache_clear()
    settings.SECURE_SSL_REDIRECT = False

    def make(**options):
        site = Site(**options)
        front = Front(site)
        monkeypatch.setattr(Front, "_is_current", lambda self: self.trusted)
        front.trusted = True
        return front, site

    return make


def ask(front, path="/a.html", method="GET", query="", host="portal.test", **more):
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host} | more
    said = []
    body = b"".join(front(environ, lambda status, headers: said.append((status, dict(headers)))))
    return (*said[0], body)


def test_the_second_reader_does_not_reach_django(made):
    front, site = made()
    first, again = ask(front), ask(front)
    assert first == again
    assert site.asked == 1
    status, headers, body = again
    assert (status, body) == ("200 OK", BODY)
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["Content-Length"] == str(len(BODY))


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("vibrant", None, bytes),
    ],
)
def test_the_encoding_that_the_client_takes(made, accepted, encoding, read):
    front, _site = made()
    ask(front)
    _status, headers, body = ask(front, HTTP_ACCEPT_ENCODING=accepted)
    assert headers.get("Content-Encoding") == encoding
    assert read(body) == BODY
    assert headers["Vary"] == "Accept-Encoding"


def test_an_unchanged_page_is_not_sent_again(made):
    front, _site = made()
    etag = ask(front, HTTP_ACCEPT_ENCODING="br")[1]["ETag"]
    status, headers, body = ask(front, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag
    assert "Content-Security-Policy" in headers
    assert "Content-Length" not in headers
    assert ask(front, HTTP_IF_NONE_MATCH=etag)[0] == "200 OK"  # another encoding is another representation


def test_head_has_no_body_and_draws_nothing_into_the_cache(made):
    front, site = made()
    ask(front, method="HEAD")
    assert len(front.cache) == 0
    ask(front)
    status, _headers, body = ask(front, method="HEAD")
    assert (status, body, site.asked) == ("200 OK", b"", 2)


@pytest.mark.parametrize(
    "request_",
    [
        {"query": "at=o1-2"},
        {"method": "POST"},
        {"host": "evil.test"},
        {"host": ""},
        {"path": "/a\x00b"},
        {"path": "/../a.html"},
        {"path": "/.hidden"},
        {"path": "//a.html"},
        {"path": "/search/"},
        {"path": "/static/portal/portal.css"},
        {"path": "/" + "x" * 300},
        {"path": "/é.html"},
    ],
)
def test_what_is_not_for_everyone_alike_is_djangos(made, request_):
    front, site = made()
    for _ in range(2):
        ask(front, **request_)
    assert site.asked == 2
    assert len(front.cache) == 0


@pytest.mark.parametrize(
    "options",
    [{"status": "404 Not Found"}, {"status": "410 Gone"}, {"headers": [("Set-Cookie", "a=b")]}, {"tags": ()}],
)
def test_what_is_not_a_public_page_is_never_kept(made, options):
    front, site = made(**options)
    assert ask(front)[2] == ask(front)[2] == BODY
    assert site.asked == 2


def test_without_tls_django_sends_the_reader_on(made, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    front, site = made()
    ask(front, HTTP_X_FORWARDED_PROTO="http")
    assert len(front.cache) == 0
    ask(front, HTTP_X_FORWARDED_PROTO="https")
    ask(front, HTTP_X_FORWARDED_PROTO="https")
    ask(front, HTTP_X_FORWARDED_PROTO="http")
    assert site.asked == 3


def test_a_follower_that_has_heard_nothing_switches_the_cache_off(made):
    front, site = made()
    ask(front)
    front.trusted = False
    ask(front)
    assert site.asked == 2


def test_a_crowd_before_a_missing_page_draws_it_once(made):
    front, site = made()
    site.gate = threading.Event()
    answers = []
    crowd = [threading.Thread(target=lambda: answers.append(ask(front)[2])) for _ in range(8)]
    for one in crowd:
        one.start()
    site.gate.set()
    for one in crowd:
        one.join()
    assert answers == [BODY] * 8
    assert site.asked == 1


def test_a_withdrawal_while_the_page_is_drawn(made):
    """The reader who came before it gets the page, nobody after him."""
    front, site = made(tags=("object:1",))
    site.gate = threading.Event()
    reader = threading.Thread(target=ask, args=(front,))
    reader.start()
    while not site.asked:
        pass
    front.cache.drop(["object:1"])
    site.gate.set()
    reader.join()
    assert front.cache.get("/a.html") is None


def test_known_hosts_with_and_without_port(settings):
    settings.ALLOWED_HOSTS = ["www.xixiu.gov.cn"]
    fronts.is_known.cache_clear()
    assert fronts.is_known("www.xixiu.gov.cn") and fronts.is_known("WWW.xixiu.gov.cn:8000")
    assert not fronts.is_known("www.xixiu.gov.cn.evil.test")
    fronts.is_known.cache_clear()


def test_unknown_addresses_share_a_page_until_something_changes(made, rf, monkeypatch):
    drawn = []
    monkeypatch.setattr(views, "_notice_context", dict)
    monkeypatch.setattr(views, "render_to_string", lambda *what: drawn.append(1) or f"page {len(drawn)}")
    front, site = made(status="404 Not Found", tags=())
    answered = []

    def asked(environ, start_response):
        request = rf.get(environ["PATH_INFO"])
        request.META[shown.MOMENT] = environ.get(shown.MOMENT)
        answered.append(views.not_found(request).content.decode())
        return site(environ, start_response)

    front.application = asked
    for path in ("/a.html", "/b.html", "/x y"):
        ask(front, path)
    front.cache.drop(["site"])
    ask(front, "/c.html")
    front.trusted = False
    ask(front, "/d.html")
    ask(front, "/e.html")
    assert answered == ["page 1", "page 1", "page 1", "page 2", "page 3", "page 4"]
