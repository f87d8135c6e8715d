"""The public process and the worker: open publications, 410, 404, files; `verify --crawl` reads them as a reader does."""

import io

import pytest
from django.core.management import call_command
from django.http import Http404

from publication import crawling, files, gate, outbox, rendering, views
from publication.models import OutboxMessage
from tests import publication_world as world

pytestmark = [pytest.mark.django_db, pytest.mark.article("14")]


@pytest.fixture
def publication(town):
    stored = files.store(io.BytesIO(b"%PDF-1.4 attachment"), "附件.pdf")
    asset = {
        "sha256": stored.sha256,
        "name": "附件.pdf",
        "content_type": "application/pdf",
        "size": stored.size,
    }
    publication = world.public(town, world.document(town, assets=[asset]))
    outbox.replay()
    return publication


def get(rf, publication_path):
    return views.serve(rf.get(publication_path), publication_path.lstrip("/"))


def get_file(rf, asset):
    name = files.safe_name(asset["name"])
    return views.public_file(rf.get("/"), asset["sha256"][:2], asset["sha256"], name)


def test_the_public_role_serves_what_is_open(rf, town, publication, as_role):
    with as_role("public"):
        response = get(rf, publication.path)
        assert response.status_code == 200
        assert publication.title in response.content.decode()


def test_a_waiting_item_is_404_and_a_taken_down_one_410_without_its_title(rf, town, publication, as_role):
    waiting = world.sign_all(town, world.hand_in(town, world.document(town)), until=6)
    gate.take_down(publication, town.who("water", "reviewer"), "content_error")
    with as_role("public"):
        with pytest.raises(Http404):
            get(rf, waiting.path)
        gone = get(rf, publication.path)
    assert gone.status_code == 410
    assert publication.title not in gone.content.decode()


@pytest.mark.parametrize("path", ["/" + "x" * 400, "/a\x00b", "/../etc/passwd", "/%00", "//", "/files/"])
def test_strange_addresses_are_404(rf, town, path):
    with pytest.raises(Http404):
        get(rf, path)


@pytest.mark.article("3")
def test_a_file_is_served_while_an_open_publication_names_it(rf, town, publication, as_role):
    asset = publication.assets.values().get()
    with as_role("public"):
        assert b"".join(get_file(rf, asset).streaming_content).startswith(b"%PDF")
        for other in (asset | {"name": "../附件.pdf.exe"}, asset | {"sha256": "0" * 64}):
            with pytest.raises(Http404):
                get_file(rf, other)
    gate.close(publication, "withdrawn")
    with pytest.raises(Http404):  # even before the worker has removed the file
        get_file(rf, asset)


def test_one_function_renders_preview_review_and_public(town, publication):
    document = world.document(town)
    for mode in ("preview", "review", "public"):
        assert document["title"] in rendering.render_document(document, mode=mode)
    with pytest.raises(KeyError):
        rendering.render_document(document | {"kind": "unknown"})
    with pytest.raises(ValueError, match="is not one of"):
        rendering.render_document(document, mode="other")


def test_a_crawl_names_what_is_served_otherwise(town, publication, monkeypatch, settings):
    settings.DEMO = False
    pages = {publication.path: (200, crawling.expected(publication))}
    asset = publication.assets.get()
    url = files.public_url(asset.sha256, asset.name)
    pages[url] = (200, b"%PDF-1.4 attachment")
    monkeypatch.setattr(crawling, "fetch", lambda address: pages[address.removeprefix("http://portal.test")])
    assert list(crawling.offenders("http://portal.test")) == []
    pages[publication.path] = (200, b"<p>defaced</p>")
    pages[url] = (200, b"other")
    found = list(crawling.offenders("http://portal.test/"))
    assert len(found) == 2
    assert publication.path in found[0] and asset.sha256 in found[1]
    pages[publication.path] = (404, b"")
    assert "answers 404" in next(iter(crawling.offenders("http://portal.test")))


def test_the_worker_works_off_what_a_crash_left_over(town):
    stored = files.store(io.BytesIO(b"left over"), "a.txt")
    asset = {"sha256": stored.sha256, "name": "a.txt", "content_type": "text/plain", "size": stored.size}
    world.public(town, world.document(town, assets=[asset]))
    assert not files.public_path(stored.sha256, "a.txt").exists()
    call_command("work", "--once")
    assert files.public_path(stored.sha256, "a.txt").exists()
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()


def test_the_same_bytes_are_kept_once_and_a_wrong_digest_is_never_released(town):
    one, two = (files.store(io.BytesIO(b"same"), name) for name in ("a.txt", "b.txt"))
    assert one == two
    place = files._private_root() / one.path
    place.chmod(0o640)
    place.write_bytes(b"changed")
    with pytest.raises(ValueError, match="does not hold"):
        files.release(one.sha256, "a.txt")
    assert not files.public_path(one.sha256, "a.txt").exists()
    with pytest.raises(FileNotFoundError):
        files.open_private("../../etc/passwd")
