"""SEARCH_URL: one setting names the kind of server, where it is and what its indexes are called."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.search_server import EXAMPLE, KINDS, backends


def test_the_example_is_understood():
    found = backends(EXAMPLE)["public"]
    assert found["BACKEND"] == "search.backends.opensearch"
    assert (found["URLS"], found["INDEX_PREFIX"]) == (["https://user:password@host:9200"], "portal_")
    assert found["AUTO_UPDATE"] is False, "Wagtail's signals would send drafts"


def test_no_address_is_no_server():
    assert backends("") == {}


def test_a_server_may_stand_under_a_path():
    found = backends("elasticsearch+http://host:9200/behind/proxy/xixiu/")["public"]
    assert (found["URLS"], found["INDEX_PREFIX"]) == (["http://host:9200/behind/proxy"], "xixiu_")


@pytest.mark.parametrize(
    "address", ["https://host:9200/portal", "solr+https://host/portal", "opensearch+ftp://host"]
)
def test_anything_else_stops_the_start(address):
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        backends(address)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_client_stops_the_start_and_says_how_to_get_it(kind, monkeypatch):
    monkeypatch.setattr("config.search_server.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=f"--extra {kind}"):
        backends(f"{kind}+http://host:9200/portal")
