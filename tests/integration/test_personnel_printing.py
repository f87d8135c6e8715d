"""授权委托书: a delegation has its paper, for those whom it concerns (Articles 11, 13)."""

import pytest
from django.urls import reverse

from tests.organisation_world import delegation
from tests.personnel_world import build, file, lines, logged_in, receive, words

pytestmark = [pytest.mark.django_db, pytest.mark.article("11")]


@pytest.fixture
def made():
    return build()


@pytest.mark.article("13")
def test_a_delegation_has_a_printed_authority(made):
    water = made.town.units["water"]
    row = delegation(
        made.who("water", "branch_leader"), made.who("water", "supervising_leader"), water, "branch_leader"
    )
    url = reverse("personnel:delegation_pdf", args=[row.pk])
    pdf = words(logged_in(made.who("water", "branch_leader")).get(url).content).replace("\r\n", "")
    for said in ("授权委托书", "区水务局", "分管领导", "出差", row.delegate.name, f"{row.pk:05d}"):
        assert said in pdf, said
    history = reverse("delegations:history", args=[row.pk])
    assert logged_in(row.grantor).get(history).status_code == 200
    for address in (url, history):
        assert logged_in(made.who("jiuzhou", "branch_leader")).get(address).status_code == 404
    done = receive(
        made, file(made, leaver=row.grantor, successor=made.who("water", "reviewer"), successor_name="")
    )
    assert [kind for kind, _title in lines(done.filing) if kind == "delegation"]
