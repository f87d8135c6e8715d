"""Takes every item to the state its text names, act by act, through the services that the screens use.

`STATES` is the table: the state of the text → what happens. Nothing here writes a record itself.
"""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from demo import origins
from demo.data.organisation import EGOV
from demo.texts import ItemText
from publication.models import Publication, TakeDown
from regulation.questions import HARMS, NO, YES, clean_answers
from review import acts
from review.models import Case
from secrecy import services as secrecy_services
from secrecy.forms import prefilled_row
from secrecy.models import Quarantine
from secrecy.services import destroying

OTHER_FORM = "培训班上发放纸质资料"


class Actors:
    """Who does what with an item. `people` finds them, `sealer` seals, `writer` changes drafts."""

    def __init__(self, people, sealer, writer):
        self.people = people
        self.sealer = sealer
        self.writer = writer

    def bring(self, text: ItemText, page) -> None:
        state, _, step = text.state.partition(":")
        STATES[state](self, text, page, step)

    # --- single acts ---

    def submit(self, text: ItemText, page, **more) -> Case:
        if text.route == "reprint":
            origins.prove(text, page, self.people.at(text.unit, "author"))
        return acts.submit(
            page,
            self.people.at(text.unit, "author"),
            row=prefilled_row(page),
            harms={harm.code: NO for harm in HARMS},
            **more,
        )

    def sign(self, case: Case, text: ItemText, *, merge: bool = True, **data) -> Case:
        """The step that waits, taken by whoever may take it."""
        person = self.people.signatory(case)
        given = SIGNING.get(case.opinion, _nothing)(self, case, text, person)
        return acts.agree(case, person, merge=merge, **{**given, **data})

    def until(self, case: Case, text: ItemText, opinion: str) -> Case:
        """Signs until that opinion waits. No act is merged across it."""
        while case.opinion != opinion:
            case = self.sign(case, text, merge=_after(case) != opinion)
        return case

    def through(self, case: Case, text: ItemText) -> Case:
        """Signs everything that is left; what follows is the gate's."""
        while case.is_open and case.opinion:
            case = self.sign(case, text)
        return case

    def change(self, text: ItemText, page):
        """The author changes the words between two submissions."""
        page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        old, new = text.get("change_from"), text.get("change_to")
        for block in page.body.raw_data:
            if block["type"] == "rich_text":
                block["value"] = block["value"].replace(old, new)
        page.body = list(page.body.raw_data)
        page.summary = page.summary.replace(old, new)
        page.correction_note = text.get("correction")
        page.save_revision(user=self.people.at(text.unit, "author"))
        return page


def _after(case: Case) -> str:
    following = [step for step in case.steps if step.position == case.position + 1]
    return following[0].opinion if following else ""


# --- what each opinion brings along ---


def _nothing(actors, case, text, person) -> dict:
    return {}


def _secrecy(actors, case, text, person) -> dict:
    return {"question_one": NO}


def _review(actors, case, text, person) -> dict:
    answers = clean_answers()
    if text.get("figures"):
        answers["8"] = {"value": YES, "text": text.get("figures")}
    if case.route == "emergency":
        answers["7"] = {"value": YES, "text": "按突发敏感信息办理"}
    return {"answers": answers, "form_agrees": True}


def _seal(actors, case, text, person) -> dict:
    actors.sealer.seal(case, person)
    return {}


def _check(actors, case, text, person) -> dict:
    return {"form_agrees": True}


SIGNING: dict[str, Callable] = {"secrecy": _secrecy, "review": _review, "seal": _seal, "check": _check}


# --- the states ---


def _draft(actors, text, page, step) -> None:
    """Stays with its author."""


def _at(actors, text, page, step) -> None:
    actors.until(actors.submit(text, page), text, step)


def _published(actors, text, page, step) -> None:
    actors.through(actors.submit(text, page), text)


def _corrected(actors, text, page, step) -> None:
    _published(actors, text, page, step)
    actors.through(actors.submit(text, actors.change(text, page)), text)


def _scheduled(actors, text, page, step) -> None:
    day = timezone.localtime() + dt.timedelta(days=14)
    moment = day.replace(hour=9, minute=0, second=0, microsecond=0)
    actors.through(actors.submit(text, page, publish_at=moment), text)


def _returned(actors, text, page, step) -> None:
    case = actors.until(actors.submit(text, page), text, "review")
    acts.return_(case, actors.people.signatory(case), reason=text.get("reason"), remark=text.get("remark"))


def _resubmitted(actors, text, page, step) -> None:
    _returned(actors, text, page, step)
    _at(actors, text, actors.change(text, page), "review")


