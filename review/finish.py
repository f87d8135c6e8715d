"""WAGTAIL_FINISH_WORKFLOW_ACTION: what Wagtail's engine calls where somebody makes it finish a route by itself.

Signatures do not come this way (`review/stepping.py` calls the gate); whoever does meets the same gate.

Loaded inside the body of Wagtail's `WorkflowState` class, so nothing here may import `wagtail.models` (or
anything that does) at the top. The publication itself is the gate's; Wagtail's page follows by signal
(`review/receivers.py`) from the submission's revision, never from the latest.
"""


def finish_workflow(workflow_state, user=None):
    from publication import gate
    from regulation.refusals import Refusal
    from review.cases import case_of_workflow, refresh

    case = case_of_workflow(workflow_state)
    if case is None:
        raise Refusal("没有提交审核的内容，不能发布。", article="14", code="no_submission")
    submission = case.submission
    gate.complete(submission)
    refresh(case)
