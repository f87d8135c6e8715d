"""暂缓发布 and 提请保密工作机构审查: the step stays where it is, the item waits."""

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.authority import find_authority
from regulation.refusals import Refusal
from review import cases, outcomes
from review.acts import cleaning
from review.acts.signing import sign


def hold(act, action, data):
    """第十五条（六）: not suitable at present. The reviewer may pass or return it later."""
    form = action.form(data, case=act.case)
    cleaning.require_valid([form], "15(6)")
    sign(act, [act.step.position], "hold", form.cleaned_data["remark"], {})
    cases.refresh(act.case, pause="held")


def refer(act, action, data):
    """Unclear: the unit's secrecy body writes a conclusion; until then nobody may agree."""
    form = action.form(data, case=act.case)
    cleaning.require_valid([form], "13")
    cleaned = form.cleaned_data
    sign(act, [act.step.position], "refer", cleaned["remark"], {})
    outcomes.desk().outcome(act.case, "refer", act.user, act.authority, cleaned)
    cases.refresh(act.case, pause="referred")


@transaction.atomic
def conclude(case, user, **data):
    """The secrecy body's written conclusion; then the step that asked goes on."""
    case = cases.lock(case.pk)
    if case.pause != "referred":
        raise Refusal(_("This item was not referred to the secrecy body."), article="13", code="not_referred")
    authority = find_authority(user, case.unit_id, ["secrecy_body"])
    if authority is None:
        raise Refusal(
            _("Only the secrecy body of the unit writes the conclusion."), article="13", code="not_holder"
        )
    outcomes.desk().conclude(case, user, authority, data)
    return cases.refresh(case, pause="")
