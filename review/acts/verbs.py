"""The verbs by name, for services, demo and tests. Each goes through Wagtail's `Task.on_action`."""

from review.acts.performing import on_case


def _text(answers):
    """`{"1": {"value": "否", "text": ""}}` → the fields of `ChecklistForm`."""
    fields = {}
    for number, answer in (answers or {}).items():
        given = answer if isinstance(answer, dict) else {"value": answer, "text": answer}
        fields[f"answer_{number}"] = given.get("value", "")
        fields[f"text_{number}"] = given.get("text", "")
    return fields


def agree(case, user, *, answers=None, remark="", merge=True, **data):
    """Signs the current step, and the next one too where one act may carry both and `merge` is not switched off."""
    return on_case(case, user, "approve", {"remark": remark, "merge": merge, **_text(answers), **data})


def return_(case, user, *, reason, remark):
    return on_case(case, user, "reject", {"reason": reason, "remark": remark})


def reopen(case, user, *, reason, remark=""):
    return on_case(case, user, "reopen", {"reason": reason, "remark": remark})


def escalate(case, user, *, remark):
    """Returns the ended case; the new one is found by its object."""
    return on_case(case, user, "escalate", {"remark": remark})


def come_down(case, user, *, remark):
    return on_case(case, user, "come_down", {"remark": remark})


def hold(case, user, *, remark):
    return on_case(case, user, "hold", {"remark": remark})


def refer(case, user, *, remark):
    return on_case(case, user, "refer", {"remark": remark})


def refuse(case, user, *, remark):
    return on_case(case, user, "refuse", {"remark": remark})


def quarantine(case, user, *, remark):
    return on_case(case, user, "quarantine", {"remark": remark})


def on_request(case, user, *, remark=""):
    return on_case(case, user, "on_request", {"remark": remark})


def other_form(case, user, *, remark=""):
    return on_case(case, user, "other_form", {"remark": remark})
