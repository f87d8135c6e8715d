"""Journeys drive a real browser against the portal as it really runs (tests/portal.py)."""

import os

import pytest

from tests import browser
from tests.portal import Portal, running

# Playwright's blocking interface keeps an event loop in this thread; Django would refuse the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

WIDTHS = {"desktop": (1280, 900), "tablet": (768, 1024), "phone": (390, 844)}


def pytest_itemcollected(item):
    """One worker loads the demo and begins with the journeys, so that the other never waits for it."""
    smallest = item.path.stem == "test_main_job"  # and therefore the last group to go
    item.add_marker(pytest.mark.xdist_group("main job" if smallest else "demo"))


@pytest.fixture(scope="session")
def chromium():
    """One browser for each worker; every test gets contexts, and so cookies, of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def portal(django_db_setup, django_db_blocker) -> Portal:
    """A running portal of the test's own, with the demo in it."""
    with django_db_blocker.unblock(), running() as started:
        yield started


@pytest.fixture
def new_page(chromium, portal):
    """`new_page("phone")` opens a window of that width with its own log-in; closed after the test."""
    contexts = []

    def opened(width: str = "desktop", base: str | None = None):
        across, down = WIDTHS[width]
        context = chromium.new_context(
            viewport={"width": across, "height": down}, locale="zh-CN", base_url=base or portal.admin
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
