"""Which links need the notice that one leaves, and where it leads back to."""

import pytest

from home import leaving
from home.furniture.pages import came_from


def test_a_link_to_the_portal_itself_needs_no_notice_and_no_host(settings):
    settings.PUBLIC_BASE_URL = "http://public.test"
    own = leaving.without_host("http://public.test/xxgk/gknb/")
    assert own == "/xxgk/gknb/"
    assert leaving.without_host("http://public.test.evil.example/x") == "http://public.test.evil.example/x"
    notices = leaving.Notices({"path": "/"})
    assert notices.address(own) == own
    assert notices.address("http://public.test/x") == "http://public.test/x"
    assert notices.address("https://example.org/").startswith("/leaving/?")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://public.test/ywdt/?unit=water#top", "/ywdt/?unit=water"),
        ("", ""),
        ("http://elsewhere.test/ywdt/", ""),
        ("http://public.test//evil.example/", ""),
        ("http://[", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_way_back_is_the_page_of_this_portal_that_one_came_from(rf, settings, referer, back):
    settings.ALLOWED_HOSTS = ["public.test"]
    assert came_from(rf.get("/leaving/", HTTP_HOST="public.test", HTTP_REFERER=referer)) == back
