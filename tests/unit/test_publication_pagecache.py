"""The page cache: exact, never stale by a race, bounded; its files."""

import gzip

import brotli

from publication.pagecache import PageCache, page_of
from publication.pagefiles import PageFiles

BODY = "<p>供水管网冲洗安排</p>".encode() * 50
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", "default-src 'none'")]


def page(*tags, body=BODY):
    return page_of(body, HTML, tags)


def keep(cache, path, *tags, since=None, body=BODY):
    return cache.keep(path, page(*tags, body=body), cache.moment if since is None else since, body)


def test_a_change_drops_what_shows_it_and_nothing_else():
    cache = PageCache()
    keep(cache, "/a.html", "site", "object:1", "beside:1")
    keep(cache, "/b.html", "site", "object:2", "list:7")
    assert cache.drop(["list:7", "kind:policy"]) == 1
    assert cache.get("/b.html") is None
    assert cache.get("/a.html") is not None
    assert cache.drop(["site"]) == 1
    assert len(cache) == 0


def test_a_page_drawn_before_a_change_is_not_kept_after_it():
    cache = PageCache()
    since = cache.moment
    cache.drop(["object:1"])
    assert not keep(cache, "/a.html", "object:1", since=since)
    assert keep(cache, "/b.html", "object:2", since=since)
    assert keep(cache, "/a.html", "object:1")
    since = cache.moment
    cache.clear()
    assert not keep(cache, "/b.html", "object:2", since=since)


def test_more_changes_than_are_remembered_are_as_if_all_had_changed():
    cache = PageCache()
    since = cache.moment
    for number in range(1_001):
        cache.drop([f"object:{number}"])
    assert not keep(cache, "/a.html", "object:x", since=since)


def test_a_page_that_noted_nothing_is_never_kept():
    assert not keep(PageCache(), "/a.html")


def test_memory_is_bounded_and_the_oldest_goes_first():
    one = page("site").size
    cache = PageCache(memory=one * 3)
    for number in range(5):
        keep(cache, f"/{number}.html", "site")
    assert [cache.get(f"/{number}.html") is not None for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert cache.drop(["site"]) == 3


def test_ten_thousand_pages_and_a_change_of_one_of_them():
    cache = PageCache()
    small = page_of(b"x", HTML, ["site"])
    for number in range(10_000):
        one = small.__class__(
            small.etag, small.headers, frozenset({"site", f"object:{number}"}), small.bodies
        )
        cache.keep(f"/{number}.html", one, cache.moment, b"x")
    assert cache.drop(["object:77"]) == 1
    assert len(cache) == 9_999


# --- files ---


def test_files_follow_memory_and_only_one_process_writes_them(tmp_path):
    files, other = PageFiles(tmp_path), PageFiles(tmp_path)
    assert files.take()
    assert not other.take()
    cache = PageCache(files=files)
    keep(cache, "/tests/a.html", "object:1")
    keep(cache, "/", "site")
    place = tmp_path / "pages" / "tests" / "a.html"
    assert place.read_bytes() == BODY
    assert gzip.decompress(place.with_name("a.html.gz").read_bytes()) == BODY
    assert brotli.decompress(place.with_name("a.html.br").read_bytes()) == BODY
    cache.drop(["object:1"])
    assert not list(place.parent.iterdir())
    assert (tmp_path / "pages" / "index.html").exists()
    files._lock.close()  # as when the process dies
    assert other.take()
    assert not (tmp_path / "pages" / "index.html").exists()


def test_a_disk_that_refuses_costs_no_page(tmp_path):
    files = PageFiles(tmp_path)
    files.take()
    cache = PageCache(files=files)
    keep(cache, "/a", "site")
    assert keep(cache, "/a/b", "site")  # /a is a file already
    assert cache.get("/a/b")
    cache.clear()
