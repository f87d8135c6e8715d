"""axe finds nothing serious where people decide (WCAG 2.2 AA; GB/T 37668-2019); public pages: test_public_pages."""

from tests.journeys.accessible import violations
from tests.journeys.person import SHOWN, Person
from tests.journeys.register import Records


def test_the_inbox_and_the_review_page(portal, new_page):
    records = Records(portal)
    title, username = records.first(
        """SELECT c.title, u.username FROM review_case c
           JOIN organisation_appointment a ON a.unit_id = c.step_unit_id AND a.post_id = ANY (c.posts)
           JOIN organisation_user u ON u.id = a.person_id
           WHERE c.ended_at IS NULL AND c.opinion = 'review' AND c.pause = '' ORDER BY u.id LIMIT 1"""
    )
    for width in ("desktop", "phone"):
        person = Person(new_page(width), username).log_in()
        person.page.goto("/admin/review/")
        person.page.wait_for_load_state(SHOWN)
        assert violations(person.page) == []
        person.open_from_inbox(title)
        assert violations(person.page) == []
        assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
