"""The page cache follows the database: a withdrawal is gone within a second, whatever happens to the follower.

Two fronts stand for two public processes: nothing is shared between them. Their Django is the one view that serves
publications; the database is real and commits.
"""

import threading
import time
import uuid

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory

from publication import gate
from publication.front import Front
from publication.views import serve
from tests import publication_world as world
from tests.factories import town

pytestmark = pytest.mark.article("3")

SOON = 6.0  # seconds; one is promised, and measured where nothing else runs (bench/freshness.py)
FACE = {"order": 1, "description": "", "keywords": [], "column_type": ""}


def site(environ, start_response):
    path = environ["PATH_INFO"]
    try:
        response = serve(RequestFactory().get(path), path.lstrip("/"))
    except Http404:
        start_response("404 Not Found", [])
        return [b""]
    finally:
        if threading.current_thread() is not threading.main_thread():
            connection.close()
    start_response(f"{response.status_code} ", list(response.items()))
    return response


class Process:
    def __init__(self):
        self.front = Front(site)
        until(lambda: self.front._is_current())

    def get(self, path):
        said = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "portal.test"}
        body = b"".join(self.front(environ, lambda status, headers: said.append(status)))
        return int(said[0].split()[0]), body.decode()

    def cached(self, path) -> bool:
        self.get(path)
        return self.front.cache.get(path) is not None


def until(true) -> None:
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def processes(committing_db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = [Process(), Process()]
    yield made
    for process in made:
        process.front.follower.ended.set()
        process.front.follower.join(5)


def test_what_changes_is_seen_soon_by_every_process(processes):
    made = town()
    column = world.column(made, column_info=FACE)
    where = str(column.object_id)
    first = world.public(made, world.document(made, column=where))
    other = world.public(made, world.document(made, "jiuzhou"), name="jiuzhou")
    for process in processes:
        until(lambda process=process: process.cached(first.path) and process.cached(other.path))

    corrected = world.public_correction(made, first, title="更正后的标题")
    for process in processes:
        until(lambda process=process: "更正后的标题" in process.get(first.path)[1])
        assert process.front.cache.get(other.path) is not None  # another unit's page is left alone

    for process in processes:
        until(lambda process=process: process.cached(first.path))
    gate.take_down(corrected, made.who("water", "reviewer"), "content_error")
    for process in processes:
        until(lambda process=process: process.get(first.path)[0] == 410)


def test_a_bundle_appears_as_one(processes):
    made, bundle = town(), uuid.uuid4()
    contents = [world.document(made) for _ in range(2)]
    handed = [world.hand_in(made, content, bundle_id=bundle) for content in contents]
    one, two = (content["path"] for content in contents)
    for submission in handed:
        world.sign_all(made, submission)
        gate.complete(submission)
    for process in processes:
        until(lambda process=process: process.get(one)[0] == 200)
        assert process.get(two)[0] == 200


def test_a_withdrawal_is_gone_although_the_follower_is_cut_off_or_stands_still(processes):
    made = town()
    items = [world.public(made) for _ in range(2)]
    _cut, stuck = processes
    for process in processes:
        until(lambda process=process: all(process.cached(item.path) for item in items))

    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = 'page cache' AND datname = current_database()"
        )
        assert cursor.fetchone()[0] == 2
        cursor.execute("SET ROLE portal_app")
    gate.take_down(items[0], made.who("water", "reviewer"), "content_error")
    for process in processes:
        until(lambda process=process: process.get(items[0].path)[0] == 410)
        until(lambda process=process: process.cached(items[1].path))  # and comes back by itself

    go_on = threading.Event()
    look = stuck.front.follower._look
    stuck.front.follower._look = lambda cursor: go_on.wait(20) and look(cursor)
    time.sleep(0.3)
    assert stuck.cached(items[1].path)
    gate.take_down(items[1], made.who("water", "reviewer"), "content_error")
    until(lambda: stuck.get(items[1].path)[0] == 410)
    assert not stuck.front._is_current()
    go_on.set()
    until(lambda: stuck.front._is_current())
    assert stuck.get(items[1].path)[0] == 410


def test_a_new_day_draws_pages_anew(processes):
    made = town()
    item = world.public(made)
    process = processes[0]
    until(lambda: process.cached(item.path))
    process.front.follower._day = None  # as it is just after midnight
    until(lambda: process.front.cache.get(item.path) is None)
