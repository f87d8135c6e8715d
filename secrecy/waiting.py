"""On the admin's first page: what waits for the person beside items under review (Articles 13, 19)."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from organisation.authority import authorities_of
from secrecy import access
from secrecy.services import destroying, offweb

SIGNS = {"secrecy_reviewer", "supervising_leader"}


def waiting(user, held):
    """(label, number, address) of each kind of work that waits; a post that has none of it costs no query."""
    posts = {authority.post for authority in held}
    if access.BODY in posts:
        body = reverse("secrecy:body")
        yield "提请保密工作机构审查", access.referrals_for(user, held).count(), body
        yield "已封存，待结论", access.quarantines_for(user, held).filter(conclusion="").count(), body
    if posts & SIGNS:
        yield "待我签署（非网上发布）", offweb.rows_to_sign(user, held).count(), reverse("secrecy:rows")
    if posts - {"author"}:
        yield "封存销毁", len(destructions_waiting(user, held)), reverse("secrecy:destructions")


def destructions_waiting(user, held):
    """Those the person may decide on or witness; few are open at any time."""
    open_ones = access.destructions_for(user, held).filter(destroyed_at__isnull=True).exclude(approved=False)
    return [row for row in open_ones[:200] if _waits_for(row, user, held)]


def _waits_for(row, user, held):
    if row.awaits_decision:
        posts = {authority.post for authority in held if authority.unit_id == row.unit_id}
        return bool(posts & set(destroying.DECIDES)) and user.pk != row.proposed_by_id
    if user.pk in row.witnesses.values_list("person_id", flat=True):
        return False
    return destroying.authority_to_witness(row, user, held) is not None


class WaitingPanel(Component):
    name = "secrecy"
    template_name = "secrecy/waiting.html"
    order = 12

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        found = waiting(user, authorities_of(user))
        return {"lines": [line for line in found if line[1]]}
