"""专人专管一览: who holds which post at any moment; units that lack somebody are named (Article 11)."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organisation.matrix import matrix
from tests.organisation_world import appoint, unit

pytestmark = [pytest.mark.django_db, pytest.mark.article("11")]


def row_of(table, name):
    row = next(row for row in table.rows if row.unit.name == name)
    return row, dict(zip([post.code for post in table.posts], row.cells, strict=True))


def test_every_holder_at_any_moment(town):
    bare = unit(name="新设镇")
    appoint(
        "前任", bare, "dedicated", starts_at=datetime(2020, 1, 1, tzinfo=UTC), ends_at=None, confirmed=False
    )
    table = matrix()
    row, cells = row_of(table, "区水务局")
    assert cells["dedicated"] == (town.who("water", "dedicated").name,) and not row.missing
    row, cells = row_of(table, "新设镇")
    assert cells["dedicated"] == () and len(row.missing) == 5  # not confirmed: holds nothing
    assert row in table.lacking
    row, cells = row_of(matrix(datetime(2016, 1, 1, tzinfo=UTC)), "区水务局")
    assert row.missing


def test_the_same_few_queries_for_many_units(town, django_assert_num_queries):
    for _number in range(5):
        unit()
    with django_assert_num_queries(3):
        assert len(matrix().rows) == 9


def test_screen_filters_exports_and_is_for_the_two_offices(town):
    unit(name="新设镇")
    client = Client()
    client.force_login(town.who("egov", "web_manager"))
    address = reverse("organisation_matrix")
    page = client.get(address).content.decode()
    assert "新设镇" in page and "is-lacking" in page and town.who("water", "dedicated").name in page
    page = client.get(address, {"lacking": "on"}).content.decode()
    assert "新设镇" in page and "区水务局" not in page.split("persons-table")[1]
    book = load_workbook(BytesIO(client.get(address, {"export": "xlsx"}).content))
    assert "新设镇" in [cell.value for cell in book.active["A"]]
    stranger = Client()
    stranger.force_login(town.who("water", "author"))
    assert stranger.get(address).status_code != 200
