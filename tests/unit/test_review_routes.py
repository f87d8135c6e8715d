"""The route table of Article 14: strictest wins, every route carries Article 13, merges, staffing."""

import itertools

import pytest

from review import routes
from review.routes import OWN, ROUTES, ItemFacts, route_for
from review.staffing import Signatory, StaffedStep, is_staffed, warnings

KINDS = ("gov_office", "egov_office", "department", "township", "subdistrict", "community", "other")
STRICTEST_FIRST = ("emergency", "government", "reprint", "interactive")


@pytest.mark.article("14")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("flags", list(itertools.product((False, True), repeat=4)))
def test_the_stricter_route_wins(kind, flags):
    """Several routes fit: (6) over (1) over (4) over (5) over (2) and (3), for every combination."""
    facts = ItemFacts(kind, *flags)
    route = route_for(facts)
    first = next((code for code, set_ in zip(STRICTEST_FIRST, flags, strict=True) if set_), None)
    ordinary = "department" if kind in ("department", "gov_office", "egov_office") else "township"
    assert route.code == (first or ordinary)


@pytest.mark.article("14")
@pytest.mark.parametrize(
    ("facts", "variant"),
    [
        (ItemFacts("gov_office", in_government_name=True), OWN),
        (ItemFacts("department", in_government_name=True), ""),
        (ItemFacts("egov_office", in_government_name=True), ""),
        (ItemFacts("egov_office", is_reprint=True), OWN),
        (ItemFacts("gov_office", is_reprint=True), ""),
        (ItemFacts("egov_office", interactive=True), OWN),
        (ItemFacts("egov_office", sensitive=True), OWN),
        (ItemFacts("township", sensitive=True), ""),
        (ItemFacts("egov_office"), ""),
    ],
)
def test_own_variant_only_where_the_source_is_the_deciding_office(facts, variant):
    assert route_for(facts).variant == variant


@pytest.mark.article("14")
def test_an_item_without_a_unit_has_no_route():
    with pytest.raises(ValueError, match="responsible unit"):
        route_for(ItemFacts(""))


@pytest.mark.article("18")
@pytest.mark.parametrize("structure", ["columns", "import"])
def test_structure_goes_from_egov_to_gov(structure):
    route = route_for(ItemFacts("township", structure=structure))
    assert [(s.opinion, s.whose) for s in route.steps] == [("proposal", "egov"), ("decision", "gov")]


@pytest.mark.article("13")
@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.clause != "18"], ids=lambda r: f"{r.code}{r.variant}"
)
def test_every_route_carries_the_whole_of_article_13(route):
    """Secrecy opinion first, leader's opinion and seal of the source unit, and the e-gov office sees the form."""
    opinions = [step.opinion for step in route.steps]
    assert opinions[0] == "secrecy"
    for needed in ("leader_opinion", "seal"):
        step = next(s for s in route.steps if s.opinion == needed)
        assert step.whose == routes.SOURCE and step.clause == "13"
    assert any(step.whose == routes.EGOV for step in route.steps)
    assert len({step.task for step in route.steps}) == len(route.steps)
    assert {step.task for step in route.steps} <= set(routes.TASKS)


@pytest.mark.article("14(1)")
def test_route_one_is_reviewed_and_approved_by_the_gov_office():
    for variant in ("", OWN):
        steps = {s.opinion: s for s in routes.get("government", variant).steps}
        assert (steps["review"].whose, steps["review"].posts) == (routes.GOV, ("reviewer",))
        assert (steps["approval"].whose, steps["approval"].posts) == (routes.GOV, ("branch_leader",))


@pytest.mark.article("14(6)")
def test_emergencies_end_with_the_principal_leader():
    for variant in ("", OWN):
        steps = routes.get("emergency", variant).steps
        assert steps[-1].posts == ("principal_leader",) and steps[-1].whose == routes.GOV
        review = next(s for s in steps if s.opinion == "review")
        assert review.posts == ("supervising_leader",) and review.whose == routes.EGOV


@pytest.mark.article("13")
def test_every_route_has_the_form_checked_by_the_egov_office():
    """Article 13: the sealed form is checked against the text, in (4) to (6) as part of the office's review."""
    for route in routes.ROUTES:
        if route.code in ("columns", "import"):
            continue
        opinions = [step.opinion for step in route.steps]
        sealed = opinions.index("seal")
        after = [step for step in route.steps[sealed:] if step.whose == routes.EGOV]
        assert any(step.opinion in ("check", "review") for step in after), route.key


def _staffed(*steps):
    """(opinion, person ids) → staffed steps in order."""
    return [
        StaffedStep(
            n, opinion, opinion, "14", 1, "单位", opinion, tuple(Signatory(p, f"人{p}", "x") for p in people)
        )
        for n, (opinion, people) in enumerate(steps, start=1)
    ]


AUTHOR, A, B, C = 1, 2, 3, 4


@pytest.mark.article("14")
@pytest.mark.parametrize(
    ("steps", "enough"),
    [
        # a small unit: one reviews secrecy and text, one leads; the third is the author
        (
            [("secrecy", [A]), ("review", [A]), ("leader_opinion", [B]), ("approval", [B]), ("check", [C])],
            True,
        ),
        # the same person for everything: three people are needed
        ([("secrecy", [A]), ("review", [A]), ("leader_opinion", [A]), ("approval", [A])], False),
        # the author is the only reviewer
        ([("secrecy", [AUTHOR])], False),
        # the author may seal
        ([("secrecy", [A]), ("seal", [AUTHOR])], True),
        # secrecy and leader's opinion do not merge
        ([("secrecy", [A]), ("leader_opinion", [A])], False),
        # an act carries two opinions, not three
        ([("leader_opinion", [A]), ("review", [A]), ("approval", [A])], False),
        # merging needs the steps next to each other
        ([("leader_opinion", [A]), ("seal", [B]), ("approval", [A])], False),
    ],
)
def test_understaffing_is_found_before_submission(steps, enough):
    staffed = _staffed(*steps)
    assert is_staffed(staffed, AUTHOR) is enough
    assert bool(warnings(staffed, AUTHOR)) is not enough
