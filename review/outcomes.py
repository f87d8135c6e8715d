"""The places where Article 13 takes part in a review; `secrecy` fills them in its AppConfig.ready().

`review` may not import `secrecy`. So what the secrecy form must do at each moment is one object with one
method per moment, registered once. Until something is registered nothing can be submitted: a portal
without the form of Article 13 publishes nothing (deny by default).

Every method runs inside the act's transaction and may raise `Refusal`.
"""

from dataclasses import dataclass

from regulation.refusals import Refusal


class SecrecyDesk:
    """What the secrecy form does at each moment of a review. Subclass, override, `register()`."""

    def row_form(self, page, author, data=None):
        """An unbound or bound Django form of the author's part of the row, prefilled from the page.

        Its `cleaned_data` must be JSON-serialisable; prefix "row".
        """
        raise NotImplementedError

    def open_row(self, case, author, cleaned):
        """The submission exists: register its row. `cleaned` is the cleaned data of `row_form`."""
        raise NotImplementedError

    def carry_row(self, old_case, new_case):
        """The same content starts again on another route (escalation): a new row citing the old."""
        raise NotImplementedError

    def opinion_form(self, case, opinion, data=None):
        """The form of a secrecy reviewer or of the leader's opinion (`opinion` is "secrecy" or
        "leader_opinion"), or None for the plain remark."""
        return None

    def judge_agreement(self, case, opinion, cleaned):
        """Raise `Refusal` if 同意 contradicts the answers (question 一 answered 是, row unfinished…)."""

    def record_opinion(self, case, opinion, agree, user, authority, cleaned):
        """The opinion is signed (agree or disagree): write it on the row."""

    def outcome(self, case, kind, user, authority, cleaned):
        """`kind` of OUTCOMES happened (refer, quarantine, on_request, other_form, refuse)."""

    def conclude(self, case, user, authority, cleaned):
        """A written conclusion of the secrecy body arrived for a referred item."""

    def void_row(self, case, reason):
        """The submission ended without publication because its content changes: void that row."""

    def require_seal(self, case):
        """Raise `Refusal` unless the sheet of this submission is formed and its seal recorded."""
        raise Refusal("尚未生成审查表，或尚未上传盖章件。", article="13", code="seal_missing")

    def seal_on_paper(self, case, user, paper):
        """The unit stamped its form on paper: make the sheet and file the scan as evidence of its seal."""

    def reopen_seal(self, case, remark):
        """退回补表: the e-gov office sends the form back, the sealed evidence no longer counts."""

    def row_panel(self, case, request):
        """HTML of the secrecy row for the review page (may be empty)."""
        return ""

    def sheet_panel(self, case, request):
        """HTML of the sheet with its scan or PDF, for seal and check (may be empty)."""
        return ""

    def seal_panel(self, case, request):
        """HTML of what the 专管人员 does at the seal step (生成审查表, 上传盖章件); may be empty."""
        return self.sheet_panel(case, request)

    def proposed_form(self, case):
        """ "on_request" or "other" where the secrecy reviewer proposed another form than 网站公开; else ""."""
        return ""


@dataclass(frozen=True)
class Outcome:
    """An end or a pause that Article 13 knows: who may cause it, what remains on record."""

    kind: str
    decision: str  # as in publication.SignOff
    end: str  # as in publication.SubmissionEnd; "" if the item only pauses
    opinions: tuple[str, ...]  # which steps offer it
    reason_required: bool
    label: str  # glossary


OUTCOMES = {
    outcome.kind: outcome
    for outcome in (
        Outcome("refer", "refer", "", ("secrecy", "review", "leader_opinion"), True, "提请保密工作机构审查"),
        Outcome("quarantine", "quarantine", "quarantined", ("*",), True, "发现涉密，立即封存"),
        Outcome("on_request", "on_request", "on_request", ("leader_opinion",), False, "依申请提供"),
        Outcome("other_form", "other_form", "other_form", ("leader_opinion",), False, "其他"),
        Outcome("refuse", "refuse", "refused", ("secrecy", "leader_opinion"), True, "不同意"),
    )
}

_registered: list[SecrecyDesk] = []


def register(desk: SecrecyDesk) -> None:
    """Called once, by secrecy.apps; a second registration replaces the first (tests)."""
    _registered[:] = [desk]


def desk() -> SecrecyDesk:
    if not _registered:
        raise Refusal("信息发布保密审查表未启用，不能提交审核。", article="13", code="no_secrecy_form")
    return _registered[0]


def is_registered() -> bool:
    return bool(_registered)