def _returned_seal(actors, text, page, step) -> None:
    case = actors.until(actors.submit(text, page), text, "check")
    remark = "盖章件拍摄模糊，编号看不清，请重新上传。"
    acts.reopen(case, actors.people.signatory(case), reason="blurred", remark=remark)


def _withdrawn(actors, text, page, step) -> None:
    case = actors.until(actors.submit(text, page), text, "review")
    acts.withdraw(case, case.author, "活动时间有变，先撤回修改。")


def _escalated(actors, text, page, step) -> None:
    case = actors.until(actors.submit(text, page), text, "review")
    acts.escalate(
        case, actors.people.signatory(case), remark="涉及群众生活必需品供应，建议按突发敏感信息办理。"
    )


def _held(actors, text, page, step) -> None:
    case = actors.until(actors.submit(text, page), text, "review")
    acts.hold(case, actors.people.signatory(case), remark="维修时间与集市日冲突，待重新确定时间后再发布。")


def _refused(actors, text, page, step) -> None:
    case = actors.until(actors.submit(text, page), text, "leader_opinion")
    acts.refuse(case, actors.people.signatory(case), remark="属内部工作分工，不宜上网公开。")


def _quarantined(actors, text, page, step) -> None:
    case = actors.submit(text, page)
    acts.quarantine(case, actors.people.signatory(case), remark="附图要素疑似涉密，立即封存待核（演示）。")


def _destroyed(actors, text, page, step) -> None:
    """Confirmed by the secrecy body, approved by the leader, done before two witnesses."""
    _quarantined(actors, text, page, step)
    record = Quarantine.objects.get(object_id=page.object_id)
    body, leader = (actors.people.at(text.unit, post) for post in ("secrecy_body", "supervising_leader"))
    confirmed = Quarantine.Conclusion.CONFIRMED
    record = secrecy_services.decide_quarantine(record, body, confirmed, "经审查属应予保护的事项（演示）。")
    proposed = destroying.propose(
        record,
        body,
        grounds="已确认不得公开，无留存必要（演示）。",
        carriers="无纸质件；备份介质随下次轮换销毁。",
    )
    destroying.decide(proposed, leader, approve=True)
    for witness in (actors.people.at(text.unit, "reviewer"), actors.people.at(EGOV, "web_manager")):
        destroying.witness(proposed, witness)


def _referred(actors, text, page, step) -> None:
    case = actors.submit(text, page)
    acts.refer(
        case, actors.people.signatory(case), remark="取水点名称与供水设施位置是否关联不明确，提请审查。"
    )


def _on_request(actors, text, page, step) -> None:
    _other_than_web(actors, text, page, acts.on_request, proposed_form="on_request")


def _other_form(actors, text, page, step) -> None:
    _other_than_web(
        actors, text, page, acts.other_form, proposed_form="other", proposed_other_form=OTHER_FORM
    )


def _other_than_web(actors, text, page, decide, **proposal) -> None:
    """Proposed by the secrecy reviewer, decided by the leader, on its sheet like any other row."""
    case = actors.sign(actors.submit(text, page), text, merge=False, **proposal)
    case = actors.until(case, text, "leader_opinion")
    case = decide(case, actors.people.signatory(case), remark="同意。")
    secrecy_services.form_sheet(case.pk, actors.people.at(text.unit, "dedicated"))


def _taken_down(actors, text, page, step) -> TakeDown:
    _published(actors, text, page, step)
    publication = Publication.objects.open().get(object_id=page.object_id)
    manager = actors.people.at(EGOV, "web_manager")
    acts.take_down(
        publication, manager, reason="under_check", remark="有居民反映方案表述不准确，先下线核实。"
    )
    return TakeDown.objects.get(publication=publication)


def _ratified(actors, text, page, step) -> None:
    taken = _taken_down(actors, text, page, step)
    acts.ratify(taken, actors.people.at(text.unit, "branch_leader"), "情况属实，同意下线。")


def _restored(actors, text, page, step) -> None:
    taken = _taken_down(actors, text, page, step)
    acts.restore(taken, actors.people.at(text.unit, "branch_leader"), "经核实内容无误，恢复发布。")


STATES: dict[str, Callable] = {
    "draft": _draft,
    "at": _at,
    "published": _published,
    "corrected": _corrected,
    "scheduled": _scheduled,
    "returned": _returned,
    "resubmitted": _resubmitted,
    "returned_seal": _returned_seal,
    "withdrawn": _withdrawn,
    "escalated": _escalated,
    "held": _held,
    "refused": _refused,
    "quarantined": _quarantined,
    "destroyed": _destroyed,
    "referred": _referred,
    "on_request": _on_request,
    "other_form": _other_form,
    "taken_down": _taken_down,
    "ratified": _ratified,
    "restored": _restored,
}
