"""The dashboard: what waits for me and what I submitted, in a fixed few queries.

Wagtail's stock panels load every pending item with its tasks (2,641 queries for 100 items, measured); they go.
"""

from wagtail.admin.ui.components import Component

from organisation.authority import authorities_of
from review import inbox, papers
from review.visibility import decidable_take_downs

SHOWN = 8


class MyWorkPanel(Component):
    name = "review_my_work"
    template_name = "review/home_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        held = authorities_of(user)
        waiting = inbox.waiting_for(user, held)
        mine = inbox.submitted_by(user).order_by("-step_since")
        return {
            "waiting_count": waiting.count(),
            "waiting": inbox.rows_for(waiting.order_by("deadline", "step_since")[:SHOWN]),
            "mine": inbox.rows_for(mine[:SHOWN]),
            "undecided": decidable_take_downs(user, held).count(),
            "on_paper": papers.signed_in_my_name(user),
            "papers_to_check": papers.to_verify(user, held).count(),
            "is_author": any(a.post == "author" for a in held),
        }


def replace_panels(panels):
    """Only ours and those of our own apps stay."""
    panels[:] = [p for p in panels if not type(p).__module__.startswith("wagtail.")]
    panels.insert(0, MyWorkPanel())
