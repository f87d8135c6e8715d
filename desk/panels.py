from wagtail.admin.ui.components import Component

from desk.landing import Desk
from desk.sections import sections
from review import papers


class DeskPanel(Component):
    """The desk on the admin's first page."""

    name = "desk"
    template_name = "desk/desk.html"
    order = 10

    def get_context_data(self, parent_context):
        desk = Desk(parent_context["request"])
        return {
            "sections": sections(desk),
            "undecided": desk.undecided,
            "on_paper": papers.signed_in_my_name(desk.user) if desk.signs else [],
            "papers_to_check": papers.to_verify(desk.user, desk.held).count(),
            "write_url": desk.write_url if desk.writes else "",
            "held": bool(desk.held),
        }


def replace_panels(panels):
    """Only ours and those of our own apps stay."""
    panels[:] = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]
    panels.insert(0, DeskPanel())
